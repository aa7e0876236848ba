"""Whatever arrives at a form, reading it ends in an inquiry or in a clear refusal."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.channels.webforms import bodies, suspicion, tools
from leadline.channels.webforms.forms import first_form, mistakes
from leadline.channels.webforms.inquiries import Setting, inquiry_of
from leadline.kit.errors import LeadlineError

SETTING = Setting(connection_id=uuid4(), name="Contact", received_at=datetime(2026, 1, 7, tzinfo=UTC))
KNOWN = """
event event_type eventType form_response data fields field answers definition type value label title id ref
payload tracking scheduled_event questions_and_answers triggerType form_id form_name entry_id submissionID
rawRequest email phone name consent attribution first last visitor meta form 1.3 1.6 2 5.1 choice choices
labels options hidden created_time custom.x country value currency page_url _ts _sig
"""
NAMES = st.sampled_from(KNOWN.split())
WORDS = st.sampled_from(
    [
        "form_response",
        "FORM_RESPONSE",
        "invitee.created",
        "form_submission",
        "a@b.example",
        "050-123-4567",
        "on",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | WORDS
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=25,
)


def read_all(raw: bytes, kind: str) -> None:
    # A refusal of the house is an answer; every other exception is a bug.
    with suppress(LeadlineError):
        body = bodies.read(raw, kind)
        for tool in ("auto", *tools.READERS):
            for filled in tools.read(body, tool)[1]:
                inquiry_of(filled, SETTING, "key")
                answers = dict(filled.answers)
                mistakes(first_form("en"), answers, "IL", "he")
                suspicion.reasons(answers, secret="s", form_id="f", now=SETTING.received_at)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_any_json_is_read_or_refused(value: Any) -> None:
    read_all(json.dumps(value).encode(), "application/json")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES | st.text(max_size=12), WORDS | st.text(max_size=12)), max_size=8))
def test_any_form_is_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    read_all(urlencode(pairs, errors="replace").encode(), "application/x-www-form-urlencoded")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "application/json", "multipart/form-data; boundary=x"]))
def test_any_bytes_are_read_or_refused(raw: bytes, kind: str) -> None:
    read_all(raw, kind)
