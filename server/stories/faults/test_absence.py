"""What fell due while nobody was there happens once, after the start, in order."""

from __future__ import annotations

import pytest

from stories.faults.callers import Doors, by_api, invite, post
from stories.faults.house import House, eventually

# Starting the product counts as well, and the machine may be busy.
pytestmark = pytest.mark.timeout(300)
_MARKS = (
    "SELECT payload ->> 'mark' FROM timeline_timelineentry "
    "WHERE about_id = %s AND kind = 'sla' AND payload ? 'mark' ORDER BY at, id"
)
_ALL_MARKS = [("half",), ("most",), ("breach",)]
_RUNS = (
    "SELECT a.recipe, r.state FROM automation_run r JOIN automation_automation a ON a.id = r.automation_id "
    "WHERE r.subject_id = %s ORDER BY r.started_at"
)


def test_a_clock_that_ran_out_while_the_worker_was_off_speaks_once_after_the_start(
    house: House, doors: Doors
) -> None:
    invite(doors, "Mona", role="manager")
    status, _ = post(doors.port, by_api(doors, "late@gmail.com", "late-1"))
    assert status == 201
    ((lead,),) = house.rows(
        "SELECT l.id FROM leads_lead l JOIN contacts_identity i ON i.contact_id = l.contact_id "
        "WHERE i.value = 'late@gmail.com'"
    )
    house.stop("worker")
    moved = doors.json("POST", "/clock", {"move_seconds": 49 * 3600})
    assert moved["offset"] >= 49 * 3600
    assert house.rows(_MARKS, [lead]) == house.rows(_RUNS, [lead]) == []

    house.start("worker")
    assert eventually(120, lambda: house.rows(_RUNS, [lead]) == [("untouched_2h", "done")])
    assert eventually(60, lambda: house.rows(_MARKS, [lead]) == _ALL_MARKS)

    # Nothing speaks a second time: not later, not after another start.
    house.stop("worker")
    house.start("worker")
    doors.json("POST", "/clock", {"move_seconds": 3600})
    assert eventually(120, lambda: house.number("SELECT count(*) FROM infra_job WHERE state = 'ready'") == 0)
    assert not eventually(8, lambda: house.rows(_MARKS, [lead]) != _ALL_MARKS)
    assert house.rows(_RUNS, [lead]) == [("untouched_2h", "done")]
    breached = house.rows(
        "SELECT breached_at IS NOT NULL, stopped_at FROM assignment_slaclock WHERE lead_id = %s", [lead]
    )
    assert breached == [(True, None)]
    assert (
        house.number(
            "SELECT count(*) FROM notices_notice n JOIN workspaces_member m ON m.id = n.member_id "
            "WHERE n.link_id = %s AND m.name = 'Mona' AND n.kind = 'lead.escalated'",
            [lead],
        )
        == 1
    )
