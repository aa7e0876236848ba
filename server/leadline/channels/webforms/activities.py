"""What a form is filled in for beside an inquiry (a download, a webinar, an event), and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leadline.capture.models import Submission
from leadline.capture.ports import Taken
from leadline.engines.timeline.ports import Entry
from leadline.kit.sentences import Sentence, say, word

# What the timeline says of each; {what} is what the form offers.
_SENTENCES = {
    "download": word("Downloaded “{what}”"),
    "webinar": word("Signed up for the webinar “{what}”"),
    "event": word("Was met at “{what}”"),
}
# Whoever takes something to read wants to know more; whoever asks for a price wants to talk to sales.
_LEAD_TYPES = {"download": "IQL", "webinar": "IQL", "quote": "SQL"}


def lead_type_of(kind: str) -> str:
    """What a lead that begins with such a form is; empty when that says nothing."""
    return _LEAD_TYPES.get(kind, "")


def is_activity(kind: str) -> bool:
    """Whether filling in such a form is something to write down on its own."""
    return kind in _SENTENCES


def entries(settled: Iterable[tuple[Submission, Sequence[Taken]]]) -> list[Entry]:
    """The timeline entries of what people took or signed up for."""
    return [
        _entry(taken, kind, what)
        for submission, all_taken in settled
        for kind, what in _of(submission)
        for taken in all_taken
        if taken.lead is not None
    ]


def _of(submission: Submission) -> list[tuple[str, str]]:
    connection = submission.connection
    known: Mapping[str, Any] = connection.settings if connection is not None else {}
    kind = str(known.get("kind", ""))
    name = connection.name if connection is not None else ""
    return [(kind, str(known.get("offer") or known.get("title") or name))] if is_activity(kind) else []


def _entry(taken: Taken, kind: str, what: str) -> Entry:
    return Entry(
        kind=kind,
        about_id=taken.lead.id if taken.lead else None,
        with_id=taken.contact.id,
        direction="in",
        channel="form",
        actor_name=taken.contact.name,
        text=_said(kind, what),
        payload={"what": what},
        at=taken.inquiry.at,
    )


def _said(kind: str, what: str) -> Sentence:
    return say(_SENTENCES[kind], what=what)
