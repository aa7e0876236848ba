"""The translations: read a .po file, and compile it to the .mo file that the server reads.

Compiled files are in the repository, so that neither a build nor a start needs a gettext of the system.
`make words` compiles them; a test refuses one that is older than its source.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
_LINE = re.compile(r'(msgid|msgid_plural|msgstr)(?:\[(\d)\])? (".*")')
_MAGIC = 0x950412DE
_BETWEEN = "\0"


def entries(source: str) -> dict[str, str]:
    """Every id with its translation; forms for several are joined as compiled catalogues join them."""
    found: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", source):
        parts = _parts(block.splitlines())
        if "msgid" not in parts:
            continue
        key, told = parts["msgid"], parts.get("msgstr", "")
        if "msgid_plural" in parts:
            key += _BETWEEN + parts["msgid_plural"]
            told = _BETWEEN.join(parts[name] for name in sorted(parts) if name.startswith("msgstr["))
        if key in found:
            raise ValueError(f"The catalogue translates “{key}” twice.")
        found[key] = told
    return found


def _parts(lines: Iterable[str]) -> dict[str, str]:
    parts: dict[str, str] = {}
    name = ""
    for line in lines:
        begun = _LINE.match(line)
        if begun:
            name = begun[1] + (f"[{begun[2]}]" if begun[2] else "")
            parts[name] = ast.literal_eval(begun[3])
        elif line.startswith('"') and name:
            parts[name] += ast.literal_eval(line)
    return parts


def compiled(told: Mapping[str, str]) -> bytes:
    """The catalogue as gettext reads it; ids without translation are left out."""
    pairs = sorted((key.encode(), value.encode()) for key, value in told.items() if value.strip(_BETWEEN))
    table, texts = 28, 28 + 16 * len(pairs)
    places: tuple[list[int], list[int]] = ([], [])
    body = b""
    for column in (0, 1):
        for pair in pairs:
            places[column].extend((len(pair[column]), texts + len(body)))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), table, table + 8 * len(pairs), 0, texts)
    return head + struct.pack(f"<{4 * len(pairs)}I", *places[0], *places[1]) + body


def compile_all() -> None:
    """Compile every language anew."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        source.with_suffix(".mo").write_bytes(compiled(entries(source.read_text())))


if __name__ == "__main__":
    compile_all()
