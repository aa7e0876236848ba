"""File what understood deliveries contain, in the transaction that makes people and leads."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture import actions as capture_actions
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Taken
from leadline.channels.whatsapp import approved, consequences, troubles
from leadline.channels.whatsapp.contents import (
    AccountTrouble,
    Item,
    Media,
    Preference,
    StatusChange,
    TemplateNews,
    Written,
)
from leadline.channels.whatsapp.wishes import Wish, wish_in
from leadline.conversations import actions as conversations
from leadline.conversations.models import Message
from leadline.conversations.ports import InboundMessage, MediaIn, StatusIn
from leadline.conversations.rules import State
from leadline.kit import clock
from leadline.workspaces.actor import Actor

KEY = "whatsapp"
Settled = tuple[Submission, Item, Sequence[Taken]]


def settle(actor: Actor, settled: Sequence[Settled]) -> None:
    """Messages in one go, statuses in one go; the rest is rare and goes one by one."""
    conversations.receive(
        actor,
        [
            _message(submission, item.content, taken[0])
            for submission, item, taken in settled
            if isinstance(item.content, Written) and taken
        ],
    )
    changes = [(s, item.content) for s, item, _ in settled if isinstance(item.content, StatusChange)]
    changed = conversations.apply_statuses(actor, [_status(change) for _, change in changes])
    doors = {change.provider_id: submission.connection for submission, change in changes}
    for message in changed:
        door = doors.get(message.provider_id or "")
        if message.state == State.FAILED and door is not None:
            _failed(actor, door, message)
    for submission, item, taken in settled:
        _settle_rest(actor, submission, item, taken)


def _message(submission: Submission, written: Written, taken: Taken) -> InboundMessage:
    details = dict(written.details)
    if written.referral:
        details["referral"] = written.referral
    return InboundMessage(
        contact_id=taken.contact.id,
        lead_id=taken.lead.id if taken.lead else None,
        channel=KEY,
        account_id=submission.connection_id,
        provider_id=written.id or submission.natural_key,
        address=written.sender.wa_id or written.sender.user_id,
        at=taken.inquiry.at,
        kind=written.kind,
        body=written.text or _words_for(written),
        reply_to=written.reply_to,
        media=[_media(media) for media in written.media],
        details=details,
        # A notice about a number is not a message of the person.
        opens_window=written.kind != "system",
    )


def _words_for(written: Written) -> str:
    if written.kind == "unsupported":
        return "(A kind of message that WhatsApp does not pass on. Ask to send it again as text.)"
    if written.kind == "reaction":
        return "(Took the reaction back)"
    return ""


def _media(media: Media) -> MediaIn:
    return MediaIn(reference=media.id, mime=media.mime, sha256=media.sha256, name=media.name, url=media.url)


def _status(change: StatusChange) -> StatusIn:
    trouble = change.trouble
    return StatusIn(
        channel=KEY,
        status=change.status,
        provider_id=change.provider_id,
        our_ref=change.our_ref,
        at=change.at,
        error_code=str(trouble.code) if trouble else "",
        error_text=troubles.remedy(trouble.code).text if trouble else "",
    )


def _settle_rest(actor: Actor, submission: Submission, item: Item, taken: Sequence[Taken]) -> None:
    content = item.content
    if isinstance(content, Written) and taken:
        wish = wish_in(content)
        if wish is not None:
            _wish(actor, KEY, wish is Wish.RESUME, taken[0], f"wrote “{content.text[:40]}” by WhatsApp")
    elif isinstance(content, Preference) and taken:
        _wish(actor, f"{KEY}_marketing", not content.stopped, taken[0], "chose it in WhatsApp")
    elif isinstance(content, TemplateNews):
        _template(submission, content)
    elif isinstance(content, AccountTrouble) and submission.connection:
        _account(submission, content)


def _failed(actor: Actor, door: Connection, message: Message) -> None:
    remedy = troubles.remedy(int(message.error_code or 0), 200)
    template = (message.template_name, message.template.language) if message.template else None
    consequences.draw(door, remedy, template)
    if remedy.action is troubles.Action.OPTED_OUT:
        conversations.note_wish(
            actor,
            message.contact,
            f"{KEY}_marketing",
            allowed=False,
            source="WhatsApp refused a marketing message",
            at=clock.now(),
            lead_id=message.lead_id,
        )


def _wish(actor: Actor, topic: str, allowed: bool, taken: Taken, source: str) -> None:
    conversations.note_wish(
        actor,
        taken.contact,
        topic,
        allowed=allowed,
        source=source,
        at=taken.inquiry.at or clock.now(),
        lead_id=taken.lead.id if taken.lead else None,
    )


def _template(submission: Submission, news: TemplateNews) -> None:
    state = approved.state_of(news.state)
    conversations.change_template_state(
        KEY,
        submission.connection_id,
        news.name,
        news.language,
        state=state.value if state else None,
        category=news.category,
        reason=news.reason,
    )


def _account(submission: Submission, content: AccountTrouble) -> None:
    assert submission.connection is not None
    for trouble in content.troubles:
        remedy = troubles.remedy(trouble.code)
        capture_actions.note_error(submission.connection, remedy.text)
        consequences.draw(submission.connection, remedy)
