"""CAP-07, 20, 25: foreign forms are mapped, three kinds are published, downloads are written down."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from leadline.contacts.models import Contact
from stories.company import Drain, Seat, ok

FOREIGN = {"Ansprechpartner": "Dana Levi", "Rueckruf": "050-123-4567", "Wunsch": "Solar", "PLZ": "10115"}
MAPPING = {"Ansprechpartner": "name", "Rueckruf": "phone", "Wunsch": "interest"}
FIELDS = [{"key": "name", "label": "Name"}, {"key": "email", "label": "E-mail", "type": "email"}]
DANA = {"name": "Dana Levi", "email": "dana@levi.example"}


def publish(ola: Seat, **about: Any) -> str:
    """A new form; where its page is."""
    made = ok(ola.post("/forms", {"name": "Campaign", "fields": FIELDS, **about}))
    return urlsplit(made["public_url"]).path


@pytest.mark.parametrize("kind", ["application/json", None])
def test_foreign_field_names_are_mapped_and_the_rest_is_kept(
    ola: Seat, drain: Drain, kind: str | None
) -> None:
    hook = ok(ola.post("/connections", {"channel": "form_hook", "name": "Elementor"}))
    sample = ok(ola.post(f"/form-hooks/{hook['id']}/sample", {"body": "Ansprechpartner=Dana&Wunsch=Solar"}))
    assert [field["target"] for field in sample["fields"]] == ["extra", "extra"]
    ok(ola.patch(f"/connections/{hook['id']}", {"settings": {"mapping": MAPPING}}))
    path = urlsplit(hook["url"]).path
    Client().post(path, FOREIGN, **({"content_type": kind} if kind else {}))
    drain()

    lead = ola.only_lead()
    assert (lead["name"], lead["phone"], lead["interest"]) == ("Dana Levi", "+972501234567", "Solar")
    assert lead["extra"] == {"form": "Elementor"}
    assert Contact.objects.get().postcode == "10115"


@pytest.mark.parametrize("kind", ["landing", "newsletter", "quote"])
def test_each_kind_of_form_is_a_page_of_its_own(ola: Seat, drain: Drain, kind: str) -> None:
    path = publish(ola, kind=kind, thank_you="Talk to you on Monday.")
    page = Client().get(path)
    assert (page.status_code, 'name="viewport"' in page.content.decode()) == (200, True)
    answer = Client().post(path, {**DANA, "page_url": f"https://acme.example{path}"})
    drain()

    assert "Talk to you on Monday." in answer.content.decode()
    lead = ola.only_lead()
    assert (lead["extra"]["form"], lead["page"]) == ("Campaign", f"https://acme.example{path}")
    assert (lead["contact"]["consent"].get("marketing") is True) == (kind == "newsletter")
    assert lead["lead_type"] == ("SQL" if kind == "quote" else "")


def test_a_download_makes_an_iql_and_is_written_on_a_lead_that_is_there(ola: Seat, drain: Drain) -> None:
    path = publish(ola, kind="download", offer="Roof guide", download_url="https://acme.example/guide.pdf")
    for _ in range(2):
        assert (
            "https://acme.example/guide.pdf" in Client().post(path, {**DANA, "_key": str(_)}).content.decode()
        )
        drain()

    lead = ola.only_lead()
    assert lead["lead_type"] == "IQL"
    assert [entry["text"] for entry in ola.timeline(lead["id"], "download")] == [
        "Downloaded “Roof guide”"
    ] * 2
