"""Understand what TikTok delivers: the body is the record, there is nothing to fetch."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.ads.rules import inquiry_of
from leadline.capture.models import Submission
from leadline.capture.ports import NotUnderstood, Taken, Understood
from leadline.channels.tiktok import inbound
from leadline.channels.tiktok.inbound import KEY
from leadline.kit import json
from leadline.workspaces.actor import Actor


class TiktokAdapter:
    """Capture's view of TikTok lead forms."""

    channel = KEY

    def understand(self, submission: Submission) -> Understood:
        """The inquiry in the delivery's one lead."""
        entry = inbound.entry_in(json.loads(bytes(submission.body)))
        if not entry:
            raise NotUnderstood("The delivery holds no lead.")
        read = inbound.read(entry, submission.connection_id, submission.received_at)
        return Understood(inquiries=[inquiry_of(read)])

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """A filled form leaves nothing but its lead."""

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[Taken]]]) -> None:
        """A filled form leaves nothing but its lead."""
