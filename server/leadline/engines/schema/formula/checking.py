"""Whether the parts of a formula fit together, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from leadline.engines.schema.formula.reading import read, refuse
from leadline.engines.schema.formula.tree import (
    KINDS,
    RESULTS,
    SIGNATURES,
    WHOLE,
    Call,
    Kind,
    Literal,
    Node,
    Ref,
)
from leadline.engines.schema.ports import Field, FieldType
from leadline.kit.sentences import say, word

_CALLED = {
    Kind.NUMBER: word("a number"),
    Kind.TEXT: word("a text"),
    Kind.TRUTH: word("yes or no"),
    Kind.DATE: word("a date"),
}


def checked(text: str, result: FieldType, fields: Mapping[str, Field]) -> Node:
    """The tree of a formula that gives such values; Invalid (422) says where it does not fit."""
    if result not in RESULTS:
        refuse(say("What comes out of a formula is a number, an amount, a text, yes or no, or a date."))
    tree = read(text)
    kind = kind_of(tree, fields)
    if kind is not RESULTS[result]:
        refuse(
            say(
                "This formula gives {given}, and the field is for {wanted}.",
                given=say(_CALLED[kind]),
                wanted=say(_CALLED[RESULTS[result]]),
            )
        )
    return tree


def kind_of(node: Node, fields: Mapping[str, Field]) -> Kind:
    """What a part gives; Invalid (422) where its own parts do not fit."""
    if isinstance(node, Literal):
        if isinstance(node.value, bool):
            return Kind.TRUTH
        return Kind.NUMBER if isinstance(node.value, Decimal) else Kind.TEXT
    if isinstance(node, Ref):
        return _kind_of_field(node.key, fields)
    signature = SIGNATURES[node.name]
    fewest = len(signature.takes)
    if len(node.args) < fewest or (len(node.args) > fewest and not signature.many):
        refuse(say("“{name}” takes {n} values.", name=node.name, n=fewest))
    _check_whole(node)
    takes = [*signature.takes, *signature.takes[-1:] * (len(node.args) - fewest)]
    same = _same(node, takes, [kind_of(part, fields) for part in node.args])
    return (same or Kind.TEXT) if signature.gives is Kind.SAME else signature.gives


def _same(node: Call, takes: Sequence[Kind], given: Sequence[Kind]) -> Kind | None:
    """The kind of those parts that must be of one kind."""
    same: Kind | None = None
    for wanted, kind in zip(takes, given, strict=True):
        if wanted is Kind.SAME:
            same = wanted = same or kind
        if kind is not wanted:
            refuse(
                say(
                    "“{name}” needs {wanted} where {given} stands.",
                    name=node.name,
                    wanted=say(_CALLED[wanted]),
                    given=say(_CALLED[kind]),
                )
            )
    if node.name in {"<", "<=", ">", ">="} and same not in (Kind.NUMBER, Kind.DATE):
        refuse(say("Only numbers and dates are larger or smaller."))
    return same


def _check_whole(node: Call) -> None:
    if node.name not in WHOLE:
        return
    last = node.args[-1]
    number = last.value if isinstance(last, Literal) else None
    allowed = WHOLE[node.name]
    if not isinstance(number, Decimal) or number not in allowed:
        refuse(
            say(
                "“{name}” needs a whole number from {least} to {most} at its end.",
                name=node.name,
                least=allowed[0],
                most=allowed[-1],
            )
        )


def _kind_of_field(key: str, fields: Mapping[str, Field]) -> Kind:
    field = fields.get(key)
    if field is None:
        refuse(say("There is no field “{key}”.", key=key[:60]))
    if field.formula:
        refuse(say("“{label}” is computed itself; write its formula out.", label=field.label))
    if field.type not in KINDS:
        refuse(say("“{label}” cannot stand in a formula.", label=field.label))
    return KINDS[field.type]
