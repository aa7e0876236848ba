"""The automations that ship: they answer, escalate and follow up by themselves, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from leadline.app.recipes import SHIPPED
from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import people as phones
from leadline.channels.whatsapp.tests.conftest import loopback  # noqa: F401 - HTTP stays in the process
from leadline.conversations.models import Message
from leadline.engines.automation.models import Automation, Run
from leadline.engines.notices.models import Delivery, Notice
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Stage
from leadline.leads.tests import people as inquiries
from leadline.testing import Api, people
from leadline.workspaces.actions import create_workspace
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace
from stories.company import pass_time

Drain = Callable[..., int]
COMPANY = {
    "name": "Acme",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
}


@pytest.fixture
def boss(db: None, held: Any) -> Iterator[Actor]:
    """Ola, who has just started Leadline with everything that ships."""
    owner, _ = create_workspace(company=COMPANY, name="Ola", email="ola@acme.example", password=None)
    with tenancy.workspace(owner.workspace_id):
        yield owner


@pytest.fixture
def mona(boss: Actor) -> Actor:
    """The manager."""
    return people.member(Workspace.objects.get(id=boss.workspace_id), "Mona", "manager")


@pytest.fixture
def dana(boss: Actor) -> SandboxPerson:
    """A customer with a phone."""
    number = SandboxNumber.objects.get()
    return phones.invent(number, name="Dana Levi", raw_phone="0501234567", username="", region="IL")


@pytest.fixture
def lead(dana: SandboxPerson, drain: Drain) -> Lead:
    """Dana's lead, welcomed: she has just written by WhatsApp."""
    phones.write_text(dana, "How much is a solar system?")
    drain()
    return Lead.objects.get()


def on_the_phone() -> list[str]:
    return [message.text for message in SandboxMessage.objects.filter(from_person=False).order_by("at", "id")]


def told(actor: Actor) -> list[str]:
    return list(
        Notice.objects.filter(
            member_id=str(actor.member_id), kind__in=["automation", "lead.escalated"]
        ).values_list("title", flat=True)
    )


def move(lead: Lead, stage: str, actor: Actor) -> None:
    leads.move_lead(actor, lead.id, Stage.objects.get(name=stage).id)


def test_a_new_company_starts_with_the_recipes_switched_on(boss: Actor) -> None:
    shipped = {one["recipe"]: one for one in Api(boss).get("/automations").json()}
    assert list(shipped) == [recipe.key for recipe in SHIPPED]
    assert all(one["enabled"] for one in shipped.values())
    assert shipped["untouched_2h"]["sentence"] == (
        "When a lead is untouched for 2 hours: escalate to the managers (SMS)."
    )
    assert shipped["negotiation_7d"]["sentence"].startswith(
        "When a lead stays in a stage for (Negotiation, 7 days), if Status is Open: set a field"
    )
    assert shipped["quote_sent"]["sentence"].startswith(
        "When a lead enters a stage (Quote Sent), if Status is Open: send a message (WhatsApp, follow_up)"
    )


def test_a_new_whatsapp_lead_is_answered_at_once_and_once(
    lead: Lead, dana: SandboxPerson, drain: Drain
) -> None:
    assert on_the_phone() == [
        "Hi Dana, thank you for writing. We have got your message and will answer very soon."
    ]
    message = Message.objects.get(direction="out")
    assert (message.template_name, message.automatic, message.cause) == (
        "welcome",
        True,
        "New WhatsApp lead: welcome at once",
    )
    assert message.at - lead.inbound_at <= timedelta(seconds=5)
    assert (lead.first_touch_at, lead.first_auto_reply_at) == (None, message.at)
    assert lead.owner_id is not None

    clock.move(timedelta(minutes=5))
    phones.write_text(dana, "Are you there?")
    drain()
    assert len(on_the_phone()) == 1


def test_a_lead_from_a_form_gets_no_whatsapp_welcome(boss: Actor, drain: Drain) -> None:
    inquiries.lead(boss, "Eli Cohen", channel="form")
    drain()
    assert not Message.objects.exists()


def test_without_a_template_the_owner_is_told_instead(boss: Actor, dana: SandboxPerson, drain: Drain) -> None:
    from leadline.conversations.models import Template

    Template.objects.update(state="paused")
    phones.write_text(dana, "Hello?")
    drain()
    assert on_the_phone() == []
    assert told(boss) == ["Dana Levi: no message could be sent by WhatsApp. Please call or write yourself."]


