"""CAP-12: a list is brought in: guessed, previewed, run, every row accounted for, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from leadline.assignment.models import SlaClock
from leadline.contacts.models import Contact
from leadline.engines.automation.models import Run
from leadline.engines.notices.models import Notice
from leadline.engines.transfer.actions import running
from leadline.engines.transfer.models import Import, ImportedRow
from leadline.engines.transfer.ports import Done, Given, Terms, targets
from leadline.kit import clock
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from stories.bringing import Drain, brought, counts, csv_of, mapped, rows_of, run, undone

pytestmark = pytest.mark.django_db
HEAD = ["Full Name", "E-mail Address", "Mobile", "City", "Favourite colour"]


def a_thousand_rows() -> bytes:
    """970 good rows, 20 that are known already, 10 that make no sense."""
    good = [
        [f"Person {n}", f"person{n}@example.org", f"052-{1000000 + n}", "Haifa", "blue"] for n in range(970)
    ]
    twice = [[f"Person {n}", f"PERSON{n}@example.org", "", "Tel Aviv", ""] for n in range(20)]
    bad = [[f"Bad {n}", "not an address", "", "=cmd|' /C calc'!A0", ""] for n in range(10)]
    return csv_of(HEAD, *good, *twice, *bad)


def test_a_thousand_rows_with_mistakes_and_duplicates_become_970_leads_and_can_be_taken_back(
    mona: Actor, rita: Actor, drain: Drain
) -> None:
    api = Api(mona)
    draft = brought(api, "list.csv", a_thousand_rows())
    guessed = ["contact.name", "contact.email", "contact.phone", "contact.city", "extra"]
    assert [place["to"] for place in draft["mapping"]] == guessed
    preview = api.get(f"/imports/{draft['id']}/preview").json()
    assert preview["counts"] == {"new": 970, "duplicate": 20, "bad": 10}
    assert len(preview["rows"]) == 5
    assert Lead.objects.count() == 0

    after = run(api, draft, drain)

    assert counts(after) == (970, 0, 20, 10)
    assert (after["state"], Lead.objects.count()) == ("done", 970)
    one = Lead.objects.select_related("contact").get(contact__email="person7@example.org")
    assert (one.owner_id, one.contact.phone) == (rita.member_id, "+972521000007")
    assert one.extra == {"Favourite colour": "blue"}
    assert one.score > 0
    # Nobody waits for an answer, nothing starts, and one summary is all that is said.
    assert (SlaClock.objects.count(), Run.objects.count()) == (0, 0)
    (notice,) = Notice.objects.all()
    assert (notice.member_id, notice.kind) == (mona.member_id, "import.done")

    errors = rows_of(b"".join(api.get(f"/imports/{draft['id']}/errors").streaming_content))
    assert len(errors) == 11
    assert errors[1][:3] == ["991", "“not an address” is not a mail address", "Bad 0"]
    assert errors[1][5] == "'=cmd|' /C calc'!A0"

    assert undone(api, draft, drain)["removed"] == 970
    assert Lead.objects.filter(deleted_at=None).count() == 0
    assert Contact.objects.filter(deleted_at=None).count() == 0
    assert counts(run(api, brought(api, "list.csv", a_thousand_rows()), drain)) == (970, 0, 20, 10)


def dana(city: str = "", title: str = "", note: str = "") -> bytes:
    return csv_of(
        ["Name", "Phone", "City", "Position", "Product"], ["Dana Levi", "0521234567", city, title, note]
    )


def test_duplicates_update_only_what_is_empty_unless_a_column_says_otherwise(
    mona: Actor, rita: Actor, drain: Drain
) -> None:
    api = Api(mona)
    run(api, brought(api, "1.csv", dana(city="Haifa", note="Boat")), drain)
    fill = brought(api, "2.csv", dana(city="Eilat", title="Captain", note="Ship"), duplicates="update")
    assert counts(run(api, fill, drain)) == (0, 1, 0, 0)
    lead = Lead.objects.select_related("contact").get()
    assert (lead.contact.city, lead.contact.title, lead.interest) == ("Haifa", "Captain", "Boat")

    over = brought(api, "3.csv", dana(city="Eilat", note="Ship"), duplicates="update")
    mapped(api, over, *[place["to"] for place in over["mapping"]], mode="overwrite")
    run(api, over, drain)
    lead = Lead.objects.select_related("contact").get()
    assert (lead.contact.city, lead.contact.title, lead.interest) == ("Eilat", "Captain", "Ship")

    assert undone(api, over, drain)["restored"] == 1
    assert undone(api, fill, drain)["restored"] == 1
    lead = Lead.objects.select_related("contact").get()
    assert (lead.contact.city, lead.contact.title, lead.interest) == ("Haifa", "", "Boat")


def test_duplicates_can_become_leads_of_their_own(mona: Actor, rita: Actor, drain: Drain) -> None:
    api = Api(mona)
    run(api, brought(api, "1.csv", dana()), drain)
    assert counts(run(api, brought(api, "2.csv", dana(), duplicates="create"), drain)) == (1, 0, 0, 0)
    assert Lead.objects.filter(status="open").count() == 2
    assert Contact.objects.count() == 2


@pytest.mark.usefixtures("held")
def test_what_somebody_touched_since_survives_the_undo_and_is_listed(
    mona: Actor, rita: Actor, drain: Drain
) -> None:
    api = Api(mona)
    draft = brought(api, "list.csv", csv_of(HEAD[:2], *[[f"P {n}", f"p{n}@example.org"] for n in range(3)]))
    run(api, draft, drain)
    clock.move(timedelta(hours=1))
    touched, noted, _ = Lead.objects.order_by("name")
    Api(rita).patch(f"/leads/{touched.id}", {"next_step": "Call"})
    Api(rita).post(f"/leads/{noted.id}/notes", {"text": "Nice person"})

    said = undone(api, draft, drain)

    assert (said["removed"], said["kept"]) == (1, 2)
    assert {one["name"] for one in said["records"]} == {"P 0", "P 1"}
    assert set(Lead.objects.filter(deleted_at=None).values_list("name", flat=True)) == {"P 0", "P 1"}


@pytest.mark.usefixtures("held")
def test_after_thirty_days_there_is_no_way_back(mona: Actor, rita: Actor, drain: Drain) -> None:
    api = Api(mona)
    draft = brought(api, "list.csv", dana())
    run(api, draft, drain)
    clock.move(timedelta(days=31))
    assert api.post(f"/imports/{draft['id']}/undos").status_code == 409
    assert Lead.objects.filter(deleted_at=None).count() == 1


def test_dates_that_can_be_read_in_two_ways_are_asked_about(mona: Actor, rita: Actor, drain: Drain) -> None:
    api = Api(mona)
    draft = brought(api, "list.csv", csv_of(["Name", "Date"], ["Dana", "03/04/2025"]))
    assert api.get(f"/imports/{draft['id']}/preview").json()["undecided"] == ["Date"]
    refused = api.post(f"/imports/{draft['id']}/runs")
    assert (refused.status_code, refused.json()["code"]) == (422, "date_order_unknown")

    mapped(api, draft, "contact.name", "inbound_at", dates="dmy")
    run(api, draft, drain)

    assert f"{Lead.objects.get().inbound_at:%Y-%m-%d %H:%M}" == "2025-04-02 21:00"
    again = brought(api, "list.csv", csv_of(["Name", "Date"], ["Omer", "05/06/2025"]))
    assert again["mapping"][1]["dates"] == "dmy"


def test_a_list_of_deals_keeps_its_stages_values_and_owners(mona: Actor, rita: Actor, drain: Drain) -> None:
    set_up_pipeline(mona)
    api = Api(mona)
    head = ["opportunity", "sales agent", "account", "deal stage", "close value"]
    rows = [["D1", "Rita", "Acme Ltd", "Closed won", "1,055"], ["D2", "Nobody", "Beta Ltd", "Engaging", ""]]
    assert counts(run(api, brought(api, "deals.csv", csv_of(head, *rows)), drain)) == (2, 0, 0, 0)
    won, other = Lead.objects.select_related("company", "stage").order_by("name")
    assert (won.status, won.stage.kind, won.value_minor, won.owner_id) == (
        "won",
        "won",
        105500,
        rita.member_id,
    )
    assert won.company is not None
    assert won.company.name == "Acme Ltd"
    assert other.status == "open"
    assert other.extra == {"Owner": "Nobody", "Stage": "Engaging"}


def test_automations_start_only_when_they_are_wanted(mona: Actor, rita: Actor, drain: Drain) -> None:
    api = Api(mona)
    run(api, brought(api, "list.csv", csv_of(["Name", "Phone"], ["Dana", "0521234567"]), quiet=False), drain)
    assert SlaClock.objects.count() == 1
    assert Notice.objects.filter(member_id=rita.member_id).count() == 1


def test_an_import_that_was_killed_goes_on_and_takes_no_row_twice(
    mona: Actor, rita: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(mona)
    monkeypatch.setattr(running, "PIECE", 10)
    draft = brought(api, "list.csv", csv_of(HEAD[:2], *[[f"P {n}", f"p{n}@example.org"] for n in range(35)]))
    api.post(f"/imports/{draft['id']}/runs")
    whole, taken = running._take, []

    def dies_in_the_third(*args: Any) -> None:
        whole(*args)
        taken.append(1)
        if len(taken) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(running, "_take", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        running.take(workspace_id=str(mona.workspace_id), import_id=draft["id"])
    assert Import.objects.get().position == 20
    monkeypatch.setattr(running, "_take", whole)
    drain()
    assert counts(api.get(f"/imports/{draft['id']}").json()) == (35, 0, 0, 0)
    assert (Lead.objects.count(), ImportedRow.objects.count()) == (35, 35)


def test_an_import_can_be_stopped_and_keeps_what_is_done(
    mona: Actor, rita: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(mona)
    monkeypatch.setattr(running, "PIECE", 10)
    monkeypatch.setattr(running, "_TURN", 1)
    draft = brought(api, "list.csv", csv_of(HEAD[:2], *[[f"P {n}", f"p{n}@example.org"] for n in range(35)]))
    api.post(f"/imports/{draft['id']}/runs")
    running.take(workspace_id=str(mona.workspace_id), import_id=draft["id"])
    assert api.post(f"/imports/{draft['id']}/cancellations").status_code == 200
    drain()
    after = api.get(f"/imports/{draft['id']}").json()
    assert (after["state"], counts(after), after["can_undo"]) == ("cancelled", (10, 0, 0, 0), True)
    assert undone(api, draft, drain)["removed"] == 10


def test_a_piece_takes_a_fixed_number_of_statements(
    mona: Actor, rita: Actor, drain: Drain, statements: Callable[[], Any]
) -> None:
    api, needed = Api(mona), []
    for start, size in ((0, 20), (100, 200)):
        rows = [[f"P {n}", f"p{n}@example.org"] for n in range(start, start + size)]
        draft = brought(api, "list.csv", csv_of(HEAD[:2], *rows))
        api.post(f"/imports/{draft['id']}/runs")
        with statements() as seen:
            running.take(workspace_id=str(mona.workspace_id), import_id=draft["id"])
        needed.append(len(seen))
        drain()
    assert needed[1] <= needed[0] + 2


def test_a_row_that_spoils_its_piece_is_set_aside_alone(
    mona: Actor, rita: Actor, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = targets["lead"].take

    def poisoned(actor: Actor, rows: Sequence[Given], terms: Terms) -> list[Done]:
        if any(row.values["contact.name"] == "P 3" for row in rows):
            raise RuntimeError("poison")
        return honest(actor, rows, terms)

    monkeypatch.setattr(targets["lead"], "take", poisoned)
    draft = brought(
        Api(mona), "l.csv", csv_of(HEAD[:2], *[[f"P {n}", f"p{n}@example.org"] for n in range(8)])
    )
    assert counts(run(Api(mona), draft, drain)) == (7, 0, 0, 1)


def test_who_may_only_sell_cannot_import_and_strange_files_are_refused(mona: Actor, rita: Actor) -> None:
    assert Api(rita).upload("/imports", "list.csv", dana()).status_code == 403
    refused = Api(mona).upload("/imports", "list.csv", b"%PDF-1.7 and so on")
    assert (refused.status_code, refused.json()["code"]) == (422, "file_unreadable")
    assert "PDF" in refused.json()["detail"]
    assert Import.objects.count() == 0
