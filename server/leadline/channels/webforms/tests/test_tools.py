"""Every sample of every form tool is read as what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from leadline.capture.ports import Inquiry
from leadline.channels.webforms import bodies, tools
from leadline.channels.webforms.inquiries import Setting, inquiry_of

PAYLOADS = Path(__file__).parent / "payloads"
TYPES = {".json": "application/json", ".form": "application/x-www-form-urlencoded"}
ANA = {"name": "Ana Ruiz", "email": "ana@ruiz.example"}
TOM = {"name": "Tom Lee", "email": "tom@client.example"}
JUERGEN = {"name": "Jürgen Weiß", "email": "j.weiss@firma.example"}
NOW = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)


def read_payload(name: str) -> tuple[str, list[Inquiry | None]]:
    path = PAYLOADS / name
    kind = TYPES.get(path.suffix, "multipart/form-data; boundary=----jf7731")
    tool, filled = tools.read(bodies.read(path.read_bytes(), kind))
    setting = Setting(connection_id=uuid4(), name="Contact", received_at=NOW)
    return tool, [inquiry_of(one, setting, one.key or "hash") for one in filled]


def known(inquiry: Inquiry) -> dict[str, str]:
    return {"name": inquiry.person.name, **{i.kind: i.raw for i in inquiry.person.identities}}


SAMPLES: list[tuple[str, str, str, dict[str, str]]] = [
    ("typeform-1.json", "typeform", "a3a12ec67a1365927098a606107fac15", {**ANA, "phone": "+34600555010"}),
    ("typeform-2.json", "typeform", "b4b12ec67a1365927098a606107fac16", JUERGEN),
    ("tally-1.json", "tally", "2wgx4n", {**ANA, "phone": "+34600555010"}),
    ("tally-2.json", "tally", "3xhy5p", {"name": "", "email": "mia@example.com"}),
    ("jotform-1.multipart", "jotform", "6100000000000000001", {**ANA, "phone": "(600) 555-010"}),
    ("jotform-2.multipart", "jotform", "6100000000000000002", JUERGEN),
    ("gravityforms-1.json", "gravity", "3:118", {**ANA, "phone": "600 555 010"}),
    ("gravityforms-2.json", "gravity", "3:119", {**JUERGEN, "phone": "+49 30 123456"}),
    ("wpforms-1.json", "wpforms", "512:77", {**ANA, "phone": "600 555 010"}),
    ("wpforms-2.form", "wpforms", "hash", TOM),
    ("elementor-1-simple.form", "elementor", "hash", {**ANA, "phone": "600 555 010"}),
    ("elementor-2-advanced.form", "elementor", "hash", {**ANA, "phone": "600 555 010"}),
    ("elementor-3-advanced.form", "elementor", "hash", JUERGEN),
    ("webflow-1.json", "webflow", "6321ca84df3949bfc6752327", {**ANA, "phone": "34600555010"}),
    ("webflow-2.json", "webflow", "6321ca84df3949bfc6752399", {"name": "", "email": "mia@example.com"}),
    (
        "calendly-1-created.json",
        "calendly",
        "https://api.calendly.com/scheduled_events/EV1/invitees/INV1:invitee.created",
        {**ANA, "phone": "+34 600 555 010"},
    ),
    (
        "calendly-2-created-by-reschedule.json",
        "calendly",
        "https://api.calendly.com/scheduled_events/EV2/invitees/INV2:invitee.created",
        {**ANA, "phone": "+34 600 555 010"},
    ),
    (
        "calendly-3-canceled-by-reschedule.json",
        "calendly",
        "https://api.calendly.com/scheduled_events/EV1/invitees/INV1:invitee.canceled",
        {**ANA, "phone": "+34 600 555 010"},
    ),
    (
        "calendly-4-canceled.json",
        "calendly",
        "https://api.calendly.com/scheduled_events/EV3/invitees/INV3:invitee.canceled",
        {**TOM, "phone": "+34 600 555 010"},
    ),
    ("html-post-1.form", "generic", "hash", {**ANA, "phone": "600 555 010"}),
    ("html-post-2-repeated-fields.form", "generic", "hash", {**TOM, "phone": "+44 20 7946 0123"}),
    ("json-post-1.json", "generic", "6a0b3f0e-2f5a-4a0e-9c8e-1d5a7b1f0001", {**ANA, "phone": "600 555 010"}),
    ("json-post-2-flat.json", "generic", "hash", {**TOM, "phone": "15550000000"}),
    ("make-1-nested.json", "generic", "hash", {**JUERGEN, "phone": "+4930123456"}),
    ("zapier-1-flat.json", "generic", "hash", {**ANA, "phone": "600555010"}),
    ("zapier-2-form.form", "generic", "hash", TOM),
]


@pytest.mark.parametrize(("name", "tool", "key", "person"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_each_sample_is_recognised_and_names_its_person(
    name: str, tool: str, key: str, person: dict[str, str]
) -> None:
    found, (inquiry,) = read_payload(name)
    assert inquiry is not None
    assert (found, inquiry.natural_key, known(inquiry)) == (tool, key, person)


def test_every_sample_of_a_form_is_among_the_cases() -> None:
    answers = ("altcha", "hcaptcha", "turnstile", "plain-form", "html-post-3", "make-2")
    posts = {p.name for p in PAYLOADS.iterdir() if not p.name.startswith(answers)}
    assert posts == {name for name, *_ in SAMPLES}


def one(name: str) -> Any:
    _, (inquiry,) = read_payload(name)
    assert inquiry is not None
    return inquiry


def test_choices_become_readable_words() -> None:
    assert one("typeform-1.json").interest == "Solar 6 kW"
    assert one("typeform-2.json").interest == "Battery, Charger"
    assert one("tally-1.json").interest == "Solar 6 kW"
    assert one("tally-2.json").interest == "Solar, Charger"
    assert one("gravityforms-2.json").extra["7"] == ["Solar", "Battery"]


def test_what_has_no_place_of_its_own_is_kept() -> None:
    extra = one("typeform-1.json").extra
    assert extra["Start date?"] == "2027-01-15"
    assert extra["Contact by WhatsApp?"] is True
    assert one("zapier-1-flat.json").extra["Form Id"] == "1029384756102938"
    assert one("jotform-2.multipart").extra["files"] == [
        "https://www.jotform.com/uploads/example/263201234567890/6100000000000000002/plan.pdf"
    ]
    assert one("make-1-nested.json").extra["meta.run"] == 77120
    assert one("html-post-2-repeated-fields.form").extra["budget"] == "5000-10000"


def test_attribution_keeps_the_case_of_click_ids_and_both_touches() -> None:
    posted = one("html-post-1.form")
    assert posted.utm["gclid"] == "EAIaIQobChMI2PzExampleGclid_BwE"
    assert {posted.utm[f"utm_{part}"] for part in ("source", "medium", "campaign", "term", "content")} == {
        "google", "cpc", "nov_solar", "solar panels", "ad-b",
    }  # fmt: skip
    assert posted.page.startswith("https://www.example.com/solar?utm_source=google")
    assert posted.referrer == "https://www.google.com/"
    assert (posted.source, posted.campaign, posted.person.language) == ("google_ads", "nov_solar", "es")
    assert posted.consent["marketing"] is True
    both = one("json-post-1.json")
    assert both.utm["utm_campaign"] == "nov12"
    assert both.extra["first_touch"]["gclid"] == "EAIaIQobChMI2PzExampleGclid_BwE"
    assert both.consent == {
        "marketing": True,
        "text": "Acepto recibir ofertas",
        "at": "2026-11-16T09:12:00Z",
        "form": "contact-es",
    }


def test_utm_values_in_the_address_of_the_page_count() -> None:
    assert one("gravityforms-1.json").utm == {"utm_source": "google"}
    assert one("html-post-2-repeated-fields.form").source == "facebook"


def test_an_amount_becomes_the_value_and_a_range_does_not() -> None:
    assert one("zapier-2-form.form").value_minor == 450_000
    assert one("zapier-2-form.form").source == "instagram"
    assert one("tally-2.json").value_minor == 2_500_000


def test_a_cancelled_meeting_opens_no_lead_and_a_booked_one_does() -> None:
    booked, cancelled = one("calendly-1-created.json"), one("calendly-4-canceled.json")
    assert booked.opens_lead
    assert booked.text == "20 licences\nBooked: Discovery call for 2026-11-18 10:00 UTC"
    assert not cancelled.opens_lead
    assert cancelled.text == "20 licences\nCancelled: Discovery call for 2026-11-20 10:00 UTC"


def test_an_array_is_several_inquiries() -> None:
    _, inquiries = read_payload("make-2-array.json")
    assert [known(i) for i in inquiries if i] == [ANA, TOM]


def test_the_time_is_the_one_the_tool_gives() -> None:
    assert one("typeform-1.json").at == datetime(2026, 11, 16, 9, 12, tzinfo=UTC)
    assert one("zapier-1-flat.json").at == datetime(2026, 11, 16, 10, 2, 11, tzinfo=UTC)
    assert one("html-post-2-repeated-fields.form").at == NOW
