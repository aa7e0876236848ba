"""AUT-08: entering and leaving a stage writes mails and calls a webhook, each once, and the log says how."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from typing import Any

import pytest

from leadline.capture.models import Connection
from leadline.conversations.models import Message
from leadline.infra import http
from leadline.infra.mail.tests.conftest import Postbox, postbox
from stories.company import Acme, Drain, Seat, ok
from stories.test_aut_02_03_08_automations import automate, pass_time

__all__ = ["postbox"]
MAIL = {
    "to": "person",
    "subject": "We are on it, {{contact.first_name|there}}",
    "body": "Case {{name}}: {{stage}}.",
}


def written(box: Postbox) -> list[tuple[str, list[str], str]]:
    read = [(message_from_bytes(one.content, policy=policy.default), one.rcpt_tos) for one in box.mails]
    return [(str(mail["Subject"]), to, mail.get_content().strip()) for mail, to in read]


def on_entry(ola: Seat, *steps: dict[str, Any]) -> dict[str, Any]:
    return automate(ola, "lead.stage_entered", {"to_stage_id": ola.stage("First Contact")}, *steps)


def runs(ola: Seat, automation: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(ola.get(f"/automations/{automation['id']}/runs"))["items"]
    return found


def test_the_person_gets_one_mail_and_nobody_has_touched_the_lead(
    acme: Acme, postbox: Postbox, drain: Drain
) -> None:
    ola = acme.ola
    made = on_entry(ola, {"action": "mail.send", "with": MAIL})
    lead = acme.program().add("Dana", email="dana@example.com")
    drain()
    ola.move(lead["id"], "First Contact")
    drain()
    pass_time(drain, hours=1)
    ((subject, to, text),) = written(postbox)
    assert (subject, to) == ("We are on it, Dana", ["dana@example.com"])
    assert text == "Case Dana: First Contact."
    (entry,) = [one for one in ola.timeline(lead["id"], "message") if one["channel"] == "email"]
    assert (entry["automatic"], entry["direction"], entry["payload"]["state"]) == (True, "out", "sent")
    shown = ola.lead(lead["id"])
    assert shown["first_touch_at"] is None
    assert shown["first_auto_reply_at"] is not None
    (step,) = runs(ola, made)[0]["steps"]
    assert (step["outcome"], step["result"]["to"]) == ("done", "dana@example.com")
    (row,) = ok(ola.get("/messages"))["items"]
    assert (row["channel"], row["state"], row["details"]["subject"], row["lead_name"], row["cause"]) == (
        "email",
        "sent",
        "We are on it, Dana",
        "Dana",
        made["name"],
    )


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        ("550 5.1.1 nobody here", "failed", "The mail server answered 550: 5.1.1 nobody here"),
        ("hang up", "uncertain", "The connection to the mail server broke while sending"),
    ],
)
def test_a_mail_that_did_not_leave_stands_in_the_outbox_with_the_reason(
    acme: Acme, postbox: Postbox, drain: Drain, answer: str, state: str, error: str
) -> None:
    ola = acme.ola
    on_entry(ola, {"action": "mail.send", "with": MAIL})
    lead = acme.program().add("Dana", email="dana@example.com")
    postbox.says = answer
    ola.move(lead["id"], "First Contact")
    drain()
    pass_time(drain, hours=1)
    (row,) = ok(ola.get("/messages", state=state))["items"]
    assert row["error_text"].startswith(error)
    (entry,) = [one for one in ola.timeline(lead["id"], "message") if one["channel"] == "email"]
    assert entry["payload"]["state"] == state
    assert ola.lead(lead["id"])["first_auto_reply_at"] is None


def test_who_asked_for_silence_or_has_no_address_gets_no_mail_and_the_log_says_so(
    acme: Acme, postbox: Postbox, drain: Drain
) -> None:
    ola = acme.ola
    made = on_entry(ola, {"action": "mail.send", "with": MAIL})
    silent = acme.program().add("Dana", email="dana@example.com", consent={"email": {"allowed": False}})
    nowhere = acme.program().add("Noa", phone="0501234567")
    for lead in (silent, nowhere):
        ola.move(lead["id"], "First Contact")
    drain()
    assert written(postbox) == []
    reasons = {run["subject"]["id"]: run["reason"] for run in runs(ola, made)}
    assert reasons[silent["id"]].startswith("This person asked not to get messages here")
    assert reasons[nowhere["id"]].startswith("We have no mail address of this person")


def test_owner_and_managers_are_written_to_at_their_logins(
    acme: Acme, postbox: Postbox, drain: Drain
) -> None:
    acme.hire("Rita")
    acme.hire("Mona", role="manager")
    for to in ("owner", "managers"):
        on_entry(acme.ola, {"action": "mail.send", "with": {**MAIL, "to": to}})
    lead = acme.program().add("Dana")
    acme.ola.move(lead["id"], "First Contact")
    drain()
    reached = sorted(address for _, to, _ in written(postbox) for address in to)
    assert [address.split("@")[0].split(".")[0] for address in reached] == ["mona", "rita"]
    assert Message.objects.filter(channel="email").count() == 0
    assert acme.ola.lead(lead["id"])["first_auto_reply_at"] is None


def test_a_mailbox_of_the_company_sends_where_there_is_no_other_way(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    made = on_entry(ola, {"action": "mail.send", "with": MAIL})
    lead = acme.program().add("Dana", email="dana@example.com")
    ola.move(lead["id"], "First Contact")
    drain()
    (row,) = ok(ola.get("/messages"))["items"]
    assert (row["channel"], row["state"], row["details"]["subject"], row["automatic"]) == (
        "email",
        "sent",
        "We are on it, Dana",
        True,
    )
    assert runs(ola, made)[0]["steps"][0]["result"]["to"] == "dana@example.com"
    assert ola.lead(lead["id"])["first_touch_at"] is None


def test_without_a_way_out_the_step_says_so_and_goes_the_other_way(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    Connection.objects.filter(channel="email").update(enabled=False)
    note = {"kind": "do", "action": "lead.add_note", "with": {"text": "Write to {{name}} yourself."}}
    made = on_entry(ola, {"action": "mail.send", "with": MAIL, "otherwise": [note]})
    lead = acme.program().add("Dana", email="dana@example.com")
    ola.move(lead["id"], "First Contact")
    drain()
    (run,) = runs(ola, made)
    assert run["state"] == "done"
    assert run["steps"][0]["error"].startswith("No mail server is set up")
    assert ola.timeline(lead["id"], "note")


def test_leaving_a_stage_calls_a_webhook_with_the_lead(
    acme: Acme, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[str, dict[str, Any]]] = []
    answers = [http.Answer(503, {}, b"later"), http.Answer(200, {}, b"ok")]

    def call(method: str, url: str, *, headers: dict[str, str], content: bytes, **_: Any) -> http.Answer:
        got.append((headers["webhook-id"], json.loads(content)))
        return answers[len(got) - 1]

    monkeypatch.setattr(http, "call", call)
    ola = acme.ola
    step = {"action": "webhook.call", "with": {"url": "https://example.com/hook"}}
    made = automate(ola, "lead.stage_left", {"from_stage_id": ola.stage("First Contact")}, step)
    lead = acme.program().add("Dana", email="dana@example.com")
    ola.move(lead["id"], "First Contact")
    drain()
    assert got == []
    ola.move(lead["id"], "Quote Sent")
    drain()
    pass_time(drain, seconds=11)
    assert len(got) == 2
    assert got[0][0] == got[1][0]
    told = got[0][1]["data"]["lead"]
    assert (told["id"], told["stage"]["name"], told["contact.email"]) == (
        lead["id"],
        "Quote Sent",
        "dana@example.com",
    )
    assert told["owner"]["name"] == "Ola"
    (run,) = runs(ola, made)
    logged = [(one["outcome"], one["result"]["status"], one["result"]["answer"]) for one in run["steps"]]
    assert logged == [("failed", 503, "later"), ("done", 200, "ok")]


def test_a_decision_without_steps_reads_as_unfinished_and_does_nothing(acme: Acme, drain: Drain) -> None:
    ola = acme.ola
    body = {
        "name": "Decide",
        "enabled": True,
        "trigger": {"key": "lead.stage_entered", "options": {"to_stage_id": ola.stage("First Contact")}},
        "steps": [{"kind": "if", "when": {"field": "source", "op": "eq", "value": "website"}}],
    }
    made = ok(ola.post("/automations", body))
    assert made["sentence"].endswith("if Source is Website: ….")
    lead = acme.program().add("Dana", source="website")
    ola.move(lead["id"], "First Contact")
    drain()
    (run,) = runs(ola, made)
    assert (run["state"], run["steps"]) == ("done", [])
