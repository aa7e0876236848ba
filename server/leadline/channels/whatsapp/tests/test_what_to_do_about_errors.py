"""Each error code has a consequence and a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leadline.channels.whatsapp.troubles import Action, remedy


@pytest.mark.parametrize(
    ("code", "status", "action"),
    [
        (0, 401, Action.STOP_ACCOUNT),
        (190, 401, Action.STOP_ACCOUNT),
        (368, 403, Action.STOP_ACCOUNT),
        (200, 403, Action.STOP_ACCOUNT),
        (130429, 400, Action.RETRY),
        (131056, 400, Action.RETRY),
        (131047, 400, Action.USE_TEMPLATE),
        (131026, 400, Action.OTHER_CHANNEL),
        (131050, 400, Action.OPTED_OUT),
        (132001, 404, Action.SYNC_TEMPLATES),
        (132015, 400, Action.STOP_TEMPLATE),
        (100, 400, Action.GIVE_UP),
        (777777, 400, Action.GIVE_UP),
        (777777, 503, Action.RETRY),
        (0, 502, Action.RETRY),
        (0, 429, Action.RETRY),
    ],
)
def test_a_code_leads_to_its_consequence_and_a_sentence(code: int, status: int, action: Action) -> None:
    found = remedy(code, status)
    assert found.action is action
    assert found.text.endswith(".")


def test_the_same_person_is_tried_again_after_six_seconds_and_then_four_times_longer() -> None:
    pauses = [remedy(131056).pause(attempts) for attempts in (1, 2, 3)]
    assert pauses == [timedelta(seconds=6), timedelta(seconds=24), timedelta(seconds=96)]


def test_a_busy_number_is_tried_again_after_one_second() -> None:
    assert remedy(130429).pause(1) == timedelta(seconds=1)
    assert remedy(130429).pause(50) == timedelta(hours=1)
