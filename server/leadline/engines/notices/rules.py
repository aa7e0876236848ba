"""Keep the product quiet: many notices of one kind become one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from leadline.engines.notices.ports import Telling

# More than this at once, of one kind, to one member, is one notice.
AT_ONCE = 5
_NAMED = 10


def quieted(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, with those of one kind to one member summed up when there are many of them."""
    together: dict[tuple[UUID, str], list[Telling]] = {}
    for telling in tellings:
        together.setdefault((telling.member_id, telling.kind), []).append(telling)
    return [told for group in together.values() for told in _summed_up(group)]


def _summed_up(group: list[Telling]) -> list[Telling]:
    if len(group) <= AT_ONCE:
        return group
    titles = [telling.title for telling in group]
    more = len(titles) - _NAMED
    text = "\n".join(titles[:_NAMED]) + (f"\nand {more} more" if more > 0 else "")
    carriers = tuple(dict.fromkeys(carrier for telling in group for carrier in telling.carriers))
    summary = replace(
        group[0],
        title=f"{titles[0]}, and {len(titles) - 1} more",
        text=text,
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
