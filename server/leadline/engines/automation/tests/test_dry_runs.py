"""A dry run tells what would have happened, equals what then happens, and leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.engines.automation import actions
from leadline.engines.automation.models import Automation, DryRun, Edition, Run, StepLog
from leadline.engines.automation.rules import LIVE
from leadline.engines.automation.tests.playground import answer_at, do, knock_at, make, marks, shouted
from leadline.infra.models import EventRow, Job
from leadline.kit import clock
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team, Workspace

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]
Client = Callable[[Actor], Api]
HOUR = {"kind": "wait", "for": "1h"}


def later(drain: Drain, **time: float) -> None:
    clock.move(timedelta(**time))
    actions.start_due_timers()
    actions.wake_due_runs()
    drain()


def dry_run(ada: Actor, made: Automation, days: int = 7, **draft: Any) -> Mapping[str, Any]:
    """The finished dry run as the API shows it."""
    client = Api(ada)
    asked = client.post(f"/automations/{made.id}/dry-runs", {"days": days, **draft})
    assert (asked.status_code, asked.json()["state"]) == (201, "running")
    job = Job.objects.get(task="automation.dry_run")
    actions.work_out(**job.arguments)
    job.delete()
    shown: Mapping[str, Any] = client.get(f"/automations/{made.id}/dry-runs").json()[0]
    assert shown["state"] == "done"
    return shown


def really(made: Automation) -> list[Any]:
    """What the runs did: whom, how they ended, and each step with what it was given and what came."""
    runs = Run.objects.filter(automation=made).order_by("started_at", "id")
    return [
        (
            str(run.subject_id),
            run.started_at.isoformat(),
            run.state,
            run.reason,
            [
                (s.position, s.action, s.outcome, s.input, s.error)
                for s in run.steps.order_by("position", "at")
            ],
        )
        for run in runs
    ]


def dryly(shown: Mapping[str, Any]) -> list[Any]:
    """The same of a dry run."""
    return [
        (
            run["subject"]["id"],
            run["at"].replace("Z", "+00:00"),
            run["state"],
            run["reason"],
            [(s["position"], s["action"], s["outcome"], s["input"], s["error"]) for s in run["steps"]],
        )
        for run in shown["runs"]
        if run["state"] != "skipped"
    ]


def test_it_equals_what_happened(ada: Actor, door: Team, drain: Drain) -> None:
    south = Team.objects.create(name="South")
    made = make(
        [
            do("shout", "Who is at {{name}}?"),
            {
                "kind": "wait",
                "for": "2h",
                "until_event": "test.answered",
                "then": [do("shout", "welcome")],
                "otherwise": [do("refuse", otherwise=[do("shout", "nobody")])],
            },
            do("refuse"),
        ],
        conditions={"field": "name", "op": "ne", "value": "South"},
    )
    knock_at(door.id, south.id)
    drain()
    later(drain, minutes=30)
    answer_at(door.id)
    drain()
    later(drain, hours=5)
    knock_at(door.id)
    drain()
    later(drain, hours=3)
    knock_at(door.id)
    drain()
    later(drain, minutes=1)

    shown = dry_run(ada, made)
    assert dryly(shown) == really(made)
    assert [run["state"] for run in shown["runs"]] == ["failed", "skipped", "failed", "waiting"]
    assert (shown["happened"], shown["started"], shown["held_back"]) == (4, 3, 1)
    assert shown["failed"] == [{"condition": "Name is not “South”", "count": 1}]
    first = shown["steps"][0]
    assert (first["label"], first["done"], first["refused"]) == ("Shout", 3, 0)


def test_an_ending_counts_and_a_burst_is_stopped_as_in_life(ada: Actor, door: Team, drain: Drain) -> None:
    made = make([HOUR, do("shout", "late")], ends_on=["test.answered"])
    for _ in range(4):
        knock_at(door.id)
        drain()
        clock.move(timedelta(seconds=5))
    later(drain, minutes=10)
    answer_at(door.id)
    drain()
    later(drain, hours=2)
    shown = dry_run(ada, made)
    assert dryly(shown) == really(made)
    assert {run["reason"] for run in shown["runs"]} == {
        "“Somebody answers” happened.",
        "Stopped: it ran 3 times for the same record within a minute.",
    }


def test_nothing_of_it_stays_and_nothing_leaves_the_house(ada: Actor, door: Team, drain: Drain) -> None:
    made = make([do("shout", "now"), do("post", "out"), do("ring", "{{name}}"), do("knock")], enabled=False)
    knock_at(door.id)
    drain()
    before = EventRow.objects.count()
    shown = dry_run(ada, made)

    (run,) = shown["runs"]
    assert [(s["outcome"], s["outside"], s["input"]) for s in run["steps"]] == [
        ("done", False, {"text": "now"}),
        ("done", True, {"text": "out"}),
        ("done", True, {"text": "North"}),
        ("done", False, {}),
    ]
    assert (shouted(), Job.objects.count(), EventRow.objects.count()) == ([], 0, before)
    assert [text for _, text, _ in marks.tried] == ["now"]
    assert (Run.objects.count(), StepLog.objects.count()) == (0, 0)
    assert list(Automation.objects.values_list("id", flat=True)) == [made.id]
    assert Edition.objects.count() == 1


def test_what_is_not_saved_yet_can_be_run_dry(ada: Actor, door: Team, drain: Drain) -> None:
    made = make([do("shout", "saved")])
    knock_at(door.id)
    drain()
    shown = dry_run(ada, made, steps=[do("shout", "draft for {{name}}")])
    assert shown["runs"][0]["steps"][0]["input"] == {"text": "draft for North"}
    made.refresh_from_db()
    assert (made.steps[0]["with"]["text"], shouted()) == ("saved", ["saved"])


def test_a_timer_is_run_dry_as_if_it_had_been_on(ada: Actor, inside: Workspace) -> None:
    Team.objects.create(name="Late and lonely")
    made = make([do("shout", "{{name}}")], trigger="test.late", enabled=False)
    clock.move(timedelta(days=1))
    shown = dry_run(ada, made)
    assert [run["steps"][0]["input"] for run in shown["runs"]] == [{"text": "Late and lonely"}]


def test_what_happened_before_the_days_asked_for_is_left_out(ada: Actor, door: Team, drain: Drain) -> None:
    made = make([do("shout", "x")])
    knock_at(door.id)
    drain()
    clock.move(timedelta(days=2))
    assert dry_run(ada, made, days=1)["happened"] == 0
    # Recorded events are kept for a week, and it is said that nothing is known before.
    assert dry_run(ada, made, days=30)["since"] > "2026-01-02"


def test_a_test_on_one_record_goes_through_the_waits(ada: Actor, door: Team) -> None:
    made = make([do("shout", "hi {{name}}"), HOUR, do("post", "bye")])
    shown = Api(ada).post(f"/automations/{made.id}/tests", {"record_id": str(door.id)}).json()
    assert shown["subject"]["title"] == "North"
    assert shown["state"] == "done"
    assert [(s["at"], s["input"]["text"], s["outside"]) for s in shown["steps"]] == [
        ("2026-01-07T10:00:00Z", "hi North", False),
        ("2026-01-07T11:00:00Z", "bye", True),
    ]
    assert (shouted(), Run.objects.count()) == ([], 0)


def test_a_test_says_which_conditions_do_not_hold(ada: Actor, door: Team) -> None:
    both = {
        "all": [
            {"field": "name", "op": "eq", "value": "North"},
            {"field": "name", "op": "contains", "value": "door"},
        ]
    }
    made = make([do("shout", "hi")], conditions=both)
    shown = Api(ada).post(f"/automations/{made.id}/tests", {"record_id": str(door.id)}).json()
    assert (shown["state"], shown["failed"], shown["steps"]) == ("skipped", ["Name contains “door”"], [])


def test_reps_and_strangers_cannot_try_anything(rita: Actor, stranger: Actor, inside: Workspace) -> None:
    made = make([do("shout", "x")])
    for actor, status in ((rita, 403), (stranger, 404)):
        for path, body in (("dry-runs", {"days": 7}), ("tests", {"record_id": str(made.id)})):
            assert Api(actor).post(f"/automations/{made.id}/{path}", body).status_code == status
    assert not DryRun.objects.exists()


_LEAF = st.sampled_from([do("shout", "a"), do("shout", "{{name}}"), do("refuse"), do("post", "p"), HOUR])
_STEP = st.one_of(
    _LEAF,
    st.builds(lambda other: do("refuse", otherwise=[other]), _LEAF),
    st.builds(
        lambda a, b: {
            "kind": "wait",
            "for": "2h",
            "until_event": "test.answered",
            "then": [a],
            "otherwise": [b],
        },
        _LEAF,
        _LEAF,
    ),
    st.builds(
        lambda name, a, b: {
            "kind": "if",
            "when": {"field": "name", "op": "eq", "value": name},
            "then": [a],
            "else": [b],
        },
        st.sampled_from(["North", "South"]),
        _LEAF,
        _LEAF,
    ),
    st.just({"kind": "stop", "reason": "enough"}),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(_STEP, min_size=1, max_size=4),
    ends=st.booleans(),
    story=st.lists(st.tuples(st.sampled_from(["knock", "answer", "wait"]), st.integers(1, 200)), max_size=6),
)
def test_whatever_the_steps_and_the_story_it_equals_life(
    ada: Actor,
    door: Team,
    drain: Drain,
    steps: list[dict[str, Any]],
    ends: bool,
    story: list[tuple[str, int]],
) -> None:
    Run.objects.all().delete()
    Automation.objects.all().delete()
    clock.move(timedelta(days=10))
    made = make(steps, ends_on=["test.answered"] if ends else [])
    for deed, minutes in story:
        if deed != "wait":
            (knock_at if deed == "knock" else answer_at)(door.id)
            drain()
        # Time passes in steps that no wait jumps over.
        for _ in range(minutes // 10 + 1):
            later(drain, minutes=10)
    later(drain, seconds=1)
    shown = dry_run(ada, made)
    assert dryly(shown) == really(made)
    assert Run.objects.filter(state__in=LIVE).count() == sum(
        run["state"] in ("waiting", "running") for run in shown["runs"]
    )
