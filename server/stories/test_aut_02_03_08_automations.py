"""AUT-02, AUT-03, AUT-08 through the front door: the recipes that ship and the ones people make.

`test_automations.py` tells the finer points of the shipped recipes.
"""

from __future__ import annotations

from typing import Any

from leadline.channels.sms.models import SandboxText
from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber
from leadline.channels.whatsapp.sandbox import people as phones
from leadline.channels.whatsapp.tests.conftest import Provider
from stories.company import Acme, Drain, Seat, automate, ok, pass_time

DANA = "972501234567"


def write(meta: Provider, key: str) -> None:
    number = {"phone_number_id": meta.connection.settings["phone_number_id"]}
    message = {"id": key, "from": DANA, "type": "text", "text": {"body": "Hello"}, "timestamp": "1767779990"}
    who = [{"wa_id": DANA, "profile": {"name": "Dana"}}]
    assert meta.value(metadata=number, contacts=who, messages=[message]).status_code == 200


def on_the_phone() -> list[str]:
    rows = SandboxMessage.objects.filter(from_person=False).order_by("at", "id")
    return [message.text for message in rows]


def test_a_new_whatsapp_lead_is_answered_once_by_the_approved_template_and_nobody_has_touched_it(
    ola: Seat, meta: Provider, drain: Drain
) -> None:
    write(meta, "wamid.1")
    drain()
    write(meta, "wamid.1")
    write(meta, "wamid.2")
    drain()

    (sent,) = ok(ola.get("/messages"))["items"]
    assert (sent["template"], sent["automatic"], sent["at"]) == ("welcome", True, "2026-01-07T10:00:00Z")
    lead = ola.only_lead()
    assert lead["owner"]["name"] == "Ola"
    assert (lead["first_auto_reply_at"], lead["first_touch_at"]) == ("2026-01-07T10:00:00Z", None)
    (run,) = ok(ola.get(f"/automations/{welcome(ola)['id']}/runs"))["items"]
    assert (run["state"], run["subject"]["id"]) == ("done", lead["id"])
    assert ola.audit(lead["id"], "message.sent")
    assert len(on_the_phone()) == 1


def welcome(seat: Seat) -> dict[str, Any]:
    return next(one for one in ok(seat.get("/automations")) if one["recipe"] == "whatsapp_welcome")


def test_switched_off_it_stays_silent(ola: Seat, meta: Provider, drain: Drain) -> None:
    ok(ola.patch(f"/automations/{welcome(ola)['id']}", {"enabled": False}))
    write(meta, "wamid.1")
    drain()
    assert len(ola.leads()) == 1
    assert on_the_phone() == []


def test_untouched_for_two_hours_the_manager_gets_a_notice_and_a_text_once(
    acme: Acme, meta: Provider, drain: Drain
) -> None:
    mona = acme.hire("Mona", role="manager")
    ok(mona.patch("/me", {"phone": "+972521111111"}))
    write(meta, "wamid.1")
    drain()
    pass_time(drain, minutes=119)
    assert (mona.told("lead.escalated"), SandboxText.objects.count()) == ([], 0)
    pass_time(drain, minutes=1)
    lead = acme.ola.only_lead()
    assert lead["escalated"] is True
    assert len(mona.told("lead.escalated")) == 1
    text = SandboxText.objects.get()
    assert text.to == "+972521111111"
    assert "Dana" in text.text
    pass_time(drain, hours=20)
    assert (len(mona.told("lead.escalated")), SandboxText.objects.count()) == (1, 1)


def test_a_touch_after_an_hour_and_59_minutes_prevents_it(acme: Acme, meta: Provider, drain: Drain) -> None:
    mona = acme.hire("Mona", role="manager")
    write(meta, "wamid.1")
    drain()
    pass_time(drain, minutes=119)
    lead = acme.ola.only_lead()
    ok(
        acme.ola.post(
            f"/leads/{lead['id']}/messages", {"channel": "whatsapp", "body": "Hi Dana, I call you."}
        )
    )
    drain()
    pass_time(drain, hours=4)
    assert mona.told("lead.escalated") == []
    assert acme.ola.lead(lead["id"])["escalated"] is False


def test_entering_and_leaving_any_stage_can_send_messages(ola: Seat, drain: Drain) -> None:
    entered, left = {"to_stage_id": ola.stage("First Contact")}, {"from_stage_id": ola.stage("First Contact")}
    hello = {"channel": "whatsapp", "text": "Hello {{contact.first_name|there}}, I am on it."}
    bye = {"channel": "sms", "text": "Your case is with our planners now."}
    made = automate(ola, "lead.stage_entered", entered, {"action": "message.send", "with": hello})
    automate(ola, "lead.stage_left", left, {"action": "message.send", "with": bye})
    assert made["sentence"].startswith("When a lead enters a stage (First Contact)")
    dana = phones.invent(SandboxNumber.objects.get(), name="Dana", raw_phone=DANA, username="", region="IL")
    phones.write_text(dana, "Hello")
    drain()
    lead = ola.only_lead()
    before = len(on_the_phone())

    ola.move(lead["id"], "First Contact")
    drain()
    assert on_the_phone()[before:] == ["Hello Dana, I am on it."]
    assert SandboxText.objects.count() == 0
    ola.move(lead["id"], "Negotiation")
    drain()
    assert [text.text for text in SandboxText.objects.all()] == ["Your case is with our planners now."]
    assert len(on_the_phone()) == before + 1
    kinds = [entry["channel"] for entry in ola.timeline(lead["id"], "message") if entry["automatic"]]
    assert kinds == ["whatsapp", "whatsapp", "sms"]
    assert ola.lead(lead["id"])["first_touch_at"] is None
