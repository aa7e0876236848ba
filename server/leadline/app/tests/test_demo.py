"""The sample story and the demo: believable, harmless, apart from real data."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil
import pytest
from django.conf import settings
from pydantic import SecretStr

from leadline.app.demo import home, plot, story
from leadline.app.demo.browsing import Browser
from leadline.app.demo.customers import hidden_in
from leadline.app.demo.traffic import COMPANY, DOMAIN, OWNER
from leadline.app.env import Environment
from leadline.app.tests.served import alive, command, environment, free_port
from leadline.app.troubles import Trouble
from leadline.assignment.models import SlaClock
from leadline.conversations.models import Message
from leadline.customers.models import Customer
from leadline.infra import tenancy
from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.models import Job
from leadline.infra.postgres.testing import temporary_home
from leadline.leads.models import Lead, StageVisit
from leadline.workspaces import actions
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member
from leadline.workspaces.rules import Role

NOW = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)
PASSWORD = "sunny-rooftop-4711"


def northlight() -> Actor:
    company = {**COMPANY, "name": COMPANY["company"]}
    actor, _ = actions.create_workspace(company=company, name="Dana Gold", email=OWNER, password=PASSWORD)
    return actor


@pytest.mark.django_db
def test_a_new_company_gets_two_months_of_history(held: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENV, "demo_password", SecretStr(PASSWORD))
    actor = northlight()
    Job.objects.all().delete()
    with tenancy.workspace(actor.workspace_id):
        story.fill(actor)

        leads = list(Lead.objects.select_related("stage", "owner", "loss_reason"))
        stages = Counter(lead.stage.name for lead in leads)
        assert len(leads) > 100
        assert set(stages) == {*plot.STAGES, plot.WON, plot.LOST}
        assert min(stages.values()) >= 10
        assert all(lead.owner for lead in leads)
        assert Customer.objects.count() == stages[plot.WON]
        assert all(lead.loss_reason for lead in leads if lead.status == "lost")
        assert {lead.band for lead in leads} == {"hot", "warm", "cold"}
        assert min(lead.inbound_at for lead in leads) < held - timedelta(days=30)
        assert max(lead.last_activity_at for lead in leads) <= held
        assert {m.direction for m in Message.objects.all()} == {"in", "out"}
        assert not Message.objects.filter(state__in=["queued", "sending", "failed", "uncertain"]).exists()
        assert SlaClock.objects.filter(breached_at__isnull=False, stopped_at=None).exists()
        assert SlaClock.objects.filter(warned_50_at__isnull=False, breached_at=None).exists()
        assert any(visit.left_at and visit.left_at - visit.entered_at > timedelta(days=1)
                   for visit in StageVisit.objects.all())  # fmt: skip
        team = list(Member.objects.select_related("user"))
        assert {member.role for member in team} == set(Role)
        assert all(member.user.check_password(PASSWORD) for member in team)
        # Nobody is written to, rung or reminded because of the past.
        assert Job.objects.count() == 0


def test_in_a_company_of_ones_own_nobody_logs_in_as_the_invented_people() -> None:
    first, second = story.password(), story.password()
    assert first != second
    assert len(first) >= 32


def test_the_story_is_the_same_every_time_and_never_ahead_of_the_clock() -> None:
    told, again = (plot.tales(NOW, ZoneInfo("Asia/Jerusalem"), 400) for _ in range(2))
    assert told == again
    assert all(tale.at < NOW and all(scene.at < NOW for scene in tale.scenes) for tale in told)
    assert len({tale.who.phone for tale in told}) == len({tale.who.name for tale in told}) == len(told)
    assert Counter(tale.who.name.isascii() for tale in told).keys() == {True, False}


def test_a_demo_lives_beside_the_real_data_and_begins_anew(tmp_path: Path) -> None:
    env = Environment(home=tmp_path / "leadline")
    with home.opened(env, keep=False) as first:
        (first.folder / "something").touch()
        with pytest.raises(Trouble, match="running already"), home.opened(env, keep=False):
            pass
    with home.opened(env, keep=True) as kept:
        assert kept == first
        assert (kept.folder / "something").exists()
    with home.opened(env, keep=False) as fresh:
        assert not (fresh.folder / "something").exists()
    assert not (tmp_path / "leadline").exists()


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "leadline-demo" / "precious"
    precious.parent.mkdir()
    precious.touch()

    with (
        pytest.raises(Trouble, match="not a demo"),
        home.opened(Environment(home=tmp_path / "leadline"), keep=False),
    ):
        pass
    assert precious.exists()


def test_the_hidden_fields_of_a_page_are_found() -> None:
    page = '<input type="hidden" name="_ts" value="1"><input name="email" type="email" value="x">'
    assert hidden_in(page) == {"_ts": "1"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's user may pass through, gone afterwards."""
    made = temporary_home()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def running_demo(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A demo that serves, and its port; everything it said is in `said`."""
    port = free_port()
    with (folder / "said").open("wb+") as log:
        served = subprocess.Popen(
            command("demo", "--port", str(port)), env=environment(folder / "real"), stdout=log, stderr=log
        )
        yield served, port
        left = psutil.Process(served.pid).children(recursive=True) if served.poll() is None else []
        served.kill()
        served.wait()
        wait_until(lambda: not alive(left))


@pytest.mark.timeout(300)
def test_inquiries_arrive_in_a_running_demo_until_it_is_stopped(
    folder: Path, running_demo: tuple[subprocess.Popen[bytes], int]
) -> None:
    served, port = running_demo
    said = folder / "said"
    wait_until(lambda: "Write as a customer" in said.read_text() or served.poll() is not None, seconds=120)
    [password] = re.findall(r"Pass   (\S+)", said.read_text())
    rita, owner = Browser(port), Browser(port)
    assert rita.log_in(f"rita@{DOMAIN}", password)
    assert rita.get("/me")["member"]["role"] == "rep"
    assert owner.log_in(OWNER, password)
    before = owner.get("/leads")["total"]

    wait_until(lambda: owner.get("/leads")["total"] > before, seconds=60)

    processes = psutil.Process(served.pid).children(recursive=True)
    served.send_signal(signal.SIGTERM)
    assert served.wait(30) == 0
    wait_until(lambda: not alive(processes))
    assert not (folder / "real").exists()
