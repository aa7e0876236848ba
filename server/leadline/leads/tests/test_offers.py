"""What leads offer to automations, filters and the search."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from leadline.engines.automation.ports import StepContext, offers
from leadline.engines.search import queries as search
from leadline.engines.views import actions as views
from leadline.kit import clock, ids
from leadline.kit.errors import Conflict
from leadline.leads import actions, events, queries
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace


class Timer:
    """An automation as a timer trigger sees it."""

    def __init__(self, workspace_id: UUID, enabled_at: datetime, **options: Any) -> None:
        self.id, self.workspace_id = ids.new_id(), workspace_id
        self.trigger_options: dict[str, Any] = options
        self.enabled_at: datetime | None = enabled_at


def step(actor: Actor, lead: Lead, **given: Any) -> StepContext:
    return StepContext(
        actor=Actor.product(actor.workspace_id),
        automation_id=ids.new_id(),
        automation_name="Test",
        run_id=ids.new_id(),
        subject_type="lead",
        subject_id=lead.id,
        record={},
        given=given,
        event={},
        our_ref="r",
        now=clock.now(),
    )


def run(key: str, context: StepContext) -> Mapping[str, Any]:
    done = offers.actions[key].run(context)
    assert isinstance(done, Mapping)
    return done


def test_an_automation_moves_sets_notes_and_gives(rita: Actor, omer: Actor) -> None:
    lead = people.lead(rita, "Dana")

    run("lead.move", step(rita, lead, stage=str(people.stage("Quote Sent").id)))
    run("lead.set_field", step(rita, lead, field="next_step", value="Call"))
    run("lead.add_note", step(rita, lead, text="By itself"))
    run("lead.set_owner", step(rita, lead, owner=str(omer.member_id)))

    lead.refresh_from_db()
    assert (lead.stage.name, lead.next_step, lead.owner_id) == ("Quote Sent", "Call", omer.member_id)
    assert lead.first_touch_at is None


def test_an_automation_cannot_lose_a_lead_without_a_reason(rita: Actor) -> None:
    lead, lost = people.lead(rita, "Dana"), people.stage("Closed lost")

    with pytest.raises(Conflict):
        run("lead.move", step(rita, lead, stage=str(lost.id)))
    run("lead.move", step(rita, lead, stage=str(lost.id), loss_reason="No answer"))

    assert Lead.objects.get().status == "lost"


def test_a_threshold_is_crossed_once(rita: Actor) -> None:
    trigger = offers.triggers["lead.score_crossed"]

    def scored(before: int, after: int) -> events.LeadScored:
        return events.LeadScored(
            workspace_id=rita.workspace_id,
            lead_id=ids.new_id(),
            score=after,
            band="hot",
            previous_score=before,
            previous_band="cold",
        )

    asked = {"score": 50}
    assert [trigger.matches(scored(*pair), asked) for pair in ((40, 50), (49, 90), (50, 60), (60, 40))] == [
        True,
        True,
        False,
        False,
    ]


def test_days_in_a_stage_fall_due_once_the_days_are_over(
    rita: Actor, inside: Workspace, held: datetime
) -> None:
    lead = people.lead(rita, "Dana")
    people.lead(rita, "Eli")
    actions.move_lead(rita, lead.id, people.stage("Negotiation").id)
    due = offers.timers["lead.long_in_stage"].due
    timer = Timer(inside.id, held, stage=str(people.stage("Negotiation").id), days=7)

    clock.move(timedelta(days=6, hours=23))
    assert list(due(timer, clock.now(), 10)) == []
    clock.move(timedelta(hours=1))
    assert [(found[0], found[1]) for found in due(timer, clock.now(), 10)] == [(inside.id, lead.id)]
    actions.move_lead(rita, lead.id, people.stage("Quote Sent").id)
    assert list(due(timer, clock.now(), 10)) == []


def test_what_was_due_before_an_automation_was_switched_on_is_not_for_it(
    rita: Actor, inside: Workspace, held: datetime
) -> None:
    people.lead(rita, "Dana")
    clock.move(timedelta(days=40))
    late = people.lead(rita, "Eli")
    timer = Timer(inside.id, clock.now(), days=30)
    due = offers.timers["lead.not_converted"].due

    assert list(due(timer, clock.now(), 10)) == []
    clock.move(timedelta(days=30))
    assert [found[1] for found in due(timer, clock.now(), 10)] == [late.id]


@pytest.mark.parametrize(
    "tree",
    [
        {"field": "source", "op": "eq", "value": "website"},
        {"field": "contact.country", "op": "eq", "value": "IL"},
        {"field": "contact.phone", "op": "contains", "value": "1234567"},
        {"field": "company", "op": "is_not_empty"},
        {"field": "owner", "op": "eq", "value": "me"},
        {"field": "first_touch_at", "op": "is_empty"},
        {"field": "inbound_at", "op": "within_last", "value": "1d"},
    ],
)
def test_a_record_in_memory_answers_like_the_database(rita: Actor, tree: dict[str, Any]) -> None:
    lead = people.lead(
        rita, "Dana", identities={"phone": "0501234567", "email": "d@delta.co"}, text="I need a roof"
    )

    record = queries.records([lead.id])[lead.id]

    assert views.matches(tree, record, "lead", rita)
    assert views.matches(tree, Lead.objects.get(), "lead", rita)
    assert [row.id for row in queries.leads_page(rita, tree).items] == [lead.id]


def test_a_lead_is_found_by_name_number_and_mail_in_the_own_scope(rita: Actor, sam: Actor) -> None:
    lead = people.lead(rita, "Dana Levi", identities={"phone": "050-123 4567", "email": "d@delta.co"})

    for asked in ("dana", "LEVI", "0501234567", "+972 50-1234567", "d@delta.co"):
        (hit,) = [one for one in search.search(rita, asked) if one.object == "lead"]
        assert (hit.id, hit.more["stage"], hit.more["lead_id"]) == (lead.id, "New Inquiry", lead.id)
        assert search.search(sam, asked) == []
