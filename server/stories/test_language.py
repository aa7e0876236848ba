"""A company that works in Hebrew reads no English from the product; what it wrote itself stays as it is."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from leadline.assignment.schedule import let_clocks_speak
from leadline.channels.whatsapp.models import SandboxNumber
from leadline.infra import tenancy
from leadline.kit import clock
from stories.company import ACME, Acme, Drain, ok

# Names of people, firms and things are data, also where the product repeats them.
DATA = {"Dana", "Levi", "Leadline", "Ola", "Sam", "dana", "example"}
WORDS = re.compile(r"[A-Za-z]{2,}")


def english(*sentences: object) -> list[str]:
    """The Latin words of the sentences that are nobody's data."""
    return sorted({one for text in sentences for one in WORDS.findall(str(text))} - DATA)


@pytest.fixture
def hebrew(db: None, held: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Acme has just started Leadline, in Hebrew."""
    monkeypatch.setitem(ACME, "language", "he")
    company = Acme()
    with tenancy.workspace(company.owner.workspace_id):
        yield company


def inquiry(**more: Any) -> dict[str, Any]:
    return {
        "name": "Dana Levi",
        "phone": "+972541234567",
        "email": "dana@example.test",
        "company": "Levi",
        "source": "referral",
        "text": "שלום, כמה זה עולה?",
        **more,
    }


def test_a_hebrew_rep_reads_hebrew(hebrew: Acme, drain: Drain) -> None:
    sam = hebrew.hire("Sam", "rep")
    lead_id = ok(hebrew.ola.post("/leads", inquiry(channel="form")))["id"]
    drain()
    hours(5, drain)
    ok(hebrew.ola.post(f"/leads/{lead_id}/bands", {"band": "hot", "reason": "דחוף"}))
    hours(2, drain)
    page = sam.lead(lead_id)

    assert english(page["assignment"]["text"], page["sla"]["policy"]) == []
    assert english(*(stage["name"] for stage in page["stages"])) == []
    score = ok(sam.get(f"/leads/{lead_id}/score"))
    assert score["reasons"]
    assert english(*(line["label"] for line in (*score["reasons"], *score["history"]))) == []
    entries = sam.timeline(lead_id)
    assert {"assigned", "scored", "sla"} <= {entry["kind"] for entry in entries}
    assert english(*(entry["text"] for entry in entries)) == []
    notices = ok(sam.get("/notices"))["items"]
    assert notices
    assert english(*((one["title"], one["text"]) for one in notices)) == []
    refused = sam.get("/leads/018f0000-0000-7000-8000-000000000000").json()
    assert english(refused["detail"]) == []


def test_hebrew_settings_are_hebrew(hebrew: Acme, drain: Drain) -> None:
    ola = hebrew.ola
    ok(ola.post("/leads", inquiry()))
    drain()
    fields = ok(ola.get("/fields", object="lead"))
    labels = [field["label"] for field in fields]
    choices = [c["label"] for f in fields if f["key"] not in {"lead_type"} for c in f["choices"]]
    assert english(*labels, *choices, *(one["label"] for one in ok(ola.get("/sources")))) == []
    automations = ok(ola.get("/automations"))
    assert automations
    # Names of templates, and the text that is sent, are the company's own.
    said = [
        re.sub(r"[a-z]+_[a-z]+|welcome|\\{\\{.*?\\}\\}", "", one["name"] + one["sentence"])
        for one in automations
    ]
    assert english(*said) == []
    rules = [*ok(ola.get("/scoring"))["rules"], *ok(ola.get("/assignment-rules"))]
    assert english(*(rule["name"] for rule in rules)) == []
    entries = ok(ola.get("/audit", limit=200))["items"]
    assert english(*(entry["label"] for entry in entries)) == []
    assert english(*(name for entry in entries for name in entry["labels"].values())) == []


def test_what_went_wrong_is_told_in_hebrew_and_by_the_companys_clock(hebrew: Acme, drain: Drain) -> None:
    ola = hebrew.ola
    SandboxNumber.objects.update(fault="not_on_whatsapp")
    lead_id = ok(ola.post("/leads", inquiry()))["id"]
    (way,) = [one for one in ok(ola.get(f"/leads/{lead_id}/channels")) if one["channel"] == "whatsapp"]
    template = next(one for one in way["templates"] if one["name"] == "welcome")
    body = {"channel": "whatsapp", "template_id": template["id"], "variables": {"name": "Dana"}}
    ok(ola.post(f"/leads/{lead_id}/messages", body))
    (hook,) = [ok(ola.post("/connections", {"channel": "form_hook", "name": "כלי"}))]
    knock = Client().post(f"/hooks/forms/{hook['url'].rsplit('/', 1)[1]}", {"colour": "red"})
    assert knock.status_code == 200
    drain()

    (sent,) = ok(ola.get("/messages"))["items"]
    assert (sent["state"], "SMS" in sent["error_text"]) == ("failed", False)
    (held_back,) = ok(ola.get("/submissions", state="quarantined"))["items"]
    steps = ok(ola.post(f"/connections/{hook['id']}/tests"))["steps"]
    (number,) = ok(ola.get("/whatsapp/connections"))
    tried = ok(ola.post(f"/whatsapp/connections/{number['id']}/tests"))["steps"]
    assert english(way["reason"], sent["error_text"], held_back["reason"], hook["label"]) == ["Webhook"]
    # The second step of the number tells its name, which is data.
    assert english(*(f"{one['name']} {one['detail']}" for one in (*steps, tried[0], *tried[2:]))) == []
    assert "2026-01-07 12:00" in steps[1]["detail"]
    aside = ok(ola.post(f"/submissions/{held_back['id']}/dismissals", {}))
    assert aside["reason"].startswith("הוסר על ידי")
    assert english(aside["reason"]) == []


def test_an_english_member_of_the_hebrew_company_reads_english(hebrew: Acme, drain: Drain) -> None:
    sam = hebrew.hire("Sam", "rep")
    ok(sam.patch("/me", {"language": "en"}))
    lead_id = ok(hebrew.program().post("/leads", inquiry()))["id"]
    drain()
    assert sam.lead(lead_id)["assignment"]["text"].startswith("to Sam: ")
    assert sam.told("lead.assigned") == ["New lead: Dana Levi"]
    assert hebrew.ola.lead(lead_id)["assignment"]["text"].startswith("אל \u2068Sam\u2069: ")


def hours(n: int, drain: Drain) -> None:
    for _ in range(n):
        clock.move(timedelta(hours=1))
        let_clocks_speak()
        drain()
