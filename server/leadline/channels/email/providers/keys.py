"""Under which key a mail is stored, so that it comes in once through however many doors."""

from __future__ import annotations

import hashlib

from leadline.channels.email.understanding.letter import Letter


def key_of_mail(raw: bytes) -> str:
    """The Message-ID and a digest of what servers leave alone; some machines give many mails one id."""
    letter = Letter(raw)
    told = "\n".join(letter.header(name) for name in ("from", "date", "subject"))
    digest = hashlib.sha256(told.encode() if letter.message_id else raw).hexdigest()[:16]
    return f"mail:{letter.message_id}:{digest}"


def key_of_body(prefix: str, body: bytes) -> str:
    """A digest of the whole, for things without a name."""
    return f"{prefix}:{hashlib.sha256(body).hexdigest()}"
