"""P-07: many leads are changed together: seen while it happens, told once, and taken back by one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from leadline.engines.bulk import rules
from leadline.engines.bulk.actions import running
from leadline.engines.bulk.models import BulkRow
from leadline.engines.notices.models import Notice
from leadline.kit import clock
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead, LossReason, Stage
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import AuditEntry
from stories.company import Drain, ok

pytestmark = pytest.mark.django_db


@pytest.fixture
def mona_api(mona: Actor, rita: Actor) -> Api:
    """The manager of a company with stages and a rep."""
    set_up_pipeline(mona)
    return Api(mona)


def leads(api: Api, number: int, **values: Any) -> list[Lead]:
    """So many leads of different people."""
    rows = [{"name": f"Lead {n:02}", "email": f"l{n}@acme.example", **values} for n in range(number)]
    ok(api.post("/leads/batch", {"leads": rows}))
    return list(Lead.objects.order_by("name"))


def edit(api: Api, action: str, values: dict[str, Any], drain: Drain, **more: Any) -> dict[str, Any]:
    """The bulk edit after it ran; without `record_ids` it is about all that the list shows."""
    asked = {"listed": {}, **more} if "record_ids" not in more else more
    made = ok(api.post("/bulk-edits", {"action": action, "values": values, **asked}))
    assert made["state"] == "running"
    drain()
    after: dict[str, Any] = ok(api.get(f"/bulk-edits/{made['id']}"))
    assert after["changed"] + after["same"] + after["refused"] == after["total"]
    return after


def undone(api: Api, made: dict[str, Any], drain: Drain) -> dict[str, Any]:
    """The bulk edit after it was taken back."""
    ok(api.post(f"/bulk-edits/{made['id']}/undos"))
    drain()
    after: dict[str, Any] = ok(api.get(f"/bulk-edits/{made['id']}"))
    assert after["state"] == "undone"
    return after


def test_a_list_gets_another_owner_and_gets_its_own_ones_back(
    mona_api: Api, rita: Actor, omer: Actor, drain: Drain
) -> None:
    before = {lead.id: lead.owner_id for lead in leads(mona_api, 30)}
    drain()
    Notice.objects.all().delete()

    made = edit(mona_api, "assign", {"owner_id": str(omer.member_id)}, drain)

    changed = [lead_id for lead_id, owner_id in before.items() if owner_id != omer.member_id]
    assert (made["total"], made["changed"], made["what"]) == (30, len(changed), "Given to Omer")
    assert set(Lead.objects.values_list("owner_id", flat=True)) == {omer.member_id}
    entries = AuditEntry.objects.filter(action="assigned", object_id__in=changed, actor_name="Mona")
    assert entries.count() == len(changed)
    told: dict[Any, str] = {notice.member_id: notice.title for notice in Notice.objects.all()}
    assert told[omer.member_id] == f"{len(changed)} leads are yours now"
    assert len(told) == Notice.objects.count() == 2

    taken = Lead.objects.get(id=changed[0])
    ok(mona_api.patch(f"/leads/{taken.id}", {"owner_id": str(who_started(made))}))
    after = undone(mona_api, made, drain)

    assert (after["undone"], after["kept"]) == (len(changed) - 1, 1)
    assert after["left_alone"] == [
        {"id": str(taken.id), "outcome": "kept", "reason": "Somebody has changed it since."}
    ]
    for lead in Lead.objects.exclude(id=taken.id):
        assert lead.owner_id == before[lead.id]


def who_started(made: dict[str, Any]) -> Any:
    """The member who started it."""
    return AuditEntry.objects.get(action="bulk_edit.started", object_id=made["id"]).member_id


def test_what_a_list_shows_is_chosen_once_and_every_field_comes_back(mona_api: Api, drain: Drain) -> None:
    field = {"object": "lead", "key": "roof", "type": "number", "label": "Roof"}
    leads(mona_api, 4, source="referral")
    leads_elsewhere = ok(mona_api.post("/leads", {"name": "Other", "phone": "0521234567", "source": "event"}))
    owner = Actor.product(Lead.objects.all()[0].workspace_id)
    from leadline.engines.schema import actions as schema

    schema.create_field(
        owner, object_key="lead", key="roof", label=field["label"], type=schema.FieldType.NUMBER
    )
    first = Lead.objects.order_by("name")[0]
    ok(mona_api.patch(f"/leads/{first.id}", {"custom": {"roof": 7}, "campaign": "Spring"}))
    listed = {"filter": {"field": "source", "op": "eq", "value": "referral"}}
    values = {"source": "partner", "campaign": "Spring", "custom": {"roof": 120}}

    made = edit(mona_api, "set", values, drain, listed=listed)

    assert (made["total"], made["changed"], made["what"]) == (4, 4, "Set: Source, Campaign, Roof")
    assert (
        list(Lead.objects.filter(source="partner", custom={"roof": 120}).values_list("campaign"))
        == [("Spring",)] * 4
    )
    assert Lead.objects.get(id=leads_elsewhere["id"]).source == "event"
    assert edit(mona_api, "set", values, drain)["same"] == 4

    undone(mona_api, made, drain)
    first.refresh_from_db()
    assert (first.source, first.campaign, first.custom) == ("referral", "Spring", {"roof": 7})
    rest = Lead.objects.filter(source="referral", campaign="", custom={})
    assert rest.count() == 3


def test_tags_of_others_survive_both_ways(mona_api: Api, drain: Drain) -> None:
    one, two = leads(mona_api, 2)
    ok(mona_api.patch(f"/leads/{one.id}", {"tags": ["vip", "old"]}))
    made = edit(mona_api, "tag", {"add": ["fair"], "remove": ["old"]}, drain)
    ok(mona_api.patch(f"/leads/{two.id}", {"tags": ["fair", "later"]}))
    one.refresh_from_db()
    assert one.tags == ["vip", "fair"]

    assert undone(mona_api, made, drain)["kept"] == 0

    one.refresh_from_db()
    two.refresh_from_db()
    assert (set(one.tags), two.tags) == ({"vip", "old"}, ["later"])


def test_leads_are_closed_together_with_a_reason_and_opened_again(mona_api: Api, drain: Drain) -> None:
    one, two, other = leads(mona_api, 3)
    reason = LossReason.objects.order_by("position")[0]
    lost = Stage.objects.get(kind="lost")
    ids = [str(one.id), str(two.id)]
    refused = mona_api.post(
        "/bulk-edits", {"action": "move", "values": {"stage_id": str(lost.id)}, "record_ids": ids}
    )
    assert refused.status_code == 422

    values = {"stage_id": str(lost.id), "lost": {"reason_id": str(reason.id), "note": "Too late"}}
    made = edit(mona_api, "move", values, drain, record_ids=ids)
    closed = Lead.objects.filter(status="lost", loss_reason=reason, loss_note="Too late")
    assert set(closed.values_list("id", flat=True)) == {one.id, two.id}

    # Whoever asked again has a new open lead: the old one cannot be opened beside it.
    ok(mona_api.post("/leads", {"name": "Again", "email": "l0@acme.example"}))
    after = undone(mona_api, made, drain)

    assert (after["undone"], after["kept"]) == (1, 1)
    assert "another open lead" in after["left_alone"][0]["reason"]
    two.refresh_from_db()
    assert (two.status, two.stage_id, two.loss_reason_id) == ("open", other.stage_id, None)


def test_leads_are_put_into_the_trash_and_taken_out(mona_api: Api, rita: Actor, drain: Drain) -> None:
    leads(mona_api, 3)
    assert Api(rita).post("/bulk-edits", {"action": "delete", "listed": {}}).status_code == 403
    made = edit(mona_api, "delete", {}, drain)
    assert (made["changed"], Lead.objects.filter(deleted_at=None).count()) == (3, 0)
    undone(mona_api, made, drain)
    assert Lead.objects.filter(deleted_at=None).count() == 3


def test_a_stopped_edit_keeps_what_is_done_and_a_killed_one_goes_on(
    mona_api: Api, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PIECE", 5)
    monkeypatch.setattr(rules, "TURN", 1)
    leads(mona_api, 12)
    asked = {"action": "set", "values": {"campaign": "Fair"}, "listed": {}}
    made = ok(mona_api.post("/bulk-edits", asked))
    who = {"workspace_id": str(Lead.objects.all()[0].workspace_id), "edit_id": made["id"]}
    # A worker that dies after its first piece leaves the next one to whoever comes.
    running.change(**who)
    assert ok(mona_api.get(f"/bulk-edits/{made['id']}"))["changed"] == 5
    ok(mona_api.post(f"/bulk-edits/{made['id']}/cancellations"))
    drain()
    after = ok(mona_api.get(f"/bulk-edits/{made['id']}"))
    assert (after["state"], after["changed"], after["can_undo"]) == ("cancelled", 5, True)
    assert Lead.objects.filter(campaign="Fair").count() == 5

    again = ok(mona_api.post("/bulk-edits", asked))
    running.change(workspace_id=who["workspace_id"], edit_id=again["id"])
    drain()
    after = ok(mona_api.get(f"/bulk-edits/{again['id']}"))
    assert (after["state"], after["changed"], after["same"]) == ("done", 7, 5)
    assert undone(mona_api, after, drain)["undone"] == 7
    assert Lead.objects.filter(campaign="Fair").count() == 5


@pytest.mark.usefixtures("held")
def test_after_thirty_days_there_is_no_way_back(mona_api: Api, drain: Drain) -> None:
    from leadline.engines.bulk.actions import forget_old

    leads(mona_api, 1)
    made = edit(mona_api, "tag", {"add": ["fair"]}, drain)
    clock.move(timedelta(days=31))
    assert mona_api.post(f"/bulk-edits/{made['id']}/undos").status_code == 409
    assert (forget_old(), BulkRow.objects.count()) == (1, 0)


def test_nobody_changes_what_they_do_not_see(
    mona_api: Api, rita: Actor, sam: Actor, stranger: Actor, drain: Drain
) -> None:
    mine, other = leads(mona_api, 2)
    Lead.objects.filter(id=mine.id).update(owner=sam.member_id, team=None)
    Lead.objects.filter(id=other.id).update(owner=rita.member_id, team=None)
    ids = [str(mine.id), str(other.id)]
    made = edit(Api(sam), "tag", {"add": ["mine"]}, drain, record_ids=ids)
    assert (made["total"], made["changed"]) == (1, 1)
    assert list(Lead.objects.filter(tags=["mine"])) == [mine]
    assert Api(rita).get(f"/bulk-edits/{made['id']}").status_code == 404
    assert Api(rita).get("/bulk-edits").json()["items"] == []
    assert mona_api.get("/bulk-edits").json()["items"][0]["id"] == made["id"]
    foreign = Api(stranger).post(
        "/bulk-edits", {"action": "tag", "values": {"add": ["theirs"]}, "record_ids": ids}
    )
    assert foreign.json()["total"] == 0


def test_a_piece_takes_a_fixed_number_of_statements(
    mona_api: Api, omer: Actor, drain: Drain, statements: Callable[[], Any]
) -> None:
    needed: dict[str, list[int]] = {"assign": [], "set": []}
    for number in (10, 40):
        leads(mona_api, number)
        drain()
        for action, values in (("set", {"campaign": f"C{number}"}), ("assign", {"owner_id": None})):
            made = ok(mona_api.post("/bulk-edits", {"action": action, "values": values, "listed": {}}))
            who = {"workspace_id": str(omer.workspace_id), "edit_id": made["id"]}
            with statements() as seen:
                running.change(**who)
            needed[action].append(len(seen))
            drain()
    for fewer, more in needed.values():
        assert more <= fewer + 2
