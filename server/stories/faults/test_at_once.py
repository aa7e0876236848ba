"""Many at the same moment: one person stays one person, and the reps share fairly."""

from __future__ import annotations

from functools import partial

import pytest

from stories.faults.callers import (
    Answered,
    Doors,
    Inquiry,
    all_at_once,
    by_api,
    by_batch,
    by_form,
    by_whatsapp,
    hand_in,
)
from stories.faults.house import House, eventually

# Starting the product counts as well, and the machine may be busy.
pytestmark = pytest.mark.timeout(300)
DANA = "+972501234567"
_WAITING = "SELECT count(*) FROM capture_submission WHERE state = 'received'"
_MESSAGES = (
    "SELECT count(DISTINCT m.id) FROM conversations_message m "
    "JOIN contacts_identity i ON i.contact_id = m.contact_id WHERE i.value = %s AND m.direction = %s"
)
_JOBS = "SELECT count(*) FROM infra_job WHERE state IN ('ready', 'running')"


def sent(house: House, doors: Doors, inquiries: list[Inquiry]) -> Answered:
    answered = Answered()
    all_at_once([partial(hand_in, doors.port, inquiry, answered) for inquiry in inquiries])
    assert eventually(120, lambda: house.number(_WAITING) == house.number(_JOBS) == 0)
    assert (answered.given_up, answered.refused) == ([], [])
    return answered


def test_the_same_person_fifty_times_through_three_channels_is_one_contact_with_one_lead(
    house: House, doors: Doors
) -> None:
    notations = ("050-123-4567", "+972 50 123 4567", "00972501234567")
    inquiries = []
    for number in range(50):
        phone = notations[number % 3]
        if number % 3 == 0:
            inquiries.append(by_whatsapp(doors, DANA, f"dana-{number}"))
        elif number % 3 == 1:
            inquiries.append(by_form(doors, DANA, f"dana-{number}", number=number, phone=phone))
        else:
            inquiries.append(by_api(doors, DANA, f"dana-{number}", name="Dana", phone=phone))
    assert len(sent(house, doors, inquiries).good) == 50

    found = house.rows(
        "SELECT count(DISTINCT c.id), count(DISTINCT l.id), count(DISTINCT l.owner_id) "
        "FROM contacts_contact c JOIN contacts_identity i ON i.contact_id = c.id "
        "LEFT JOIN leads_lead l ON l.contact_id = c.id "
        "WHERE i.value = %s",
        [DANA],
    )
    assert found == [(1, 1, 1)]
    # All that was written by WhatsApp is in the one thread, and answered once at most.
    assert house.number(_MESSAGES, [DANA, "in"]) == 17
    assert house.number(_MESSAGES, [DANA, "out"]) <= 1
    assert house.broken() == []


def test_a_thousand_inquiries_at_once_are_shared_by_five_reps_with_a_difference_of_one_at_most(
    house: House, doors: Doors
) -> None:
    before = house.number("SELECT count(*) FROM leads_lead")
    strangers = [by_api(doors, f"many{n}@gmail.com", f"many-{n}") for n in range(100)]
    batches = [
        by_batch(doors, [f"many{n}@gmail.com" for n in range(start, start + 45)], f"batch-{start}")
        for start in range(100, 1000, 45)
    ]
    sent(house, doors, [*strangers, *batches])
    assert house.number("SELECT count(*) FROM leads_lead") == before + 1000
    shares = house.rows(
        "SELECT m.name, count(*) FROM leads_lead l JOIN workspaces_member m ON m.id = l.owner_id "
        "JOIN contacts_identity i ON i.contact_id = l.contact_id WHERE i.value LIKE 'many%%' GROUP BY 1"
    )
    # The first lead of all took a turn too; of a thousand later ones each rep has two hundred.
    counts = [count for _, count in shares]
    assert (len(counts), sum(counts), max(counts) - min(counts)) == (5, 1000, 0)
    assert house.broken() == []
