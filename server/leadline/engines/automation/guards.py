"""What keeps a run from starting: loops, bursts, and endings that came before the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from leadline.engines.automation import queries
from leadline.engines.automation.ports import offers
from leadline.engines.automation.rules import BURST, BURST_WINDOW, MAX_DEPTH
from leadline.engines.automation.wishes import Wish

# Events recorded so close to the starting one belong to the same happening and are no answer to it.
SAME_MOMENT = timedelta(seconds=1)
ONE_TOO_MANY = f"Stopped: it ran {BURST} times for the same record within a minute."


class Guard:
    """Decides for a batch of wishes with at most two statements."""

    def __init__(self, wishes: Sequence[Wish], *, chain: list[list[str]], now: datetime) -> None:
        self.chain = [tuple(link) for link in chain]
        self.recent = Counter(queries.recent_runs({w.subject_id for w in wishes}, now - BURST_WINDOW))
        after = min(wish.heard_at for wish in wishes) + SAME_MOMENT
        self.ended = self._endings(wishes, after) if now > after else {}

    def objects_to(self, wish: Wish) -> str:
        """Why the wish must not be granted, in words; empty when it may."""
        pair = (wish.automation.id, wish.subject_id)
        if (str(wish.automation.id), str(wish.subject_id)) in self.chain:
            return "Stopped: this would run in a circle, its own steps set it off again."
        if len(self.chain) >= MAX_DEPTH:
            return f"Stopped: {MAX_DEPTH} automations had set each other off in a row."
        if self.recent[pair] >= BURST:
            return ONE_TOO_MANY
        self.recent[pair] += 1
        for key in wish.automation.ends_on:
            ended_at = self.ended.get(key, {}).get(wish.subject_id)
            if ended_at is not None and ended_at > wish.heard_at + SAME_MOMENT:
                return f"“{offers.label(key)}” happened before it could start."
        return ""

    def _endings(self, wishes: Sequence[Wish], after: datetime) -> dict[str, dict[UUID, datetime]]:
        """By trigger and subject, when what ends the automations happened last."""
        keys = {key for wish in wishes for key in wish.automation.ends_on} & offers.triggers.keys()
        if not keys:
            return {}
        triggers = {key: offers.triggers[key] for key in keys}
        rows = queries.events_since(after, {trigger.event.__name__ for trigger in triggers.values()})
        ended: dict[str, dict[UUID, datetime]] = {key: {} for key in keys}
        for name, payload, at in rows:
            for key, trigger in triggers.items():
                if name == trigger.event.__name__:
                    event = trigger.event.from_json(payload)
                    subject_id = trigger.subject(event)
                    if subject_id and trigger.matches(event, {}):
                        ended[key][subject_id] = max(at, ended[key].get(subject_id, at))
        return ended
