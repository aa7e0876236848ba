"""Put the values of inquiries where they belong; what does not fit there is kept beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from leadline.capture.ports import Inquiry
from leadline.engines.schema.actions import ValueCheck
from leadline.kit.errors import Invalid


def placed(inquiries: Sequence[Inquiry]) -> list[Inquiry]:
    """The inquiries with checked field values; a value that no field takes moves to the extra data."""
    keys = {key for inquiry in inquiries for key in inquiry.fields}
    if not keys:
        return list(inquiries)
    check = ValueCheck("lead", keys)
    return [_placed(inquiry, check) for inquiry in inquiries]


def _placed(inquiry: Inquiry, check: ValueCheck) -> Inquiry:
    fields: dict[str, Any] = {}
    extra = dict(inquiry.extra)
    for key, value in inquiry.fields.items():
        try:
            fields |= check({key: value})
        except Invalid:
            # A stranger's spelling must not cost the lead.
            extra.setdefault(key, value)
    return replace(inquiry, fields=fields, extra=extra)
