"""A formula is read as numbers, texts, dates and what is done with them; anything else is refused by name."""

from __future__ import annotations

import pytest

from leadline.engines.schema import formula
from leadline.engines.schema.ports import Field, FieldType
from leadline.kit.errors import Invalid

_T = FieldType
KINDS = {
    "name": _T.TEXT, "campaign": _T.TEXT, "value_minor": _T.MONEY, "custom.roof": _T.NUMBER, "tags": _T.TAGS,
    "custom.class": _T.NUMBER,
}  # fmt: skip
FIELDS = {key: Field(key=key, type=kind, label=key) for key, kind in KINDS.items()}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("value_minor +", "not complete"),
        ("__import__('os').system('x')", "no function"),
        ("name.upper", "no field “name.upper”"),
        ("(lambda: 1)()", "means nothing"),
        ("value_minor + name", "needs a number where a text stands"),
        ("name < campaign", "Only numbers and dates"),
        ("tags & name", "cannot stand"),
        ("ROUND(value_minor, custom.roof)", "whole number from 0 to 10"),
        ("IF(value_minor > 1, 2)", "takes 3 values"),
        ("name", "gives a text"),
        ("(" * 300 + "1" + ")" * 300, "not complete"),
        ("+".join(["1"] * 300), "too long"),
        ("1 < 2 < 3", "not complete"),
        ("ROUND", "no field “ROUND”"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        formula.checked(text, FieldType.NUMBER, FIELDS)
    assert (refused.value.code, says in refused.value.detail) == ("formula_invalid", True), (
        refused.value.detail
    )


def test_what_binds_tighter_comes_first_and_words_of_python_are_plain_names() -> None:
    tree = formula.read("1 + 2 * custom.class = 7 and not (custom.roof > 1 or name <> 'a = b')")
    assert isinstance(tree, formula.Call)
    same, none = tree.args
    assert isinstance(same, formula.Call)
    assert isinstance(none, formula.Call)
    assert (tree.name, same.name, none.name) == ("and", "=", "not")
    assert list(formula.refs(tree)) == ["custom.class", "custom.roof", "name"]


def test_an_amount_comes_out_only_where_an_amount_is_wanted() -> None:
    assert formula.checked("value_minor / 2", FieldType.MONEY, FIELDS)
    for kind in (FieldType.TAGS, FieldType.TEXT):
        with pytest.raises(Invalid):
            formula.checked("value_minor / 2", kind, FIELDS)
