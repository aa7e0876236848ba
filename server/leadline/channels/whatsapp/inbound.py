"""Verify and take apart WhatsApp deliveries. Pure: bytes in, values out; odd content never raises."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leadline.channels.whatsapp import reading
from leadline.channels.whatsapp.contents import Item
from leadline.channels.whatsapp.reading import as_dict, as_list, as_text
from leadline.kit import json, signing

MAX_BODY_BYTES = 3 * 1024 * 1024
_LONGEST_KEY = 180


@dataclass(frozen=True)
class Cut:
    """One item of a delivery as a body of its own, in the shape it came in."""

    natural_key: str
    phone_number_id: str
    body: bytes


def verified(raw: bytes, signature: str | None, app_secret: str) -> bool:
    """Whether the raw bytes were signed with the app secret; never true without a secret or a header."""
    if not app_secret or not signature or not signature.startswith("sha256="):
        return False
    return signing.equal("sha256=" + signing.hmac_sha256_hex(app_secret, raw), signature.strip())


def cut(raw: bytes) -> list[Cut]:
    """Every item of the delivery; one alone keeps the exact bytes. Invalid when the bytes are not JSON."""
    parts = list(_parts(json.loads(raw)))
    if len(parts) == 1:
        key, number, _ = parts[0]
        return [Cut(key, number, raw)]
    return [Cut(key, number, json.dumps(envelope)) for key, number, envelope in parts]


def read(raw: bytes) -> list[Item]:
    """The items of a stored body."""
    return [
        _item(entry, field, value, key, part)
        for entry, field, value in _changes(json.loads(raw))
        for key, part in _split(field, value)
    ]


def _changes(body: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for entry in as_list(as_dict(body).get("entry")):
        for change in as_list(as_dict(entry).get("changes")):
            found = as_dict(change)
            yield (
                as_text(as_dict(entry).get("id")),
                as_text(found.get("field")),
                as_dict(found.get("value")),
            )


def _parts(body: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for entry, field, value in _changes(body):
        for key, part in _split(field, value):
            number = as_text(as_dict(value.get("metadata")).get("phone_number_id"))
            envelope = {
                "object": as_dict(body).get("object"),
                "entry": [{"id": entry, "changes": [{"field": field, "value": part}]}],
            }
            yield key, number, envelope


def _split(field: str, value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The value cut into values with one message, status or preference each, with their natural keys."""
    lists = {"messages": "messages", "statuses": "statuses", "user_preferences": "user_preferences"}
    shared = {k: v for k, v in value.items() if k not in lists}
    found = False
    for name in lists:
        for part in as_list(value.get(name)):
            found = True
            yield _key(field, name, part), {**shared, name: [part]}
    if not found:
        yield _key(field, "value", value), value


def _key(field: str, name: str, part: Any) -> str:
    part_id = as_text(as_dict(part).get("id"))
    if name == "statuses" and part_id:
        key = f"{part_id}:{as_text(as_dict(part).get('status'))}"
    elif name == "messages" and part_id:
        key = part_id
    else:
        key = f"{field or 'none'}:{hashlib.sha256(json.dumps(part, sort_keys=True)).hexdigest()}"
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def _item(entry: str, field: str, value: dict[str, Any], key: str, part: dict[str, Any]) -> Item:
    metadata = as_dict(value.get("metadata"))
    return Item(
        natural_key=key,
        account_id=entry,
        phone_number_id=as_text(metadata.get("phone_number_id")),
        display_phone=as_text(metadata.get("display_phone_number")),
        content=reading.content(field, part),
    )
