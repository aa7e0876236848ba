"""What a mail server reports about a mail of ours: which mail, which address, for good or for now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from leadline.channels.email.understanding.letter import Letter, decoded, decoded_text, ids_in, payload

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([45]\d\d)[ -]")
_ID = re.compile(r"^[> \t]{0,40}message-id[ \t]*:\s*<([^<>\s]+)>", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"<?([^\s<>;:\"',()@]{1,100}@[^\s<>;:\"',()@.]{1,60}\.[^\s<>;:\"',()@]{1,100})>?")
_LONGEST = 400


class Lasting(StrEnum):
    """For how long a mail cannot be delivered."""

    HARD = "hard"
    SOFT = "soft"
    POLICY = "policy"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Report:
    """What became of a mail at one address."""

    address: str
    lasting: Lasting
    status: str
    text: str


@dataclass(frozen=True)
class Bounce:
    """A report about one mail of ours; its Message-ID is empty where the report does not name it."""

    message_id: str
    reports: tuple[Report, ...]

    @property
    def worst(self) -> Report | None:
        """The report that counts: the most lasting failure."""
        order = [Lasting.HARD, Lasting.POLICY, Lasting.SOFT, Lasting.DELIVERED]
        return min(self.reports, key=lambda one: order.index(one.lasting), default=None)


def bounce_in(letter: Letter) -> Bounce:
    """What the report says; from its machine-readable part, else from its words."""
    blocks = [block for part in letter.parts for block in _blocks(part)]
    reports = tuple(made for block in blocks if (made := _report(block)))
    return Bounce(message_id_in(letter), reports or (_from_words(letter),))


def message_id_in(letter: Letter) -> str:
    """The Message-ID of the mail that came back; empty when it is not named."""
    for part in letter.parts:
        inside = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inside, list):
            for one in inside:
                found = ids_in(decoded(one.get("message-id", ""))) if isinstance(one, Message) else []
                if found:
                    return found[0]
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822"}:
            found = _ID.findall(decoded_text(part))
            if found:
                return found[0][:300]
    answered = letter.answers
    named = [one for one in _ID.findall(letter.text) if one != letter.message_id]
    return (named[0] if named else answered[0] if answered else "")[:300]


def complained_about(letter: Letter) -> str:
    """The address that complained, as a feedback report names it; empty when it does not."""
    for part in letter.parts:
        if part.get_content_type() == "message/feedback-report":
            inside = part.get_payload()
            blocks = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
            whole = "\n".join(str(one) for one in blocks) or decoded_text(part)
            told = re.search(r"^original-rcpt-to\s*:\s*(\S+)", whole, re.IGNORECASE | re.MULTILINE)
            if told:
                return told[1].strip("<>").lower()
    return ""


def lasting_of(action: str, status: str, words: str = "") -> Lasting:
    """For how long, by the action and the enhanced status code of a report."""
    if action in {"delivered", "relayed", "expanded"} or status.startswith("2."):
        return Lasting.DELIVERED
    if action == "delayed" or status.startswith("4."):
        return Lasting.SOFT
    if status.startswith(("5.2.2", "5.3.4", "5.2.3")):
        return Lasting.SOFT
    if status.startswith(("5.1.", "5.4.4", "5.2.1", "5.4.1")) and not status.startswith(("5.1.7", "5.1.8")):
        return Lasting.HARD
    if status.startswith("5.") and status != "5.0.0":
        return Lasting.POLICY
    unknown = re.search(
        r"unknown|no such|not exist|no mailbox|invalid (user|recipient|mailbox)|not found", words, re.I
    )
    return Lasting.HARD if unknown else Lasting.POLICY


def _blocks(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    if part.get_content_type() == "message/delivery-status" and isinstance(inside, list):
        yield from (one for one in inside if isinstance(one, Message))


def _report(block: Message) -> Report | None:
    told = decoded(block.get("final-recipient") or block.get("original-recipient") or "")
    if not told:
        return None
    address = _ADDRESS.search(told.rpartition(";")[2])
    words = decoded(block.get("diagnostic-code") or "")
    status = decoded(block.get("status") or "").split(" ")[0]
    exact = _STATUS.search(words)
    if exact and status.endswith(".0.0") and exact[1][0] == status[0]:
        status = exact[1]
    action = decoded(block.get("action") or "").lower().split(" ")[0]
    return Report(
        (address[1] if address else "").lower()[:320],
        lasting_of(action, status, words),
        status[:20],
        words[:_LONGEST],
    )


def _from_words(letter: Letter) -> Report:
    words = letter.text or payload(letter.message).decode("utf-8", "replace")[:20_000]
    failed = letter.header("x-failed-recipients")
    address = _ADDRESS.search(failed) or _ADDRESS.search(words)
    found = _STATUS.search(words)
    code = _CODE.search(words)
    status = found[1] if found else f"{code[1][0]}.0.0" if code else ""
    line = next((one for one in words.splitlines() if found and found[1] in one), words[:200])
    return Report(
        (address[1] if address else "").lower()[:320],
        lasting_of("", status, words[:2000]),
        status,
        " ".join(line.split())[:_LONGEST],
    )