def test_a_lead_nobody_answers_for_two_hours_is_escalated_once(
    boss: Actor, mona: Actor, lead: Lead, drain: Drain
) -> None:
    pass_time(drain, minutes=119, seconds=50)
    lead.refresh_from_db()
    assert (lead.escalated_at, told(mona)) == (None, [])

    pass_time(drain, seconds=10)
    lead.refresh_from_db()
    assert lead.escalated_at == clock.now()
    assert told(mona) == ["Dana Levi waits for an answer"]
    assert Delivery.objects.filter(carrier="sms", notice__member_id=str(mona.member_id)).count() == 1

    pass_time(drain, hours=30)
    assert len(told(mona)) == 1
    assert Run.objects.filter(automation__recipe="untouched_2h").count() == 1


def test_a_touch_just_before_two_hours_prevents_the_escalation(
    mona: Actor, boss: Actor, lead: Lead, drain: Drain
) -> None:
    pass_time(drain, minutes=119)
    leads.note_touch([lead.id], boss.member_id, "phone", clock.now())
    pass_time(drain, hours=3)
    lead.refresh_from_db()
    assert (lead.escalated_at, told(mona)) == (None, [])


def test_the_clock_of_business_hours_shifts_the_escalation(
    boss: Actor, mona: Actor, lead: Lead, drain: Drain
) -> None:
    Automation.objects.filter(recipe="untouched_2h").update(
        trigger_options={"for": "2h", "business_hours": True}
    )
    hours = {"timezone": "UTC", "weekly": {"thu": [["09:00", "17:00"]]}, "holidays": []}
    assert Api(boss).patch("/business-hours", hours).status_code == 200
    pass_time(drain, hours=3)
    assert told(mona) == []
    pass_time(drain, hours=21, minutes=59)
    assert told(mona) == []  # Thursday 10:59
    pass_time(drain, minutes=1)
    assert len(told(mona)) == 1


def test_a_quote_is_followed_up_in_free_text_while_the_window_is_open(
    boss: Actor, lead: Lead, drain: Drain
) -> None:
    move(lead, "Quote Sent", boss)
    drain()
    assert on_the_phone()[1:] == [
        "Hi Dana, we have just sent you our quote. Is there anything you would like to know? "
        "Just answer here."
    ]


def test_a_quote_is_followed_up_by_template_after_the_window(boss: Actor, lead: Lead, drain: Drain) -> None:
    clock.move(timedelta(days=2))
    move(lead, "Quote Sent", boss)
    drain()
    assert on_the_phone()[1:] == [
        "Hi Dana, is there anything you would like to know about our offer? Just answer here."
    ]


def test_whoever_does_not_want_messages_gets_none_and_the_owner_is_told(
    boss: Actor, lead: Lead, dana: SandboxPerson, drain: Drain
) -> None:
    phones.write_text(dana, "STOP")
    drain()
    sent = len(on_the_phone())
    move(lead, "Quote Sent", boss)
    drain()
    assert len(on_the_phone()) == sent
    assert told(boss) == ["Dana Levi: no message could be sent by WhatsApp. Please call or write yourself."]


def test_without_whatsapp_the_owner_is_told_and_nothing_is_sent(boss: Actor, drain: Drain) -> None:
    lead = inquiries.lead(boss, "Eli Cohen")
    move(lead, "Quote Sent", boss)
    drain()
    assert not Message.objects.exists()
    assert len(told(boss)) == 1


def test_a_week_in_negotiation_is_followed_up_unless_the_lead_has_left(
    boss: Actor, lead: Lead, drain: Drain
) -> None:
    move(lead, "Negotiation", boss)
    other = inquiries.lead(boss, "Eli Cohen")
    move(other, "Negotiation", boss)
    pass_time(drain, days=6)
    move(other, "First Contact", boss)
    pass_time(drain, days=1)

    followed = Run.objects.filter(automation__recipe="negotiation_7d")
    assert [run.subject_id for run in followed] == [lead.id]
    lead.refresh_from_db()
    assert lead.next_step == "Call: 7 days in Negotiation"
    assert "Dana Levi has been in Negotiation for 7 days. Please call." in told(boss)
    assert on_the_phone()[-1].startswith("Hi Dana, is there anything you would like to know about our offer?")
