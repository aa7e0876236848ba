"""Deliveries that come several times at once, from many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from leadline.capture.models import Submission
from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox.starting import set_up_number
from leadline.channels.whatsapp.tests.conftest import Drain, Provider
from leadline.conversations import actions
from leadline.conversations.models import Message
from leadline.conversations.ports import StatusIn
from leadline.infra import tenancy
from leadline.kit import clock
from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.testing import people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

PEOPLE, TIMES, THREADS = 8, 5, 8


@pytest.fixture
def office(transactional_db: None) -> Workspace:
    """Acme, committed, with a pipeline."""
    return people.acme()


@pytest.fixture
def knocking(office: Workspace) -> Provider:
    """The provider at the door of a committed number."""
    with tenancy.workspace(office.id):
        boss = Actor.product(office.id)
        set_up_pipeline(boss)
        return Provider(set_up_number(boss))


def _body(person: int) -> dict[str, Any]:
    wa_id = f"97250000{person:04}"
    return {
        "contacts": [{"wa_id": wa_id, "profile": {"name": f"Person {person}"}}],
        "messages": [
            {
                "id": f"wamid.{person}",
                "from": wa_id,
                "timestamp": "1767780000",
                "type": "text",
                "text": {"body": "Hi"},
            }
        ],
    }


def _in_threads(calls: list[Any]) -> list[Any]:
    def one(call: Any) -> Any:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, calls))


def test_each_delivery_five_times_from_many_threads_has_one_effect(
    office: Workspace, knocking: Provider, drain: Drain
) -> None:
    def deliver(person: int) -> Any:
        return lambda: knocking.value(**_body(person)).status_code

    answers = _in_threads([deliver(n % PEOPLE) for n in range(PEOPLE * TIMES)])
    drain()

    assert set(answers) == {200}
    with tenancy.workspace(office.id):
        assert Submission.objects.count() == PEOPLE
        assert Lead.objects.count() == PEOPLE
        assert Message.objects.count() == PEOPLE
        assert set(Message.objects.values_list("provider_id", flat=True)) == {
            f"wamid.{n}" for n in range(PEOPLE)
        }


def test_one_message_is_handed_over_once_however_many_jobs_try(
    office: Workspace, knocking: Provider, drain: Drain, loopback: list[str]
) -> None:
    knocking.value(**_body(1))
    drain()
    boss = Actor.product(office.id)
    with tenancy.workspace(office.id):
        SandboxPerson.objects.create(
            number=SandboxNumber.objects.get(),
            name="Person 1",
            wa_id="972500000001",
            user_id="IL.1",
            last_wrote_at=clock.now(),
        )
        Message.objects.update(at=clock.now())
        thread = Message.objects.get().thread
        thread.last_inbound_at = clock.now()
        thread.save()
        lead = Lead.objects.get()
        message = actions.send(boss, lead.id, actions.Draft(channel="whatsapp", body="Yes"))
    call = {"workspace_id": str(office.id), "message_id": str(message.id)}
    _in_threads([lambda: actions.deliver(**call) for _ in range(TIMES)])
    drain()

    sends = [path for path in loopback if path.endswith("/messages")]
    assert len(sends) == 1
    with tenancy.workspace(office.id):
        message.refresh_from_db()
        assert message.state == "delivered"


def test_statuses_and_the_record_of_the_send_meet_in_any_order(
    office: Workspace, knocking: Provider, drain: Drain
) -> None:
    knocking.value(**_body(1))
    drain()
    boss = Actor.product(office.id)
    with tenancy.workspace(office.id):
        Message.objects.update(direction="out", state="sending")
        Message.objects.update(provider_id="wamid.out")

    def tell(status: str) -> Any:
        def one() -> None:
            with tenancy.workspace(office.id):
                actions.apply_statuses(
                    boss, [StatusIn(channel="whatsapp", status=status, provider_id="wamid.out")]
                )

        return one

    _in_threads([tell(status) for status in ("read", "sent", "delivered", "failed") * TIMES])
    with tenancy.workspace(office.id):
        assert Message.objects.get().state == "read"
