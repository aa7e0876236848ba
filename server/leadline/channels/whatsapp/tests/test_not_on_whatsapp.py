"""A number that WhatsApp cannot reach is not tried again until there is a reason to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leadline.capture.models import Connection
from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.tests.conftest import Drain, Provider
from leadline.conversations import actions
from leadline.conversations.actions import Draft
from leadline.conversations.models import Message, Thread
from leadline.kit import clock
from leadline.kit.errors import Conflict
from leadline.leads.models import Lead
from leadline.testing import Api
from leadline.workspaces.actor import Actor

HI = Draft(channel="whatsapp", body="Hi Dana")
LOST = "WhatsApp cannot reach anybody at 972501234567. Call, use another channel, or correct the number."


@pytest.fixture
def lead(dana: SandboxPerson, drain: Drain) -> Lead:
    """Dana's lead: she has just written."""
    people.write_text(dana, "Hello")
    drain()
    return Lead.objects.get()


@pytest.fixture
def way(lead: Lead, ola: Actor, api: Callable[[Actor], Api]) -> Callable[[], dict[str, Any]]:
    """How the lead's page shows the way by WhatsApp."""

    def shown() -> dict[str, Any]:
        ways = api(ola).get(f"/leads/{lead.id}/channels").json()
        return next(one for one in ways if one["channel"] == "whatsapp")

    return shown


def status(connection: Connection, message: Message, word: str, code: int = 0) -> None:
    """The provider says what became of the message."""
    said: dict[str, Any] = {
        "id": message.provider_id,
        "status": word,
        "timestamp": str(int(clock.now().timestamp())),
    }
    if code:
        said["errors"] = [{"code": code, "title": "Undeliverable"}]
    Provider(connection).value(statuses=[said])


def test_a_refused_number_is_shown_as_unusable_and_not_tried_again(
    lead: Lead, ola: Actor, drain: Drain, way: Callable[[], dict[str, Any]]
) -> None:
    before = way()
    assert (before["can_free_text"], before["reason"]) == (True, "")
    SandboxNumber.objects.update(fault="not_on_whatsapp")

    actions.send(ola, lead.id, HI)
    drain()

    assert Message.objects.get(direction="out").state == "failed"
    assert way() == {**before, "can_free_text": False, "reason": LOST, "templates": []}
    with pytest.raises(Conflict) as refused:
        actions.send(ola, lead.id, HI)
    assert (refused.value.code, refused.value.detail) == ("unreachable", LOST)
    assert Message.objects.filter(direction="out").count() == 1


def test_a_failure_that_is_told_later_counts_too_and_a_message_of_the_person_ends_it(
    lead: Lead, dana: SandboxPerson, connection: Connection, ola: Actor, drain: Drain, way: Callable[[], Any]
) -> None:
    message = actions.send(ola, lead.id, HI)
    Message.objects.filter(id=message.id).update(provider_id="wamid.ours", state="sent")
    message.refresh_from_db()
    status(connection, message, "failed", 131026)
    drain()
    assert way()["reason"] == LOST

    people.write_text(dana, "I am here")
    drain()
    assert (way()["can_free_text"], way()["reason"]) == (True, "")


def test_what_arrives_after_another_try_ends_it(
    lead: Lead, ola: Actor, drain: Drain, way: Callable[[], Any]
) -> None:
    SandboxNumber.objects.update(fault="not_on_whatsapp")
    message = actions.send(ola, lead.id, HI)
    drain()
    assert way()["reason"] == LOST
    SandboxNumber.objects.update(fault="")

    actions.retry(ola, message.id)
    drain()

    assert Message.objects.get(id=message.id).state == "delivered"
    assert way()["reason"] == ""


def test_another_address_is_another_chance(lead: Lead, way: Callable[[], Any]) -> None:
    Thread.objects.update(unreachable_address="972500000000")
    assert way()["reason"] == ""


@pytest.mark.parametrize("code", [131049, 130472, 131047])
def test_other_errors_say_nothing_about_the_number(
    lead: Lead, connection: Connection, ola: Actor, drain: Drain, way: Callable[[], Any], code: int
) -> None:
    message = actions.send(ola, lead.id, HI)
    Message.objects.filter(id=message.id).update(provider_id="wamid.ours", state="sent")
    message.refresh_from_db()
    status(connection, message, "failed", code)
    drain()
    assert way()["reason"] == ""
