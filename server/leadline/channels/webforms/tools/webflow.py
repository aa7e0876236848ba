"""Webflow: answers by label, numbers where text is expected."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled, flat, moment, plain, record


def read(body: Body) -> Sequence[Filled] | None:
    """The one submission in a `form_submission` delivery."""
    value = record(body.value)
    if value.get("triggerType") != "form_submission":
        return None
    payload = record(value.get("payload"))
    return [
        Filled(
            key=plain(payload.get("id")),
            answers=flat(record(payload.get("data"))),
            form_name=plain(payload.get("name")),
            at=moment(payload.get("submittedAt")),
        )
    ]
