"""Shapes of requests and answers, and cursor pages."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from leadline.kit.errors import Invalid

T = TypeVar("T")
R = TypeVar("R")


class Shape(BaseModel):
    """A body in or out; an unknown field is refused by name (422), so that nothing is silently dropped."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


def one_of(words: Iterable[str]) -> WithJsonSchema:
    """Marks a string of an answer: the API's description says which words it may be.

    Our own answers need no second check, so nothing is compared while the answer is written.
    """
    return WithJsonSchema({"type": "string", "enum": [str(word) for word in words]})


class Page(BaseModel, Generic[T]):
    """One page of a list: its rows, where the next page starts, and how many rows there are in all."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None


def page(rows: Sequence[R], *, limit: int, key: Callable[[R], Sequence[Any]]) -> tuple[list[R], str | None]:
    """Cut `limit + 1` fetched rows into a page and the cursor after its last row."""
    shown = list(rows[:limit])
    if len(rows) <= limit or not shown:
        return shown, None
    return shown, encode_cursor(key(shown[-1]))


def encode_cursor(values: Sequence[Any]) -> str:
    """An opaque cursor that holds the sort values of a row."""
    return base64.urlsafe_b64encode(json.dumps(list(values), default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[Any]:
    """The sort values in a cursor; Invalid (422) when it is not one of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Invalid("This cursor is not valid; start again without it.", field="cursor") from error
    if not isinstance(values, list):
        raise Invalid("This cursor is not valid; start again without it.", field="cursor")
    return values
