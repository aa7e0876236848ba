"""What the mail services bring and tell, read from their own bodies."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from leadline.channels.email.providers import provider_for
from leadline.channels.email.providers.delivery import Brought, Delivery, Happening, Told
from leadline.channels.email.reading import Mail, mail_of
from leadline.channels.email.tests.conftest import PAYLOADS

KINDS = {
    ".form": "application/x-www-form-urlencoded",
    ".json": "application/json",
    ".multipart": "multipart/form-data; boundary=xYzZY8e1f",
    ".eml": "message/rfc822",
}


def read(name: str) -> Brought | Sequence[Told]:
    provider = provider_for(name.split("/")[0])
    assert provider is not None
    path = PAYLOADS / name
    return provider.read(Delivery(path.read_bytes(), KINDS[path.suffix]))


def brought(name: str) -> tuple[Brought, Mail]:
    found = read(name)
    assert isinstance(found, Brought)
    return found, mail_of(found)


def told(name: str) -> list[tuple[Happening, bool]]:
    found = read(name)
    assert not isinstance(found, Brought)
    return [(one.what, one.machine) for one in found]


@pytest.mark.parametrize(
    ("name", "sender", "words"),
    [
        ("mailgun/inbound-1.form", "priya@bluewave.example", "Please call +91 98765 43210"),
        ("mailgun/inbound-2-attachment.multipart", "priya@bluewave.example", "Please call +91 98765 43210"),
        ("mailgun/inbound-3-raw-mime.form", "tom@client.example", "Looks good, please send the contract."),
        ("postmark/inbound-1.json", "priya@bluewave.example", "Please call +91 98765 43210"),
        ("sendgrid/inbound-1.multipart", "priya@bluewave.example", "Please call +91 98765 43210"),
        ("sendgrid/inbound-2-raw.multipart", "tom@client.example", "Looks good, please send the contract."),
        ("ses/inbound-1-utf8.json", "priya@bluewave.example", "Hello,"),
        ("ses/inbound-2-base64-spam.json", "j.weiss@firma.example", "Guten Tag,"),
    ],
)
def test_a_mail_is_the_same_whoever_brings_it(name: str, sender: str, words: str) -> None:
    _, mail = brought(name)
    assert mail.letter.sender.address == sender
    assert words in mail.words
    assert mail.letter.message_id
    assert mail.letter.recipients


def test_files_come_along_whoever_brings_them() -> None:
    for name in ("mailgun/inbound-2-attachment.multipart", "postmark/inbound-2-attachment-spam.json"):
        _, mail = brought(name)
        assert [(one.name, one.mime, one.content[:4] != b"") for one in mail.letter.attachments] != [], name
    _, german = brought("ses/inbound-2-base64-spam.json")
    assert [one.name for one in german.letter.attachments] == ["Anforderungen größe.pdf"]


def test_spam_is_told_by_the_service() -> None:
    spam = {"postmark/inbound-2-attachment-spam.json", "ses/inbound-2-base64-spam.json"}
    clean = {"postmark/inbound-1.json", "ses/inbound-1-utf8.json", "mailgun/inbound-1.form"}
    assert {name for name in spam | clean if brought(name)[0].spam} == spam


H = Happening


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("mailgun/event-delivered-1.json", [(H.DELIVERED, False)]),
        ("mailgun/event-opened-1.json", [(H.OPENED, False)]),
        ("mailgun/event-opened-2-image-proxy.json", [(H.OPENED, True)]),
        ("mailgun/event-clicked-1.json", [(H.CLICKED, False)]),
        ("mailgun/event-failed-1-permanent.json", [(H.BOUNCED, False)]),
        ("mailgun/event-failed-2-temporary.json", [(H.DEFERRED, False)]),
        ("mailgun/event-complained-2.json", [(H.COMPLAINED, False)]),
        ("mailgun/event-unsubscribed-1.json", [(H.UNSUBSCRIBED, False)]),
        ("postmark/event-bounce-1-hard.json", [(H.BOUNCED, False)]),
        ("postmark/event-bounce-2-soft.json", [(H.DEFERRED, False)]),
        ("postmark/event-bounce-3-autoresponder.json", [(H.AUTORESPONDED, False)]),
        ("postmark/event-click-1.json", [(H.CLICKED, False)]),
        ("postmark/event-delivery-1.json", [(H.DELIVERED, False)]),
        ("postmark/event-open-1.json", [(H.OPENED, False)]),
        ("postmark/event-open-2-privacy-proxy.json", [(H.OPENED, True)]),
        ("postmark/event-spam-1.json", [(H.COMPLAINED, False)]),
        ("postmark/event-subscription-1-unsubscribe.json", [(H.UNSUBSCRIBED, False)]),
        ("postmark/event-subscription-2-reactivated.json", [(H.SUBSCRIBED, False)]),
        ("ses/event-bounce-1-permanent.json", [(H.BOUNCED, False)]),
        ("ses/event-bounce-2-transient.json", [(H.DEFERRED, False)]),
        ("ses/event-complaint-1.json", [(H.COMPLAINED, False)]),
        ("ses/event-delivery-1.json", [(H.DELIVERED, False)]),
        ("ses/subscription-confirmation-1.json", []),
    ],
)
def test_events_are_told_in_the_same_words(name: str, what: list[tuple[Happening, bool]]) -> None:
    assert told(name) == what


def test_one_body_of_sendgrid_holds_many_events_each_with_its_key() -> None:
    assert [what for what, _ in told("sendgrid/events-1.json")] == [H.SENT, H.DELIVERED, H.OPENED, H.CLICKED]
    assert told("sendgrid/events-2.json")[0] == (H.OPENED, True)
    sendgrid = provider_for("sendgrid")
    assert sendgrid is not None
    cuts = sendgrid.cut(Delivery((PAYLOADS / "sendgrid/events-1.json").read_bytes(), "application/json"))
    assert len({cut.natural_key for cut in cuts}) == 4
    assert cuts[0].natural_key == "sendgrid:QbKHmi8N-A-5x2eGfIa85Q"


def test_every_sample_of_every_service_can_be_read() -> None:
    folders = ("mailgun", "postmark", "sendgrid", "ses")
    names = [f"{folder}/{path.name}" for folder in folders for path in (PAYLOADS / folder).iterdir()]
    read_all = [read(name) for name in names if not name.endswith(".pem")]
    assert len(read_all) == 41
