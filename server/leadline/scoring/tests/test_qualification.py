"""How far a lead is qualified, since when, and when its owner should look at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leadline.engines.notices.models import Notice
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.scoring import actions, queries
from leadline.scoring.tests.inquiries import lead
from leadline.scoring.tests.test_scoring_leads import message
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]


def dates(actor: Actor, lead: Lead) -> list[tuple[str, bool]]:
    return [(one.lead_type, one.by_rule) for one in queries.type_visits(actor, lead.id)]


def test_a_guide_three_messages_and_a_quote_lead_on_with_dates(ada: Actor, drain: Drain) -> None:
    dana = lead(ada, interest="The guide to roofs")
    other = lead(ada, "Other")
    drain()
    began = clock.now()
    for _ in range(3):
        clock.move(timedelta(days=1, hours=1))
        message(dana)
    drain()
    assert Lead.objects.get(id=dana.id).lead_type == "MQL"

    leads.change_lead(ada, dana.id, {"interest": "A quote for the roof"})
    drain()
    visits = queries.type_visits(ada, dana.id)
    assert [one.lead_type for one in visits] == ["IQL", "MQL", "SQL"]
    assert [one.at for one in visits] == [began, clock.now(), clock.now()]
    assert [one.why for one in visits][-1] == "Asked for a demo or a quote"
    assert all(one.by_rule for one in visits)
    assert dates(ada, other) == []


def test_no_rule_takes_a_lead_back_but_a_person_may(ada: Actor, drain: Drain) -> None:
    dana = lead(ada, interest="A demo")
    drain()
    leads.change_lead(ada, dana.id, {"interest": "The guide"})
    drain()
    assert Lead.objects.get(id=dana.id).lead_type == "SQL"

    leads.change_lead(ada, dana.id, {"lead_type": "IQL"})
    leads.change_lead(ada, dana.id, {"interest": "A demo again"})
    drain()
    assert Lead.objects.get(id=dana.id).lead_type == "IQL"
    assert dates(ada, dana) == [("SQL", True), ("IQL", False)]


def surges() -> int:
    return Notice.objects.filter(kind="surge").count()


def test_a_steep_rise_is_told_to_the_owner_once_in_a_day(ada: Actor, drain: Drain) -> None:
    actions.set_up(ada)
    rule = {"group": "engagement", "name": "Wrote", "points": 16, "when": {"event": "message"}}
    actions.create_rule(ada, rule)
    actions.change_settings(ada, {"engagement_cap": 500})
    dana, cold = lead(ada), lead(ada, "Cold")
    leads.hand_over(ada, dana, ada.member_id)
    message(dana, reply=False)
    drain()
    assert surges() == 0
    message(dana, reply=False)
    drain()
    assert Notice.objects.get(kind="surge").link_id == dana.id
    message(dana, reply=False)
    drain()
    assert surges() == 1

    clock.move(timedelta(hours=25))
    for _ in range(2):
        message(dana, reply=False)
    drain()
    assert surges() == 2
    assert not Notice.objects.filter(kind="surge", link_id=cold.id).exists()


def test_new_rules_alone_are_no_surge(ada: Actor, drain: Drain) -> None:
    dana = lead(ada, source="referral")
    leads.hand_over(ada, dana, ada.member_id)
    when = {"field": "source", "op": "eq", "value": "referral"}
    actions.create_rule(ada, {"group": "fit", "name": "Referred", "points": 60, "when": when})
    drain()
    assert Lead.objects.get(id=dana.id).score > 40
    assert surges() == 0
