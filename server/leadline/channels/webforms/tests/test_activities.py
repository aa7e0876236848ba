"""Downloads, webinars and events are written down, and say how far somebody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from leadline.channels.webforms.tests.conftest import address, after, opened
from leadline.engines.timeline.models import TimelineEntry
from leadline.kit import clock
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

Drain = Callable[..., int]
DANA = {"name": "Dana Levi", "email": "dana@levi.example"}
GUIDE = {"kind": "download", "offer": "Roof guide", "download_url": "https://acme.example/guide.pdf"}


@pytest.mark.parametrize(
    ("changes", "kind", "said", "lead_type"),
    [
        (GUIDE, "download", "Downloaded “Roof guide”", "IQL"),
        (
            {"kind": "webinar", "offer": "Solar 101"},
            "webinar",
            "Signed up for the webinar “Solar 101”",
            "IQL",
        ),
        ({"kind": "event", "offer": "Expo 2026", "source": "event"}, "event", "Was met at “Expo 2026”", ""),
        ({"kind": "quote"}, "", "", "SQL"),
    ],
)
def test_a_new_person_becomes_a_lead_of_the_right_type(
    ada: Actor, visitor: Client, drain: Drain, changes: dict[str, str], kind: str, said: str, lead_type: str
) -> None:
    form = opened(ada, **changes)
    page = visitor.post(address(form), DANA).content.decode()
    drain()

    assert ("https://acme.example/guide.pdf" in page) == (kind == "download")
    lead = Lead.objects.get()
    assert lead.lead_type == lead_type
    written = TimelineEntry.objects.filter(about_id=lead.id, kind__in=("download", "webinar", "event"))
    assert [(entry.kind, entry.text) for entry in written] == ([(kind, said)] if kind else [])
    if kind == "event":
        assert (lead.source, lead.campaign, lead.extra["event"]) == ("event", "Expo 2026", "Expo 2026")


def test_a_download_of_a_known_person_joins_the_lead_and_counts_as_interest(
    ada: Actor, visitor: Client, drain: Drain, held: datetime
) -> None:
    visitor.post(address(opened(ada)), DANA)
    drain()
    before = Lead.objects.get().engagement
    after(3600)
    visitor.post(address(opened(ada, **GUIDE)), DANA)
    drain()

    lead = Lead.objects.get()
    assert lead.engagement > before
    assert TimelineEntry.objects.get(kind="download").about_id == lead.id
    assert clock.now() - lead.inbound_at > timedelta(minutes=30)
