"""The exchange rates by which the board adds up money of several currencies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from leadline.kit import money
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.leads import policy
from leadline.leads.models import ExchangeRate
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_DECIMALS = Decimal(10) ** -10
_MOST = Decimal(10) ** 10


def set_exchange_rates(actor: Actor, rates: Mapping[str, Decimal | None]) -> None:
    """Set the worth of currencies in the workspace's, or (None) take it away; others keep theirs."""
    policy.require_can_set_up(actor)
    base = own_workspace(actor).currency
    money.exponent(base)
    wanted = {_currency(code, base): _rate(code, rate) for code, rate in rates.items()}
    before = dict(policy.visible_rates(actor).filter(base=base).values_list("currency", "rate"))
    changed = {code: [before.get(code), rate] for code, rate in wanted.items() if before.get(code) != rate}
    if not changed:
        return
    for code, rate in sorted(wanted.items()):
        kept = policy.visible_rates(actor).filter(base=base, currency=code)
        if rate is None:
            kept.delete()
        elif code in changed:
            row = kept.first() or ExchangeRate(base=base, currency=code)
            row.rate = rate
            row.save()
    audit.record(actor, "changed", "exchange_rates", actor.workspace_id, changed)


def _currency(code: str, base: str) -> str:
    try:
        money.exponent(code)
    except Invalid as error:
        raise Invalid(error.detail, code=error.code, field=f"rates.{code[:10]}") from None
    if code == base:
        raise Invalid(say("{base} is the workspace's own currency.", base=base), field=f"rates.{code}")
    return code


def _rate(code: str, rate: Decimal | None) -> Decimal | None:
    if rate is None:
        return None
    if not rate.is_finite() or not _DECIMALS <= rate < _MOST:
        raise Invalid("A rate is a number above zero, such as 3.65.", field=f"rates.{code[:10]}")
    return rate.quantize(_DECIMALS)
