"""Which leads a list or the board is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from leadline.engines.views import actions as views
from leadline.engines.views.rules import fields_asked
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import policy
from leadline.leads.models import LISTED, Lead
from leadline.workspaces.actor import Actor

UNTOUCHED_FOR = timedelta(hours=2)
VIEWS = ("all", "mine", "new", "ready", "untouched")


def filtered(actor: Actor, tree: views.Tree | None) -> QuerySet[Lead]:
    """The visible leads the filter finds; spam only where the filter asks for a status."""
    rows = policy.visible_leads(actor)
    if tree is None or "status" not in fields_asked(tree):
        rows = rows.filter(LISTED)
    return rows.filter(views.to_q(tree, "lead", actor)) if tree else rows


def of_view(actor: Actor, view: str) -> Q:
    """The tabs above the list."""
    open_untouched = Q(status="open", first_touch_at=None)
    if view not in VIEWS:
        raise Invalid(
            say("There is no view “{view}”; use one of {value}.", view=view[:30], value=", ".join(VIEWS)),
            field="view",
        )
    return {
        "all": Q(),
        "mine": Q(owner_id=actor.member_id),
        "new": open_untouched,
        "ready": Q(status="open", ready_at__isnull=False),
        "untouched": open_untouched & Q(inbound_at__lt=clock.now() - UNTOUCHED_FOR),
    }[view]


@dataclass(frozen=True)
class Plain:
    """A filter by owner and source only, which the kept totals can answer without looking at leads."""

    conditions: Q


def plain(actor: Actor, tree: views.Tree | None) -> Plain | None:
    """The filter as conditions on the kept totals; None when it asks for anything else."""
    if not tree:
        return Plain(Q())
    parts = tree["all"] if set(tree) == {"all"} and isinstance(tree["all"], list) else [tree]
    conditions = Q()
    for part in parts:
        one = _plain_condition(actor, part)
        if one is None:
            return None
        conditions &= one
    return Plain(conditions)


def _plain_condition(actor: Actor, part: Any) -> Q | None:
    if not isinstance(part, Mapping) or part.get("op") not in ("eq", "in"):
        return None
    values = part.get("value")
    values = values if isinstance(values, list) else [values]
    if part.get("field") == "source":
        return Q(source__in=[str(value) for value in values])
    if part.get("field") == "owner":
        return Q(owner_id__in=[actor.member_id if value == "me" else value for value in values])
    return None
