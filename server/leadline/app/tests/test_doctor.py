"""`leadline doctor` finds what is wrong and says what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from leadline.app import doctor
from leadline.app.doctor import Level
from leadline.app.env import Environment
from leadline.app.tests.served import Served, free_port, run
from leadline.infra.models import Job, Schedule
from leadline.infra.postgres.testing import temporary_home
from leadline.kit import clock
from leadline.workspaces.actor import Actor


@pytest.fixture
def home() -> Iterator[Path]:
    folder = temporary_home()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def settings(home: Path, **more: object) -> Environment:
    return Environment.model_validate({"home": home, **more})


def troubles(findings: Iterator[doctor.Finding]) -> list[str]:
    return [one.text for one in findings if one.level in (Level.BAD, Level.WARNING)]


def test_a_key_that_others_can_read_is_bad(home: Path) -> None:
    key = home / "secret_key"
    key.write_text("x")
    key.chmod(0o644)
    assert [one.level for one in doctor._key(settings(home))] == [Level.BAD]
    key.chmod(0o600)
    assert [one.level for one in doctor._key(settings(home))] == [Level.GOOD]


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("debug", True, "LEADLINE_DEBUG"),
        ("test_clock", True, "LEADLINE_TEST_CLOCK"),
        ("allow_private_addresses", True, "LEADLINE_ALLOW_PRIVATE_ADDRESSES"),
        ("host", "0.0.0.0", "LEADLINE_PUBLIC_URL"),
        ("public_url", "http://crm.example.com", "Use https"),
    ],
)
def test_a_careless_setting_is_named(home: Path, setting: str, value: object, told: str) -> None:
    assert not [text for text in troubles(doctor._settings(settings(home))) if told in text]
    named = troubles(doctor._settings(settings(home, **{setting: value})))
    assert [text for text in named if told in text]


def test_a_company_at_work_is_well(home: Path, ola: Actor) -> None:
    assert troubles(doctor.with_database(settings(home))) == []


def test_waiting_and_failed_work_and_a_standing_clock_are_named(home: Path, ola: Actor) -> None:
    long_ago = clock.now() - timedelta(hours=5)
    Job.objects.create(task="x", created_at=clock.now() - timedelta(minutes=4))
    Job.objects.create(task="x", state="failed")
    Schedule.objects.create(name="x", last_run_at=long_ago)
    told = " ".join(troubles(doctor.with_database(settings(home))))
    assert "waits since 4 minutes" in told
    assert "1 jobs failed" in told
    assert "clock has not ticked" in told


def test_a_wall_that_was_taken_down_is_named(home: Path, ola: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE leads_lead NO FORCE ROW LEVEL SECURITY")
        cursor.execute("SET ROLE leadline_app")
    assert troubles(doctor._walls(settings(home))) == [
        "Rows of leads_lead are not kept apart by workspace. Migrate again."
    ]


def test_the_command_works_before_the_first_start_while_it_runs_and_after(home: Path) -> None:
    before = run(home, "doctor")
    assert "There is no database yet" in before.stdout
    served = Served(home, free_port())
    try:
        served.wait()
        during = run(home, "doctor")
        assert "Workspaces are kept apart by the database." in during.stdout, during
        served.stop()
    finally:
        served.end()
    after = run(home, "doctor")
    assert "Nothing in the data contradicts itself." in after.stdout
    assert after.returncode == ("bad  " in after.stdout)
