"""Which leads a list or the board is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from leadline.engines.views import actions as views
from leadline.engines.views.rules import fields_asked
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import policy
from leadline.leads.models import LISTED, Lead
from leadline.leads.rules import Kind
from leadline.workspaces.actor import Actor

# What needs attention is shown whether it is a lead or a deal.
_OF_BOTH = frozenset({"action", "overdue", "at_risk", "no_next", "rotten"})
_TELLING = frozenset({"converted_at", "status", "stage"})
UNTOUCHED_FOR = timedelta(hours=2)
VIEWS = ("all", "mine", "action", "new", "ready", "untouched", "overdue", "at_risk", "no_next", "rotten")


def filtered(actor: Actor, tree: views.Tree | None) -> QuerySet[Lead]:
    """The visible leads the filter finds; spam only where the filter asks for a status."""
    rows = policy.visible_leads(actor)
    if tree is None or "status" not in fields_asked(tree):
        rows = rows.filter(LISTED)
    return rows.filter(views.to_q(tree, "lead", actor)) if tree else rows


def kind_shown(kind: Kind | None, tree: views.Tree | None, view: str) -> Kind:
    """The kind that was asked for; else leads, unless the view or the filter is about deals as well."""
    if kind is not None:
        return kind
    asked = fields_asked(tree) if tree else frozenset()
    return Kind.ALL if view in _OF_BOTH or _TELLING & set(asked) else Kind.LEAD


def of_kind(kind: Kind) -> Q:
    """Leads are not converted, deals are."""
    return Q() if kind is Kind.ALL else Q(converted_at__isnull=kind is Kind.LEAD)


def of_view(actor: Actor, view: str) -> Q:
    """The tabs above the list, and what needs attention now."""
    is_open, now = Q(status="open"), clock.now()
    open_untouched = is_open & Q(first_touch_at=None)
    if view not in VIEWS:
        raise Invalid(
            say("There is no view “{view}”; use one of {value}.", view=view[:30], value=", ".join(VIEWS)),
            field="view",
        )
    return {
        "all": Q(),
        "mine": Q(owner_id=actor.member_id),
        "action": is_open & Q(owner_id=actor.member_id) & _needs_action(now),
        "new": open_untouched,
        "ready": Q(status="open", ready_at__isnull=False),
        "untouched": open_untouched & Q(inbound_at__lt=now - UNTOUCHED_FOR),
        "overdue": is_open & Q(next_step_at__lt=now),
        "at_risk": open_untouched & Q(respond_by__isnull=False) & Q(warn_50_at__lte=now),
        "no_next": is_open & Q(next_step="", next_step_at=None),
        "rotten": is_open & _rotten(actor, now) if view == "rotten" else Q(),
    }[view]


def _needs_action(now: datetime) -> Q:
    """Nobody has answered yet, something is unread, the next step is due, or there is none."""
    unanswered = Q(first_touch_at=None) | Q(unread__gt=0)
    return unanswered | Q(next_step_at__lte=now) | Q(next_step="", next_step_at=None)


def _rotten(actor: Actor, now: datetime) -> Q:
    """What stayed too long, asked stage by stage so that each is a walk along the board's index."""
    found = Q(pk__in=[])
    limits = policy.visible_stages(actor).filter(rots_after_days__isnull=False)
    for stage_id, days in limits.values_list("id", "rots_after_days"):
        until = now - timedelta(days=days or 0)
        late = Q(stage_id=stage_id, entered_stage_at__lt=until)
        found |= late & (Q(noted_at=None) | Q(noted_at__lt=until))
    return found


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
