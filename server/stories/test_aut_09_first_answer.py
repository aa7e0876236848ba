"""AUT-09: every inquiry has a first answer at once, by the way that its person allows."""

from __future__ import annotations

from leadline.conversations.models import Message
from leadline.infra.mail.tests.conftest import Postbox, postbox
from stories.company import Acme, Drain, Seat, ok
from stories.test_aut_08_mail_and_webhook import written

__all__ = ["postbox"]
NO_MAIL = {"email": {"allowed": False}}
NOTHING = {**NO_MAIL, "whatsapp": {"allowed": False}}


def switch_on(ola: Seat) -> None:
    ok(ola.post("/automations", {"recipe": "first_answer"}))


def test_whoever_has_a_mail_address_is_answered_by_mail_with_their_own_words(
    acme: Acme, postbox: Postbox, drain: Drain
) -> None:
    switch_on(acme.ola)
    asked = {"interest": "solar roofs", "text": "How much for 40 m²?"}
    lead = acme.program().add("Dana Levi", email="dana@example.com", phone="0501234567", **asked)
    drain()
    ((subject, to, text),) = written(postbox)
    assert (subject, to) == ("We have got your inquiry", ["dana@example.com"])
    assert text.startswith("Hi Dana,")
    assert [part for part in ("about solar roofs", asked["text"]) if part not in text] == []
    shown = acme.ola.lead(lead["id"])
    assert shown["first_auto_reply_at"] is not None
    assert (shown["first_touch_at"], shown["next_step"]) == (None, "")
    assert not Message.objects.filter(channel="whatsapp").exists()


def test_whoever_wants_no_mails_is_answered_by_whatsapp_and_whoever_wants_neither_is_called(
    acme: Acme, postbox: Postbox, drain: Drain
) -> None:
    ola = acme.ola
    switch_on(ola)
    by_phone = acme.program().add("Noa", phone="0501112222", email="noa@example.com", consent=NO_MAIL)
    silent = acme.program().add("Gil", phone="0503334444", email="gil@example.com", consent=NOTHING)
    drain()
    assert written(postbox) == []
    (message,) = Message.objects.filter(direction="out")
    assert (str(message.lead_id), message.channel, message.template_name) == (
        by_phone["id"],
        "whatsapp",
        "welcome",
    )
    assert ola.lead(by_phone["id"])["next_step"] == ""
    assert ola.lead(silent["id"])["next_step"] == "Call +972503334444"
    assert "Gil could not be answered automatically. Please call." in ola.told("automation")


def test_whom_we_entered_ourselves_gets_no_answer(acme: Acme, postbox: Postbox, drain: Drain) -> None:
    switch_on(acme.ola)
    lead = acme.ola.add("Dana", email="dana@example.com")
    drain()
    assert acme.ola.lead(lead["id"])["first_auto_reply_at"] is None
    assert written(postbox) == []
