"""SMS as a channel of conversations, and as a carrier of notices to members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leadline.channels.sms import gateway
from leadline.contacts.models import Identity
from leadline.contacts.rules import IdentityKind
from leadline.conversations import ports
from leadline.engines.notices.ports import DeliveryUncertain, Letter
from leadline.infra import tenancy
from leadline.kit import phone
from leadline.kit.errors import Conflict
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_LONGEST = 640


class SmsChannel:
    """Texts by a gateway; always free text, nothing comes back."""

    key = gateway.KEY
    label = "SMS"
    uses_templates = False
    unreachable_codes: frozenset[str] = frozenset()

    def address_of(self, identities: Sequence[Identity]) -> str:
        """The telephone number, or the number behind a WhatsApp id."""
        held = {identity.kind: identity.shown for identity in reversed(identities)}
        number = held.get(IdentityKind.PHONE) or held.get(IdentityKind.WHATSAPP) or ""
        return number if phone.canonical(number) else ""

    def account(self, account_id: UUID | None) -> ports.Account | None:
        """The gateway to send by."""
        connection = gateway.open_connection(account_id)
        if connection is None:
            return None
        off = "" if connection.enabled else word("SMS is switched off in Settings.")
        return ports.Account(id=connection.id, problem=off)

    def window_until(self, thread: ports.Heard) -> datetime | None:
        """No limit."""
        return None

    def can_send_free_text(self, thread: ports.Heard | None, now: datetime) -> tuple[bool, str]:
        """Always."""
        return True, ""

    def send(self, outgoing: ports.Outgoing) -> ports.Sent:
        """One call."""
        try:
            using = gateway.access(outgoing.workspace_id, outgoing.account_id)
            taken = gateway.send(outgoing.to, outgoing.body, outgoing.our_ref, using)
        except gateway.Refused as refusal:
            raise ports.SendRefused(
                refusal.code, refusal.text, retry_after=refusal.again, stops_account=refusal.stops
            ) from refusal
        except gateway.Uncertain as doubt:
            raise ports.SendUncertain(str(doubt)) from doubt
        return ports.Sent(provider_id=taken)

    def fetch(self, workspace_id: UUID, account_id: UUID | None, media: ports.MediaIn) -> ports.FetchedMedia:
        """Texts have no files."""
        raise ports.SendRefused("no_media", word("SMS has no files."))

    def show_read(self, workspace_id: UUID, account_id: UUID | None, provider_id: str) -> None:
        """Texts have no ticks."""


def carry(letter: Letter) -> None:
    """Bring a notice to a member's phone."""
    if not letter.phone.strip():
        raise Conflict(say("{name} has no phone number. Enter it under Members.", name=letter.name))
    with tenancy.workspace(letter.workspace_id):
        region = own_workspace(Actor.product(letter.workspace_id)).phone_region
    number = phone.parse(letter.phone, region).e164
    if number is None:
        raise Conflict(
            say("{name}'s phone number “{phone}” cannot be read.", name=letter.name, phone=letter.phone)
        )
    text = "\n".join(part for part in (letter.title, letter.text) if part)[:_LONGEST]
    try:
        using = gateway.access(letter.workspace_id, None)
        gateway.send(number, text, str(letter.delivery_id), using)
    except gateway.Refused as refusal:
        if refusal.again is None:
            raise Conflict(refusal.text) from refusal
        raise
    except gateway.Uncertain as doubt:
        raise DeliveryUncertain(str(doubt)) from doubt
