from __future__ import annotations

import contextlib
import json as standard
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.kit.errors import Invalid
from leadline.kit.json import JsonValue, dumps, loads

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def refused(raw: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        loads(raw)
    assert refusal.value.status == 422
    return refusal.value.code


def test_a_nineteen_digit_id_keeps_every_digit() -> None:
    assert loads(b'{"id": 9007199254740993123}') == {"id": 9007199254740993123}


def test_of_double_keys_the_last_one_counts() -> None:
    assert loads(b'{"a": 1, "a": 2}') == {"a": 2}


def test_a_byte_order_mark_is_ignored() -> None:
    assert loads(b"\xef\xbb\xbf[1]") == [1]


def test_what_postgresql_cannot_store_is_replaced_in_keys_and_values() -> None:
    raw = rb'{"a\u0000b": ["\ud800", "x\udfffy", "\ud83d\ude00"], "n": 1}'

    assert loads(raw) == {"a\ufffdb": ["\ufffd", "x\ufffdy", "\U0001f600"], "n": 1}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json_invalid"),
        (b"{", "json_invalid"),
        (b'{"a": 1} x', "json_invalid"),
        (b'"\x00"', "json_invalid"),
        (b'{"a": "\xff"}', "json_not_utf8"),
        ("{}".encode("utf-16"), "json_not_utf8"),
        (b"[NaN]", "json_number"),
        (b"[-Infinity]", "json_number"),
        (b"[1e999]", "json_number"),
        (b"[" + b"9" * 5000 + b"]", "json_number"),
        (b"[" * 65 + b"]" * 65, "json_too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json_too_deep"),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "json_too_deep"),
        (b"[" * 1_000_000, "json_too_deep"),
    ],
)
def test_hostile_bodies_are_refused_with_a_clear_code(raw: bytes, code: str) -> None:
    assert refused(raw) == code


def test_as_deep_as_allowed_is_allowed_and_width_is_not_depth() -> None:
    loads(b"[" * 64 + b"]" * 64)
    assert loads(b"[" + b"[]," * 1000 + b"[]]") == [[]] * 1001


def test_brackets_inside_text_are_not_depth() -> None:
    assert loads(b'"' + b"[" * 1000 + b'"') == "[" * 1000


def test_a_body_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(Invalid, match="at most 10 bytes"):
        loads(b"[" + b" " * 10 + b"]", max_bytes=10)


@given(values)
def test_what_is_written_reads_back_the_same(value: JsonValue) -> None:
    assert loads(dumps(value)) == standard.loads(standard.dumps(value).replace("\\u0000", "\\ufffd"))


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_cause_another_error_than_a_refusal(raw: bytes) -> None:
    with contextlib.suppress(Invalid):
        loads(raw)


def test_ids_times_and_decimals_become_text() -> None:
    value = {
        "id": UUID(int=1),
        "at": datetime(2026, 3, 2, 12, tzinfo=UTC),
        "on": date(2026, 3, 2),
        "rate": Decimal("3.70"),
    }

    assert dumps(value) == (
        b'{"id":"00000000-0000-0000-0000-000000000001",'
        b'"at":"2026-03-02T12:00:00+00:00","on":"2026-03-02","rate":"3.70"}'
    )


def test_what_has_no_json_form_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="bytes"):
        dumps(b"x")
    with pytest.raises(ValueError, match="JSON"):
        dumps(float("nan"))


def test_a_lone_surrogate_never_leaves_the_house() -> None:
    assert dumps("a\ud800b") == b'"a?b"'
