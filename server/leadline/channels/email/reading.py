"""Read a stored submission: a mail, or what a service tells of mails of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadline.capture import ports as capture
from leadline.capture.models import Submission
from leadline.channels.email.providers import provider_for
from leadline.channels.email.providers.delivery import Brought, Delivery, Told
from leadline.channels.email.understanding.html_text import text_of_html
from leadline.channels.email.understanding.kinds import Verdict, kind_of
from leadline.channels.email.understanding.letter import Letter
from leadline.channels.email.understanding.own_words import looks_like_answer, own_words

MAIL = "message/rfc822"
# A mail that lies in the folder of what was sent.
SENT_MAIL = "message/rfc822; sent=1"


@dataclass(frozen=True)
class Mail:
    """A mail that came, who speaks in it, and the words that are new in it."""

    letter: Letter
    verdict: Verdict
    words: str
    whole: str
    sent: bool = False


def read(submission: Submission) -> Mail | Sequence[Told]:
    """What the submission holds; NotUnderstood when it is neither."""
    raw, content_type = bytes(submission.body), submission.content_type
    if content_type.startswith(MAIL):
        return replace(mail_of(Brought(raw=raw)), sent=content_type == SENT_MAIL)
    settings = submission.connection.settings if submission.connection else {}
    provider = provider_for(str(settings.get("incoming") or ""))
    if provider is None:
        raise capture.NotUnderstood("This mailbox has no mail service any more. Choose it again in Settings.")
    found = provider.read(Delivery(raw, content_type))
    return mail_of(found) if isinstance(found, Brought) else found


def mail_of(brought: Brought) -> Mail:
    """The mail with what is new in it."""
    letter = Letter(brought.raw, recipients=brought.recipients, envelope_from=brought.envelope_from)
    whole = letter.text or text_of_html(letter.html)
    answers = bool(letter.answers) or looks_like_answer(letter.subject)
    # Who writes first may paste what looks like an old mail; only answers are cut.
    words = own_words(whole, brought.hint) if answers else whole
    return Mail(letter, kind_of(letter), words, whole)
