"""Read a posted body, whatever it is written in, into nested plain values. Pure; bounded in every way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict

from leadline.kit import json, text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say

MAX_BYTES = 10 * 1024 * 1024
MAX_FIELDS = 500
_MAX_NAME = 500
_MAX_PATH = 6
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body; its bytes stay in the raw submission."""

    field: str
    name: str
    size: int


@dataclass(frozen=True)
class Body:
    """What was posted: a JSON value, or the fields of a form with repeated names as lists."""

    value: json.JsonValue
    is_json: bool
    uploads: Sequence[Upload] = field(default_factory=tuple)


def read(raw: bytes, content_type: str) -> Body:
    """The body by its content type, or by its look when the type is missing or wrong; Invalid (422) else."""
    if len(raw) > MAX_BYTES:
        raise Invalid(
            say("The body is too big: send at most {count} bytes.", count=MAX_BYTES), code="body_too_large"
        )
    kind = content_type.split(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return _multipart(raw, content_type)
    looks_like_json = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    if looks_like_json or "json" in kind:
        return Body(json.loads(raw), is_json=True)
    return Body(_as_value(_pairs(raw, content_type)), is_json=False)


def nested(fields: dict[str, Any]) -> dict[str, Any]:
    """Bracketed names (`fields[email][value]`) as nested values; other names stay as they are."""
    made: dict[str, Any] = {}
    for name, value in fields.items():
        head = name.split("[", 1)[0]
        path = [head, *_BRACKETS.findall(name[len(head) :])] if head and "[" in name else [name]
        _put(made, path[:_MAX_PATH], value)
    return made


def _pairs(raw: bytes, content_type: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("utf-8", "replace"),
            keep_blank_values=True,
            encoding=_charset(content_type),
            errors="replace",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:
        raise Invalid(
            say("The form has more than {count} fields.", count=MAX_FIELDS), code="too_many_fields"
        ) from None


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type.replace("\n", " ").replace("\r", " ")
    charset = str(message.get_content_charset("utf-8"))
    try:
        "".encode(charset)
    except (LookupError, UnicodeError):
        return "utf-8"
    return charset


class _KeepNames(FileUploadHandler):
    """Notes which files were sent without keeping them: their bytes are in the submission."""

    def __init__(self) -> None:
        super().__init__()
        self.uploads: list[Upload] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is kept."""

    def file_complete(self, file_size: int) -> None:
        """Note the file."""
        self.uploads.append(Upload(text.clean(self.field_name or "", 200), self.file_name or "", file_size))


def _multipart(raw: bytes, content_type: str) -> Body:
    handler = _KeepNames()
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(raw))}
    try:
        fields, _ = MultiPartParser(meta, BytesIO(raw), [handler], "utf-8").parse()
    except (MultiPartParserError, SuspiciousOperation, ValueError) as problem:
        raise Invalid(
            say("The multipart body cannot be read: {trouble}", trouble=str(problem)),
            code="multipart_invalid",
        ) from None
    pairs = [(name, value) for name, values in _lists(fields) for value in values]
    return Body(_as_value(pairs), is_json=False, uploads=tuple(handler.uploads))


def _lists(fields: MultiValueDict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(name, [str(value) for value in values]) for name, values in fields.lists()]


def _as_value(pairs: Sequence[tuple[str, str]]) -> json.JsonValue:
    fields: dict[str, Any] = {}
    for name, value in pairs[:MAX_FIELDS]:
        key, kept = text.clean(name, _MAX_NAME).removesuffix("[]"), text.clean(value)
        if key not in fields:
            fields[key] = kept
        elif isinstance(fields[key], list):
            fields[key].append(kept)
        else:
            fields[key] = [fields[key], kept]
    return fields


def _put(made: dict[str, Any], path: Sequence[str], value: Any) -> None:
    node = made
    for part in path[:-1]:
        inner = node.setdefault(part, {})
        if not isinstance(inner, dict):
            # `a=1&a[b]=2`: both are kept.
            inner = node[part] = {"": inner}
        node = inner
    last = path[-1]
    if isinstance(node.get(last), dict):
        node[last][""] = value
    else:
        node[last] = value
