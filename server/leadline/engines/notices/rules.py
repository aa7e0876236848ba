"""Keep the product quiet: many notices of one kind become one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from leadline.engines.notices.ports import Telling
from leadline.kit.sentences import Sentence, Value, joined, say

# More than this at once, of one kind, to one member, is one notice.
AT_ONCE = 5
_NAMED = 10


def quieted(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, with those of one kind to one member summed up when there are many of them."""
    together: dict[tuple[UUID, str], list[Telling]] = {}
    for telling in tellings:
        together.setdefault((telling.member_id, telling.kind), []).append(telling)
    return [told for group in together.values() for told in _summed_up(group)]


def words_of(telling: Telling) -> dict[str, Any] | None:
    """The sentences of title and text as they are stored; None where both are texts."""
    words = {"title": telling.title, "text": telling.text}
    return {key: said.data for key, said in words.items() if isinstance(said, Sentence)} or None


def _summed_up(group: list[Telling]) -> list[Telling]:
    if len(group) <= AT_ONCE:
        return group
    titles = [telling.title for telling in group]
    more = len(titles) - _NAMED
    lines: list[Value] = list(titles[:_NAMED])
    text = joined([*lines, say("and {n} more", n=more)] if more > 0 else lines, "{first}\n{second}")
    carriers = tuple(dict.fromkeys(carrier for telling in group for carrier in telling.carriers))
    summary = replace(
        group[0],
        title=say("{first}, and {n} more", first=titles[0], n=len(titles) - 1),
        text=text if isinstance(text, Sentence) else str(text),
        link_object="",
        link_id=None,
        once=_once_for_all(group),
        carriers=carriers,
    )
    return [summary]


def _once_for_all(group: list[Telling]) -> str | None:
    keys = [telling.once for telling in group if telling.once]
    if len(keys) < len(group):
        return None
    return "many:" + hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()
