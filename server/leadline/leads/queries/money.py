"""The money of a pipeline for those who answer for it: by stage and by owner."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum

from leadline.kit.errors import NotFound
from leadline.leads import policy, rules
from leadline.leads.models import BoardTotal, Stage
from leadline.leads.queries.rates import rates_into
from leadline.leads.shapes import MoneyOf, MoneyOut, Named
from leadline.workspaces.actor import Actor
from leadline.workspaces.policy import owned_by
from leadline.workspaces.queries import members, own_workspace

Amounts = dict[UUID | None, dict[UUID, dict[str, int]]]


def money(actor: Actor, pipeline_id: UUID | None = None) -> MoneyOut:
    """The open money of a pipeline (the default one), in the workspace's currency: 5 statements.

    Weighted by the probability of the stage; money without an exchange rate is left out and its currency
    named.
    """
    stages = _open_stages(actor, pipeline_id)
    currency = own_workspace(actor).currency
    rates = rates_into(actor, currency)
    rows = BoardTotal.objects.filter(owned_by(actor)).filter(stage_id__in=[stage.id for stage in stages])
    summed = rows.values("stage_id", "owner_id", "currency").annotate(
        n=Sum("count"), minor=Sum("value_minor")
    )
    counts: dict[Any, int] = defaultdict(int)
    amounts: Amounts = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in summed:
        counts[row["stage_id"]] += row["n"]
        counts["owner", row["owner_id"]] += row["n"]
        amounts[row["owner_id"]][row["stage_id"]][row["currency"] or currency] += row["minor"]
    names = {member.id: member.name for member in members(actor)}
    left_out: set[str] = set()

    def one(chosen: list[Stage], owners: list[UUID | None], count: int, named: Named | None) -> MoneyOf:
        value = weighted = 0
        for stage in chosen:
            found = _worth([amounts[owner][stage.id] for owner in owners], currency, rates)
            left_out.update(found.left_out)
            value += found.minor
            weighted += found.minor * stage.probability // 100
        return MoneyOf(of=named, count=count, value_minor=value, weighted_minor=weighted)

    everybody = list(amounts)
    by_stage = [one([s], everybody, counts[s.id], Named(id=s.id, name=s.name)) for s in stages]
    by_owner = [
        one(
            stages, [owner], counts["owner", owner],
            Named(id=owner, name=names.get(owner, "")) if owner else None,
        )
        for owner in everybody
        if counts["owner", owner]
    ]  # fmt: skip
    by_owner.sort(key=lambda row: (-row.weighted_minor, row.of.name if row.of else ""))
    total = one(stages, everybody, sum(row.count for row in by_stage), None)
    return MoneyOut(
        currency=currency, total=total, stages=by_stage, owners=by_owner, unconverted=sorted(left_out)
    )


def _worth(parts: list[dict[str, int]], currency: str, rates: dict[str, Decimal]) -> rules.Sum:
    together: dict[str, int] = defaultdict(int)
    for part in parts:
        for code, minor in part.items():
            together[code] += minor
    return rules.worth({code: minor for code, minor in together.items() if minor}, currency, rates)


def _open_stages(actor: Actor, pipeline_id: UUID | None) -> list[Stage]:
    which = {"pipeline_id": pipeline_id} if pipeline_id else {"pipeline__is_default": True}
    rows = policy.visible_stages(actor).filter(pipeline__archived_at=None, **which)
    stages = list(rows.filter(kind=rules.StageKind.OPEN).order_by("position", "id"))
    if not stages:
        raise NotFound("There is no such pipeline.")
    return stages
