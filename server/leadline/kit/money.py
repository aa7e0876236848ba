"""Money as whole minor units of one currency; nothing is ever lost to rounding unnoticed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import NoReturn

from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

# ISO 4217, with those withdrawn since 2010 because old deals still carry them.
_TWO_DECIMALS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
LTL LVL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB
TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VEF VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DECIMALS = "CLF UYW"
_EXPONENTS = {
    code: decimals
    for codes, decimals in ((_TWO_DECIMALS, 2), (_NO_DECIMALS, 0), (_THREE_DECIMALS, 3), (_FOUR_DECIMALS, 4))
    for code in codes.split()
}
# What a bigint column holds.
_LIMIT = 2**63
# Enough digits that no product of an amount and a rate is rounded before it is rounded to minor units.
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)


def exponent(currency: str) -> int:
    """How many decimals the currency has; `Invalid` when there is no such currency."""
    try:
        return _EXPONENTS[currency]
    except KeyError:
        raise Invalid(
            say(
                "There is no currency “{currency}”. Use an ISO code such as ILS or USD.",
                currency=currency[:10],
            ),
            code="currency_unknown",
            field="currency",
        ) from None


def by_decimals() -> dict[int, list[str]]:
    """The currencies by how many decimals they have."""
    found: dict[int, list[str]] = {}
    for code, decimals in _EXPONENTS.items():
        found.setdefault(decimals, []).append(code)
    return found


@dataclass(frozen=True)
class Money:
    """An amount in minor units (agorot, cents) of an ISO 4217 currency; both are valid once it exists."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)
        if not -_LIMIT <= self.amount_minor < _LIMIT:
            raise Invalid("The amount is too large.", code="amount_too_large")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount_minor <= self._same(other)

    def times(self, factor: Decimal | int) -> Money:
        """The product, rounded half to even to whole minor units."""
        return Money(_rounded(_EXACT.multiply(Decimal(self.amount_minor), Decimal(factor))), self.currency)

    def convert(self, rate: Decimal, to: str) -> Money:
        """The same value in another currency at `rate` (units of `to` per unit of this), half to even."""
        return Money(converted(self.amount_minor, self.currency, rate, to), to)

    def allocate(self, parts: int | Sequence[int]) -> list[Money]:
        """Shares by weight, or that many equal ones, that add up exactly: largest remainders first."""
        weights = [1] * parts if isinstance(parts, int) else list(parts)
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise Invalid("Give at least one part with a positive weight.", code="parts_invalid")
        sign = -1 if self.amount_minor < 0 else 1
        amount = abs(self.amount_minor)
        shares = [amount * weight // total for weight in weights]
        remainders = [amount * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda part: (-remainders[part], part))
        for part in by_remainder[: amount - sum(shares)]:
            shares[part] += 1
        return [Money(sign * share, self.currency) for share in shares]

    def to_decimal(self) -> Decimal:
        """The amount in major units, with exactly the decimals of the currency."""
        return Decimal(self.amount_minor).scaleb(-exponent(self.currency), _EXACT)

    def format(self) -> str:
        """The same for everybody, as in `-1,234.50 ILS`; the front end formats for the reader's locale."""
        return f"{self.to_decimal():,f} {self.currency}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise Invalid(
                say(
                    "{currency} and {currency_too} cannot be combined. Convert one of them first.",
                    currency=self.currency,
                    currency_too=other.currency,
                ),
                code="currency_mismatch",
                field="currency",
            )
        return other.amount_minor


_SPACES = re.compile(r"[\s\u2000-\u200f\u202a-\u202f\u2060-\u2069\u061c]+")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"})
_SEPARATORS = str.maketrans({"\u2019": "'", "\u066c": ",", "\u066b": ".", "\uff0c": ",", "\uff0e": "."})
_AMOUNT = re.compile(r"\d[\d.,']*|[.,]\d+")


def converted(minor: int, currency: str, rate: Decimal, to: str) -> int:
    """Minor units of `to` at `rate` (units of `to` per unit), half to even; for sums of any size."""
    shift = exponent(to) - exponent(currency)
    return _rounded(_EXACT.multiply(Decimal(minor), rate).scaleb(shift, _EXACT))


