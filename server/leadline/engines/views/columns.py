"""Where the values of a field are in the database, and how each kind of place is compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Expression,
    F,
    Field,
    Func,
    IntegerField,
    JSONField,
    Model,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Collate, NullIf, Upper
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IContains,
    In,
    IsNull,
    IStartsWith,
    LessThan,
    LessThanOrEqual,
    Lookup,
)

from leadline.engines.schema.ports import FieldType
from leadline.engines.schema.rules import LISTS, NUMBERS, TEXTS, stored_time


@dataclass(frozen=True)
class Place:
    """What an ORM path leads to: its last column, the keys inside JSON, whether there may be many values."""

    path: str
    column: Field[Any, Any]
    keys: tuple[str, ...]
    many: bool
    nullable: bool


@lru_cache(maxsize=2048)
def place_of(model: type[Model], path: str) -> Place:
    """Follow an ORM path; a programming error when it leads nowhere."""
    names = path.split("__")
    many = nullable = False
    here: type[Model] = model
    for position, name in enumerate(names):
        step = here._meta.pk if name == "pk" else here._meta.get_field(name)
        many = many or bool(step.one_to_many or step.many_to_many)
        nullable = nullable or bool(getattr(step, "null", True))
        if isinstance(step, JSONField):
            walked = "__".join(names[: position + 1])
            return Place(walked, step, tuple(names[position + 1 :]), many, nullable)
        if position < len(names) - 1:
            here = step.related_model  # type: ignore[assignment]
    return Place(path, step, (), many, nullable)  # type: ignore[arg-type]


class Column:
    """A field in a column of its own; comparisons hold or do not, and are never unknown."""

    def __init__(self, place: Place, kind: FieldType) -> None:
        self.place = place
        self.kind = kind

    def given(self) -> Q:
        """There is a value."""
        path = self.place.path
        here = Q(**{f"{path}__isnull": False})
        if isinstance(self.place.column, ArrayField):
            return here & Q(**{f"{path}__len__gt": 0})
        return here & ~Q(**{path: ""}) if self._is_text() else here

    def among(self, values: list[Any]) -> Q:
        """The value is one of these."""
        if self.kind in TEXTS:
            return self._known(Q(In(Upper(F(self.place.path)), [Upper(Value(v)) for v in values])))
        return self._known(Q(**{f"{self.place.path}__in": values}))

    def like(self, lookup: str, text: str) -> Q:
        """The text contains, or starts with, this one; case does not matter."""
        return self._known(Q(**{f"{self.place.path}__i{lookup}": text}))

    def within(self, lookup: str, bound: Any) -> Q:
        """The value is on one side of the bound."""
        return self._known(Q(**{f"{self.place.path}__{lookup}": bound}))

    def has(self, values: list[str], *, every: bool) -> Q:
        """The list holds every one, or any one, of these."""
        return self._known(Q(**{f"{self.place.path}__{'contains' if every else 'overlap'}": values}))

    @property
    def whole_numbers(self) -> bool:
        """Whether only whole numbers are there."""
        return isinstance(self.place.column, IntegerField)

    def value(self) -> Expression | F:
        """The value itself, for computing with it; NULL where there is none."""
        found = F(self.place.path)
        if self.kind in NUMBERS:
            return Func(found, template="(%(expressions)s)::numeric", output_field=_NUMERIC)
        return NullIf(found, Value(""), output_field=TextField()) if self._is_text() else found

    def _is_text(self) -> bool:
        return isinstance(self.place.column, CharField | TextField)

    def _known(self, condition: Q) -> Q:
        return condition & Q(**{f"{self.place.path}__isnull": False}) if self.place.nullable else condition


class JsonColumn(Column):
    """A field inside a JSONB column. A value of another type than the field's is never met."""

    def given(self) -> Q:
        """There is a value."""
        return ~Q(In(Coalesce(Cast(self._value(), TextField()), _NULL), ["null", '""', "[]"]))

    def among(self, values: list[Any]) -> Q:
        """The value is one of these."""
        if self.kind is FieldType.BOOL:
            return self._is("boolean") & Q(In(self._text(), ["true" if v else "false" for v in values]))
        if self.kind in NUMBERS:
            return self._is("number") & Q(In(self._number(), values))
        if self.kind in TEXTS:
            return self._is("string") & Q(In(Upper(self._text()), [Upper(Value(v)) for v in values]))
        return self._is("string") & Q(In(self._text(), [str(v) for v in values]))

    def like(self, lookup: str, text: str) -> Q:
        """The text contains, or starts with, this one; case does not matter."""
        return self._is("string") & Q(_LIKE[lookup](self._text(), text))

    def within(self, lookup: str, bound: Any) -> Q:
        """The value is on one side of the bound."""
        if self.kind in NUMBERS:
            return self._is("number") & Q(_ORDER[lookup](self._number(), bound))
        plain = Collate(self._text(), "C")
        # An empty text is no time, though it comes before all of them.
        return self.given() & self._is("string") & Q(_ORDER[lookup](plain, stored_time(bound)))

    def has(self, values: list[str], *, every: bool) -> Q:
        """The list holds every one, or any one, of these."""
        path = "__".join((self.place.path, *self.place.keys, "has_keys" if every else "has_any_keys"))
        return self._is("array") & Q(**{path: values})

    def value(self) -> Expression | F:
        """The value itself, for computing with it: a text where it is no number."""
        if self.kind in NUMBERS:
            return self._number()
        text = Case(When(self._is("string"), then=self._text()), default=None, output_field=TextField())
        return NullIf(text, Value(""), output_field=TextField())

    @property
    def whole_numbers(self) -> bool:
        """JSON numbers are not bound to be whole."""
        return False

    def _value(self) -> Expression | F:
        found: Expression | F = F(self.place.path)
        for key in self.place.keys:
            found = KeyTransform(key, found)
        return found

    def _text(self) -> Expression:
        *outer, last = self.place.keys
        found: Expression | F = F(self.place.path)
        for key in outer:
            found = KeyTransform(key, found)
        return KeyTextTransform(last, found)

    def _is(self, json_type: str) -> Q:
        of_type = Func(self._value(), function="jsonb_typeof", output_field=TextField())
        return Q(Exact(Coalesce(of_type, _NULL), json_type))

    def _number(self) -> Expression:
        # Only CASE keeps PostgreSQL from casting what is no number.
        number = Func(self._text(), template="(%(expressions)s)::numeric", output_field=_NUMERIC)
        return Case(When(self._is("number"), then=number), default=None, output_field=_NUMERIC)


