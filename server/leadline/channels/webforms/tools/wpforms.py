"""WPForms: the keys chosen in the add-on, or numbered fields with name and value."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.channels.webforms.bodies import Body, nested
from leadline.channels.webforms.filled import Filled, flat, plain, record

_OWN = {"form_id", "entry_id", "page_url", "form_name"}


def read(body: Body) -> Sequence[Filled] | None:
    """The one entry of the delivery."""
    value = nested(record(body.value))
    numbered = isinstance(value.get("fields"), dict)
    if "form_id" not in value or not (numbered or "entry_id" in value):
        return None
    entry = plain(value.get("entry_id"))
    answers = flat({name: given for name, given in value.items() if name not in _OWN})
    return [
        Filled(
            key=f"{plain(value['form_id'])}:{entry}" if entry else "",
            answers={name.removeprefix("fields."): given for name, given in answers.items()},
            form_name=plain(value.get("form_name")),
            page=plain(value.get("page_url")),
        )
    ]
