"""Understand stored WhatsApp deliveries: who wrote becomes a person, what they wrote an inquiry."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture import ports as capture
from leadline.capture.models import Submission
from leadline.channels.whatsapp import inbound, settling
from leadline.channels.whatsapp.contents import (
    AccountTrouble,
    Item,
    Other,
    Preference,
    Sender,
    StatusChange,
    TemplateNews,
    Written,
)
from leadline.channels.whatsapp.wishes import Wish, wish_in
from leadline.contacts.ports import IdentityIn, Person
from leadline.contacts.rules import IdentityKind
from leadline.kit import phone
from leadline.kit.language_of_text import detect_language
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor

KEY = "whatsapp"
# Nobody asks for an offer with a thumb or a change of number.
_NO_INQUIRY = frozenset({"reaction", "system"})
_NOBODY = word(
    "The message names neither a phone number nor a user id, so nobody can be recognised or answered. "
    "Look at the raw delivery."
)
_SAMPLE = word("The sample that Meta's dashboard sends to test the connection.")


class WhatsappAdapter:
    """Capture's view of WhatsApp."""

    channel = KEY

    def understand(self, submission: Submission) -> capture.Understood:
        """What the delivery's one item says."""
        items = inbound.read(bytes(submission.body))
        if len(items) != 1:
            raise capture.NotUnderstood(
                say("The delivery holds {count} items instead of one.", count=len(items))
            )
        [item] = items
        if item.dashboard_test:
            return capture.Understood(note=_SAMPLE)
        return _understood(submission, item)

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[capture.Taken]) -> None:
        """File one delivery."""
        self.settle_all(actor, [(submission, taken)])

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[capture.Taken]]]) -> None:
        """File messages, statuses and news of a batch with a fixed number of statements."""
        read = [(submission, inbound.read(bytes(submission.body))[0], taken) for submission, taken in settled]
        settling.settle(actor, [one for one in read if not one[1].dashboard_test])


def _understood(submission: Submission, item: Item) -> capture.Understood:
    content = item.content
    if isinstance(content, Written):
        return capture.Understood(inquiries=[inquiry_of(submission, item.natural_key, content)])
    if isinstance(content, Preference) and content.sender.known:
        return capture.Understood(
            inquiries=[
                capture.Inquiry(
                    natural_key=item.natural_key,
                    channel=KEY,
                    source=KEY,
                    at=content.at or submission.received_at,
                    person=person_of(content.sender),
                    opens_lead=False,
                    connection_id=submission.connection_id,
                )
            ]
        )
    if isinstance(content, StatusChange | TemplateNews | AccountTrouble):
        return capture.Understood()
    about = content.about if isinstance(content, Other) else say("preferences without a person")
    return capture.Understood(
        note=say("Leadline keeps but does not use notifications about “{about}”.", about=about)
    )


def inquiry_of(submission: Submission, natural_key: str, written: Written) -> capture.Inquiry:
    """A message as an inquiry; NotUnderstood when it names nobody."""
    if not written.sender.known:
        raise capture.NotUnderstood(_NOBODY)
    referral = written.referral
    extra = {"whatsapp_username": written.sender.username} if written.sender.username else {}
    return capture.Inquiry(
        natural_key=natural_key,
        channel=KEY,
        source=KEY,
        at=written.at or submission.received_at,
        person=person_of(written.sender, written),
        text=written.text,
        campaign=str(referral.get("headline") or referral.get("source_id") or "")[:200],
        utm=_utm(written),
        extra={**extra, **({"referral": referral} if referral else {})},
        opens_lead=written.kind not in _NO_INQUIRY and wish_in(written) is not Wish.STOP,
        message_follows=True,
        connection_id=submission.connection_id,
    )


def person_of(sender: Sender, written: Written | None = None) -> Person:
    """The person as WhatsApp knows them; a phone number is not required."""
    number = sender.wa_id if phone.canonical(sender.wa_id) else ""
    region = phone.region_of(number) if number else sender.user_id.partition(".")[0][:2]
    language = (detect_language(written.text) or "") if written and written.kind == "text" else ""
    return Person(
        name=sender.name or (f"@{sender.username}" if sender.username else ""),
        identities=tuple(_identities(sender, written)),
        country=(region or "").upper(),
        language=language,
        language_by="text" if language else "",
    )


def _identities(sender: Sender, written: Written | None) -> list[IdentityIn]:
    found = []
    if sender.user_id:
        found.append(IdentityIn(IdentityKind.WHATSAPP_USER, sender.user_id))
    if sender.wa_id:
        found.append(IdentityIn(IdentityKind.WHATSAPP, sender.wa_id))
    if written is None:
        return found
    changed = written.details.get("system")
    if isinstance(changed, dict):
        new = str(changed.get("new_wa_id") or changed.get("wa_id") or "")
        if new and new != sender.wa_id:
            found.append(IdentityIn(IdentityKind.WHATSAPP, new))
        if changed.get("user_id"):
            found.append(IdentityIn(IdentityKind.WHATSAPP_USER, str(changed["user_id"])))
    # The answer to "may we have your phone number" is a reply with the person's own card.
    cards = written.cards
    if not sender.wa_id and written.reply_to and len(cards) == 1 and cards[0].phones:
        found.append(IdentityIn(IdentityKind.PHONE, cards[0].phones[0]))
    return found


def _utm(written: Written) -> dict[str, str]:
    referral = written.referral
    if not referral:
        return {}
    page = str(referral.get("source_url") or "")
    ad = referral.get("source_type") == "ad"
    found = {
        "utm_source": "instagram" if "instagram." in page else "facebook",
        "utm_medium": "click_to_whatsapp" if ad else "post",
        "utm_content": str(referral.get("source_id") or ""),
        "ctwa_clid": str(referral.get("ctwa_clid") or ""),
        "source_url": page,
    }
    return {key: value[:500] for key, value in found.items() if value}