class FormulaColumn(Column):
    """A field that the database computes."""

    def __init__(self, expression: Expression, kind: FieldType) -> None:
        super().__init__(Place("", TextField(), (), many=False, nullable=True), kind)
        self.expression = expression

    def given(self) -> Q:
        """There is a value."""
        return Q(IsNull(self.expression, False))

    def among(self, values: list[Any]) -> Q:
        """The value is one of these."""
        if self.kind in TEXTS:
            return self.given() & Q(In(Upper(self.expression), [Upper(Value(v)) for v in values]))
        return self.given() & Q(In(self.expression, values))

    def like(self, lookup: str, text: str) -> Q:
        """The text contains, or starts with, this one; case does not matter."""
        return self.given() & Q(_LIKE[lookup](self.expression, text))

    def within(self, lookup: str, bound: Any) -> Q:
        """The value is on one side of the bound."""
        return self.given() & Q(_ORDER[lookup](self.expression, bound))

    @property
    def whole_numbers(self) -> bool:
        """What is computed may be any number."""
        return False


_LIKE: dict[str, type[Lookup[Any]]] = {"contains": IContains, "startswith": IStartsWith}
_ORDER: dict[str, type[Lookup[Any]]] = {
    "gt": GreaterThan,
    "gte": GreaterThanOrEqual,
    "lt": LessThan,
    "lte": LessThanOrEqual,
}
_NULL = Value("null", output_field=TextField())
_NUMERIC = DecimalField(max_digits=60, decimal_places=20)


def column_of(model: type[Model], path: str, kind: FieldType) -> Column:
    """How the field behind this path is compared."""
    place = place_of(model, path)
    json = isinstance(place.column, JSONField)
    if json and not place.keys and kind not in LISTS:
        raise ValueError(f"{path} is a whole JSON column; name a key inside it.")
    return JsonColumn(place, kind) if json else Column(place, kind)
