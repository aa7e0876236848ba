"""The invariants hold on a company at work, and each kind of damage is named."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import connection

from leadline.app import invariants
from leadline.infra import tenancy
from leadline.infra.models import Job
from leadline.kit import clock
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team, TeamMember


def sentences() -> list[str]:
    return [one.sentence for one in invariants.broken()]


def test_the_file_holds_sentences_with_statements() -> None:
    written = dict(invariants.written())
    assert len(written) >= 12
    assert all(sentence.endswith((".", "works.")) for sentence in written)
    assert all(statement.startswith("SELECT") for statement in written.values())


def test_nothing_is_broken_after_a_lead_came_in(ola: Actor) -> None:
    assert Api(ola).post("/leads", {"name": "Dana", "phone": "+972501234567"}).status_code == 201
    assert invariants.broken() == []


def test_a_job_nobody_brings_back_is_named(ola: Actor) -> None:
    Job.objects.create(task="x", state="running", lease_until=clock.now() - timedelta(minutes=2))
    assert [s for s in sentences() if "past its lease" in s]


def test_a_lead_without_an_owner_is_named(ola: Actor) -> None:
    Api(ola).post("/leads", {"name": "Dana", "phone": "+972501234567"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_lead SET owner_id = NULL, team_id = NULL")
    assert sentences() == ["An open lead has neither an owner nor a team."]


def test_totals_that_drifted_are_named(ola: Actor) -> None:
    Api(ola).post("/leads", {"name": "Dana", "phone": "+972501234567"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_boardtotal SET count = count + 1")
    assert sentences() == ["The running totals of the board differ from the leads."]


def test_a_reference_across_the_border_is_named(ola: Actor, stranger: Actor) -> None:
    with tenancy.workspace(stranger.workspace_id):
        team = Team.objects.create(name="North")
    assert sentences() == []
    TeamMember.objects.create(id=uuid4(), team_id=team.id, member_id=str(ola.member_id))
    assert sentences() == ["A row of workspaces_teammember points through team_id into another workspace."]
