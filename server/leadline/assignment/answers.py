"""What the simulator found, as the API says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from leadline.assignment.queries import Placed, Rehearsed
from leadline.assignment.rules import sentence
from leadline.infra.language import worded
from leadline.kit.sentences import say


def rehearsal(found: Sequence[Rehearsed]) -> dict[str, Any]:
    """The leads whose place changes first, and everybody's share before and after."""
    now, then = (Counter(map(_who, side)) for side in ([r.now for r in found], [r.then for r in found]))
    return {
        "leads": len(found),
        "elsewhere": sum(one.elsewhere for one in found),
        "shares": [{"name": name, "now": now[name], "then": then[name]} for name in sorted({*now, *then})],
        "items": [
            {
                "lead": one.lead,
                "now": _who(one.now),
                "then": _who(one.then),
                "elsewhere": one.elsewhere,
                "because": worded(sentence(one.then.choice, one.then.person)),
            }
            for one in sorted(found, key=lambda one: not one.elsewhere)
        ],
    }


def _who(placed: Placed) -> str:
    if placed.person:
        return placed.person.name
    team = placed.choice.team_name
    return str(worded(say("Queue of {team}", team=team) if team else say("nobody")))
