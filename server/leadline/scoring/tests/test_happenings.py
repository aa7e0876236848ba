"""What people do elsewhere counts: pages, files, links, and above all the product."""

from __future__ import annotations

import pytest

from leadline.engines.notices.models import Notice
from leadline.engines.timeline.models import TimelineEntry
from leadline.kit.errors import Invalid, NotFound
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.scoring import actions
from leadline.scoring.actions import Told
from leadline.scoring.rules import EventKind
from leadline.scoring.tests.inquiries import lead
from leadline.scoring.tests.test_qualification import dates
from leadline.scoring.tests.test_scoring_leads import reasons
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.usefixtures("held")


def did(
    actor: Actor, kind: EventKind, what: str = "", *, email: str = "dana-levi@gmail.com", ref: str = ""
) -> Lead:
    return actions.take_happening(actor, Told(kind=kind, what=what, email=email, ref=ref))


def test_a_page_about_prices_counts_more_than_any_other(ada: Actor) -> None:
    dana = lead(ada)
    did(ada, EventKind.VISIT, "/about")
    assert reasons(ada, dana)["Visited our website"] == 1
    assert "Looked at the prices" not in reasons(ada, dana)
    did(ada, EventKind.VISIT, "/Pricing")
    did(ada, EventKind.DOWNLOAD, "The roof guide.pdf")

    assert reasons(ada, dana).items() >= {"Looked at the prices": 4, "Downloaded something": 8}.items()
    entry = TimelineEntry.objects.filter(kind="activity", about_id=dana.id).order_by("id").last()
    assert entry is not None
    assert entry.text == "The person downloads something: The roof guide.pdf"


def test_who_uses_the_product_is_a_pql_and_the_owner_hears_of_it_once(ada: Actor) -> None:
    dana = lead(ada)
    leads.hand_over(ada, dana, ada.member_id)
    did(ada, EventKind.PRODUCT, "trial_started", ref="7")
    now = did(ada, EventKind.PRODUCT, "trial_started", ref="7")
    did(ada, EventKind.PRODUCT, "activated", email="DANA-levi@gmail.com")

    assert (now.lead_type, reasons(ada, dana)["Uses the product"]) == ("PQL", 20)
    assert dates(ada, dana) == [("PQL", True)]
    assert Notice.objects.get(kind="pql").link_id == dana.id
    assert TimelineEntry.objects.filter(kind="activity").count() == 2


def test_nobody_meant_and_nothing_told_are_refused(ada: Actor, rita: Actor) -> None:
    dana = lead(ada)
    leads.hand_over(ada, dana, ada.member_id)
    with pytest.raises(NotFound):
        did(ada, EventKind.VISIT, email="nobody@nowhere.example")
    with pytest.raises(Invalid):
        did(ada, EventKind.VISIT, email="")
    with pytest.raises(NotFound):
        did(rita, EventKind.VISIT)
    assert not TimelineEntry.objects.filter(kind="activity").exists()
