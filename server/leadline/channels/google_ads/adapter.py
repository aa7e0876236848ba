"""Understand what Google posts: the body holds everything."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.ads.rules import inquiry_of, names_in, record
from leadline.capture.models import Submission
from leadline.capture.ports import Taken, Understood
from leadline.channels.google_ads import reading
from leadline.channels.google_ads.reading import KEY
from leadline.kit import json
from leadline.kit.sentences import word
from leadline.workspaces.actor import Actor

_TEST = word("Test data from Google Ads, so nobody was bothered with it. The connection works.")


class GoogleAdsAdapter:
    """Capture's view of Google Ads lead forms."""

    channel = KEY

    def understand(self, submission: Submission) -> Understood:
        """The inquiry in the body; test data says only a note."""
        body = record(json.loads(bytes(submission.body)))
        if reading.is_test(body):
            return Understood(note=_TEST)
        known = submission.connection.settings if submission.connection is not None else {}
        names = names_in(str(known.get("names") or ""))
        read = reading.read(body, names, submission.connection_id, submission.received_at)
        return Understood(inquiries=[inquiry_of(read)])

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """A filled form leaves nothing but its lead."""

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[Taken]]]) -> None:
        """A filled form leaves nothing but its lead."""
