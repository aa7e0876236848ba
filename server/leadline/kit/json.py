"""JSON from strangers: bounded in size and depth, exact in numbers, and always storable."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import NoReturn, TypeAlias
from uuid import UUID

from leadline.kit.errors import Invalid

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"

MAX_BYTES = 10 * 1024 * 1024
# An escaped surrogate or NUL: valid JSON, but PostgreSQL refuses to store either.
_UNSTORABLE_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def loads(raw: bytes, *, max_depth: int = 64, max_bytes: int = MAX_BYTES) -> JsonValue:
    """The value, safe to store: integers exact, the last of double keys, NUL and lone surrogates replaced."""
    if len(raw) > max_bytes:
        raise Invalid(f"The body is too big: send at most {max_bytes} bytes.", code="json_too_big")
    value = _parse(_decode(raw), max_depth)
    if raw.count(b"[") + raw.count(b"{") > max_depth:
        _refuse_depth(value, max_depth)
    # Most bodies hold no such escape, and walking the whole tree costs more than looking for one.
    return _storable(value) if _UNSTORABLE_ESCAPE.search(raw) else value


def dumps(value: object, *, sort_keys: bool = False) -> bytes:
    """Compact UTF-8; ids, dates and decimals become text, NaN and infinity are refused with `ValueError`."""
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=sort_keys, default=_plain
    )
    return text.encode("utf-8", "replace")


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"The body is not UTF-8 (byte {error.start}). Send JSON in UTF-8.", code="json_not_utf8"
        ) from None


def _parse(text: str, max_depth: int) -> JsonValue:
    try:
        value: JsonValue = json.loads(text, parse_float=_finite, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Invalid(
            f"The body is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
            code="json_invalid",
        ) from None
    except RecursionError:
        raise _too_deep(max_depth) from None
    except ValueError:
        # Python refuses to read integers of thousands of digits, and so do we.
        raise Invalid("The body holds a number with too many digits.", code="json_number") from None
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise Invalid(f"The number {text[:40]} is too large.", code="json_number")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise Invalid(f"{name} is not JSON. Send a number or null.", code="json_number")


def _refuse_depth(value: JsonValue, max_depth: int) -> None:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(max_depth):
        if not level:
            return
        level = [child for node in level for child in _children(node) if isinstance(child, dict | list)]
    if not level:
        return
    raise _too_deep(max_depth)


def _children(node: JsonValue) -> list[JsonValue]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _too_deep(max_depth: int) -> Invalid:
    return Invalid(f"The body is nested too deeply: at most {max_depth} levels.", code="json_too_deep")


def _storable(value: JsonValue) -> JsonValue:
    # Recursion is safe here: the depth has been checked.
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_UNSTORABLE.sub(_REPLACEMENT, key): _storable(item) for key, item in value.items()}
    return value


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")
