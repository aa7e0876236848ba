"""What other currencies are worth."""

from __future__ import annotations

from decimal import Decimal

from leadline.leads import policy
from leadline.leads.models import ExchangeRate
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace


def exchange_rates(actor: Actor) -> tuple[str, list[ExchangeRate]]:
    """The workspace's currency, and the rates of others into it."""
    base = own_workspace(actor).currency
    return base, list(policy.visible_rates(actor).filter(base=base).order_by("currency"))


def rates_into(actor: Actor, base: str) -> dict[str, Decimal]:
    """Units of `base` per unit of each currency that has a rate: 1 statement."""
    return dict(policy.visible_rates(actor).filter(base=base).values_list("currency", "rate"))
