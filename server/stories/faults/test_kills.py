"""kill -9 at random moments under load: nothing is lost, nothing is doubled, nothing is sent twice."""

from __future__ import annotations

import random
import threading
from functools import partial

import pytest

from stories.faults.callers import Answered, Doors, Traffic, all_at_once, crowd
from stories.faults.house import PARTS, House, asked_for_all, eventually

PER_SECOND = 50
_UNDONE = "SELECT count(*) FROM infra_job WHERE state IN ('ready', 'running')"
_WAITING = "SELECT count(*) FROM conversations_message WHERE state IN ('queued', 'sending')"
_LEADS_OF = """
SELECT i.value, count(DISTINCT l.id), count(DISTINCT l.id) FILTER (WHERE l.owner_id IS NOT NULL),
    count(DISTINCT c.lead_id), count(DISTINCT t.id)
FROM contacts_identity i JOIN leads_lead l ON l.contact_id = i.contact_id
LEFT JOIN assignment_slaclock c ON c.lead_id = l.id
LEFT JOIN timeline_timelineentry t ON t.about_id = l.id AND t.kind = 'inquiry'
WHERE i.value = ANY(%s) GROUP BY 1
"""
_MESSAGES_OF = """
SELECT i.value, m.state,
    (SELECT count(*) FROM whatsapp_sandboxmessage s JOIN whatsapp_sandboxperson p ON p.id = s.person_id
     WHERE NOT s.from_person AND '+' || p.wa_id = i.value)
FROM contacts_identity i LEFT JOIN conversations_message m
    ON m.contact_id = i.contact_id AND m.direction = 'out' AND m.automatic
WHERE i.value = ANY(%s)
"""
_SENT = {"sent", "delivered", "read"}


def kill_at_random(house: House, kills: int, *, pause: float) -> None:
    """Kill web and worker so often in all, mostly the process alone, each fourth time its supervisor too."""

    def kill(part: str) -> None:
        dice, wait = random.Random(part), threading.Event()
        for number in range(kills // 2):
            # On a busy machine a start takes its time; who is never up is not worth killing.
            eventually(60, lambda: house.is_up(part))
            wait.wait(dice.uniform(0.05, pause))
            house.kill(part, whole=number % 4 == 3)

    all_at_once([partial(kill, part) for part in PARTS])


def settle(house: House, doors: Doors) -> None:
    """Until everything that was begun is done; a killed job comes back when its lease is over.

    Whoever found the provider closed tries again after a pause; the clock goes on so that it is over.
    """
    assert eventually(120, house.answers), house.said[-3000:]
    assert eventually(150, lambda: house.number(_UNDONE) == 0), house.rows(
        "SELECT task, state, count(*), max(error) FROM infra_job GROUP BY 1, 2"
    )
    for _ in range(6):
        if eventually(0.5, lambda: house.number(_WAITING) == 0):
            return
        doors.json("POST", "/clock", {"move_seconds": 600})
        eventually(20, lambda: house.number(_WAITING) == 0)
    assert house.number(_WAITING) == 0


def expect_nothing_lost_or_doubled(house: House, answered: Answered) -> None:
    assert answered.refused == []
    found = {value: facts for value, *facts in house.rows(_LEADS_OF, [answered.people()])}
    lost = [person for person in answered.people() if person not in found]
    wrong = {person: facts for person, facts in found.items() if facts != [1, 1, 1, 1]}
    assert (lost, wrong) == ([], {})
    # Whoever gave up without an answer may have been heard all the same, but not twice.
    given_up = [one.person for one in answered.given_up]
    assert [row for row in house.rows(_LEADS_OF, [given_up]) if row[1] > 1] == []


def expect_one_send_each(house: House, answered: Answered) -> None:
    people = answered.people("whatsapp")
    rows = house.rows(_MESSAGES_OF, [people])
    assert sorted(value for value, *_ in rows) == sorted(people)
    assert [row for row in rows if not sent_once(state=row[1], received=row[2])] == []


def sent_once(*, state: str, received: int) -> bool:
    """Known to have arrived and arrived once; or honestly uncertain and not arrived twice."""
    return received == 1 if state in _SENT else state == "uncertain" and received <= 1


def survive(house: House, doors: Doors, kills: int, *, pause: float) -> Answered:
    """Traffic while everything is killed again and again; what was answered."""
    with Traffic(doors.port, crowd(doors), per_second=PER_SECOND) as traffic:
        kill_at_random(house, kills, pause=pause)
        assert eventually(120, house.answers)
    settle(house, doors)
    expect_nothing_lost_or_doubled(house, traffic.answered)
    expect_one_send_each(house, traffic.answered)
    assert house.broken() == []
    return traffic.answered


@pytest.mark.timeout(600)
def test_twenty_kills_under_load_lose_and_double_nothing(house: House, doors: Doors) -> None:
    answered = survive(house, doors, 20, pause=1.5)
    assert {one.channel for one in answered.good} == {"whatsapp", "form", "api"}
    assert len(answered.good) > 200


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not asked_for_all(), reason="LEADLINE_FAULTS=1 runs it")
def test_two_hundred_kills_under_ten_thousand_inquiries(house: House, doors: Doors) -> None:
    number = 1_000_000
    good = 0
    kills = 0
    while kills < 200 or good < 10_000:
        with Traffic(doors.port, crowd(doors, number), per_second=PER_SECOND) as traffic:
            kill_at_random(house, 20, pause=4.0)
            assert eventually(120, house.answers)
        settle(house, doors)
        expect_nothing_lost_or_doubled(house, traffic.answered)
        expect_one_send_each(house, traffic.answered)
        number, kills, good = number + 50_000, kills + 20, good + len(traffic.answered.good)
    assert house.broken() == []