def parse(text: str, currency: str) -> Money:
    """The amount as people of any country write it; `Invalid` instead of a guess that drops a digit."""
    decimals = exponent(currency)
    compact = _SPACES.sub("", text[:100]).translate(_MINUSES).translate(_SEPARATORS)
    found = _AMOUNT.search(compact)
    if found is None:
        _refuse(text)
    before, number, after = compact[: found.start()], found.group(), compact[found.end() :]
    negative = _is_negative(before, after)
    if negative is None:
        _refuse(text)
    _refuse_other_currency(before + after, currency)
    whole, fraction = _split(number, decimals, text)
    fraction = fraction.rstrip("0")
    if len(fraction) > decimals:
        raise Invalid(
            say(
                "{currency} has {decimals} decimals; “{text}” has more.",
                currency=currency,
                decimals=decimals,
                text=text[:40],
            ),
            code="amount_too_precise",
        )
    minor = int(whole or "0") * 10**decimals + int(fraction.ljust(decimals, "0") or "0")
    return Money(-minor if negative else minor, currency)


def _is_negative(before: str, after: str) -> bool | None:
    """True or False for what may stand around a number; None when something else stands there."""
    if before.startswith("(") and after.endswith(")"):
        before, after, negative = before[1:], after[:-1], True
    else:
        negative = (before + after).count("-") == 1
        if negative or before.count("+") == 1:
            before, after = before.replace("-", "").replace("+", ""), after.replace("-", "")
    return negative if _is_unit(before) and _is_unit(after) else None


def _is_unit(around: str) -> bool:
    """Whether this is a symbol, a code or a short word for money, such as R$, kr. or ש״ח."""
    letters = sum(char.isalpha() for char in around)
    others = {char for char in around if not char.isalpha() and unicodedata.category(char) != "Sc"}
    return letters <= 4 and len(around) <= 6 and others <= set('״׳".')


def _refuse_other_currency(around: str, currency: str) -> None:
    named = around.strip("-+().")
    if named in _EXPONENTS and named != currency:
        raise Invalid(
            say("The amount is in {named}, not in {currency}.", named=named, currency=currency),
            code="currency_mismatch",
            field="currency",
        )


def _split(number: str, decimals: int, text: str) -> tuple[str, str]:
    marks = [char for char in number if char in ".,'"]
    if not marks:
        return number, ""
    last = marks[-1]
    head, _, tail = number.rpartition(last)
    if _is_grouping(marks, head, tail, decimals):
        head, tail = number, ""
    groups = re.split(r"[.,']", head)
    separators = set(re.findall(r"[.,']", head))
    grouped_well = len(groups) == 1 or (len(separators) == 1 and _are_groups(groups))
    if not grouped_well or (tail and last in separators):
        _refuse(text)
    return "".join(groups), tail


def _is_grouping(marks: list[str], head: str, tail: str, decimals: int) -> bool:
    """Whether the last mark separates thousands: the same mark comes twice, or three digits follow it."""
    last = marks[-1]
    if last == "'" or marks.count(last) > 1:
        return True
    if len(marks) > 1 or len(tail) != 3 or head in {"", "0"} or len(head) > 3:
        return False
    # "1.234" is twelve hundred in euro but may be a thousandth in dinar, where a point marks decimals.
    return not (decimals == 3 and last == ".")


def _are_groups(groups: list[str]) -> bool:
    # Two digits occur in the middle of Indian numbers (12,34,567), but never at the end.
    middle = all(len(group) in {2, 3} for group in groups[1:-1])
    return 1 <= len(groups[0]) <= 3 and middle and len(groups[-1]) == 3


def _refuse(text: str) -> NoReturn:
    raise Invalid(
        say("“{text}” is not an amount. Write it like 1234.50.", text=text[:40]), code="amount_invalid"
    )


def _rounded(value: Decimal) -> int:
    with localcontext(_EXACT):
        return int(value.to_integral_value(ROUND_HALF_EVEN))
