"""Find out what a file is from its first bytes; a name or a header can lie."""

from __future__ import annotations

# (offset, first bytes, type). From the published signatures of each format.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp3gp", "video/3gpp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
# Office documents are zip or OLE containers: what the sender says may refine those two, nothing else.
_CONTAINERS = {
    "application/zip": (
        "application/vnd.openxmlformats-officedocument.",
        "application/vnd.oasis.opendocument.",
    ),
    "application/x-ole-storage": ("application/msword", "application/vnd.ms-"),
}
_TEXT = {"text/plain", "text/csv", "text/vcard", "text/calendar"}
# Types a browser may show inside our page; everything else is downloaded.
SHOWN = frozenset(mime for _, _, mime in _SIGNATURES if mime.split("/")[0] in ("image", "audio", "video"))


def kind_of(content: bytes, said: str) -> str:
    """The type of the content; `said` is believed only where the content cannot contradict it."""
    said = said.split(";")[0].strip().lower()
    for offset, signature, mime in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return said if said.startswith(_CONTAINERS.get(mime, ())) and mime in _CONTAINERS else mime
    if said in _TEXT and b"\x00" not in content[:4096]:
        return said
    return "application/octet-stream"
