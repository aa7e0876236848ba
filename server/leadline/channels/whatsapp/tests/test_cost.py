"""What a delivery costs: as many statements for a hundred messages as for two."""

from __future__ import annotations

from typing import Any

from leadline.capture.actions import take_in
from leadline.capture.models import Submission
from leadline.capture.ports import Taken
from leadline.channels.whatsapp.adapter import WhatsappAdapter
from leadline.channels.whatsapp.tests.conftest import Drain, Provider
from leadline.conversations.models import Message
from leadline.workspaces.actor import Actor


def _batch(first: int, count: int) -> dict[str, Any]:
    numbers = [f"97250{n:07}" for n in range(first, first + count)]
    return {
        "contacts": [{"wa_id": n, "profile": {"name": f"Person {n}"}} for n in numbers],
        "messages": [
            {"id": f"wamid.{n}", "from": n, "timestamp": "1767780000", "type": "text", "text": {"body": "Hi"}}
            for n in numbers
        ],
    }


def _statements_for(meta: Provider, statements: Any, first: int, count: int) -> tuple[int, int, int]:
    with statements() as stored:
        assert meta.value(**_batch(first, count)).status_code == 200
    rows = list(Submission.objects.filter(state="received").select_related("connection").order_by("id"))
    assert len(rows) == count
    actor, adapter = Actor.product(meta.connection.workspace_id), WhatsappAdapter()
    inquiries = [adapter.understand(row).inquiries[0] for row in rows]
    taken: list[Taken] = take_in(actor, inquiries)
    with statements() as settled:
        adapter.settle_all(actor, [(row, [one]) for row, one in zip(rows, taken, strict=True)])
    Submission.objects.update(state="understood")
    return len(stored), len(settled), Message.objects.count()


def test_a_batch_costs_a_fixed_number_of_statements(meta: Provider, statements: Any, drain: Drain) -> None:
    stored_few, settled_few, _ = _statements_for(meta, statements, 0, 2)
    drain()
    stored_many, settled_many, messages = _statements_for(meta, statements, 100, 100)

    assert messages == 102
    # The door notes once a minute that something came.
    assert stored_many <= stored_few <= 16
    assert settled_many == settled_few <= 40
