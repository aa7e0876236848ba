"""Store and give out files of the running workspace."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO
from urllib.parse import quote
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse

from leadline.infra import lookup, tenancy
from leadline.infra.files import kinds
from leadline.infra.models import StoredFile
from leadline.kit import text
from leadline.kit.errors import Invalid, NotFound

MAX_BYTES = 100 * 1024 * 1024
_PIECE = 1024 * 1024


class FileRefused(Invalid):
    """The file is empty or too large."""

    default_code = "file_refused"


def store(name: str, content: bytes, mime: str = "") -> StoredFile:
    """Keep a file of the running workspace; equal contents lie on the disk once.

    The bytes are on the disk before the row is written, so a row never points to nothing.
    """
    if not content:
        raise FileRefused("The file is empty.")
    if len(content) > MAX_BYTES:
        raise FileRefused(f"Files can have at most {MAX_BYTES // 1024 // 1024} MB.")
    digest = hashlib.sha256(content).hexdigest()
    place = f"{tenancy.require_current()}/{digest[:2]}/{digest}"
    _write(Path(settings.MEDIA_ROOT) / place, content)
    return StoredFile.objects.create(
        name=_safe_name(name),
        mime=kinds.kind_of(content, mime),
        size=len(content),
        sha256=digest,
        path=place,
    )


def store_stream(name: str, source: IO[bytes], mime: str = "") -> StoredFile:
    """Like store(), for files that are never held in memory whole; the source is read from its beginning."""
    source.seek(0)
    folder = Path(settings.MEDIA_ROOT) / str(tenancy.require_current())
    folder.mkdir(parents=True, exist_ok=True)
    side = folder / f"{uuid4()}.part"
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with side.open("wb") as out:
            while piece := source.read(_PIECE):
                head = head or piece[:4096]
                size += len(piece)
                if size > MAX_BYTES:
                    raise FileRefused(f"Files can have at most {MAX_BYTES // 1024 // 1024} MB.")
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if not size:
            raise FileRefused("The file is empty.")
        place = f"{folder.name}/{digest.hexdigest()[:2]}/{digest.hexdigest()}"
        target = Path(settings.MEDIA_ROOT) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        side.replace(target)
    finally:
        side.unlink(missing_ok=True)
    return StoredFile.objects.create(
        name=_safe_name(name),
        mime=kinds.kind_of(head, mime),
        size=size,
        sha256=digest.hexdigest(),
        path=place,
    )


def opened(file_id: UUID) -> IO[bytes]:
    """A file of the running workspace, open for reading; the caller closes it."""
    return _path(_row(file_id)).open("rb")


def read(file_id: UUID) -> bytes:
    """The bytes of a file of the running workspace; NotFound (404) otherwise."""
    return _path(_row(file_id)).read_bytes()


def answer(file_id: UUID) -> HttpResponse:
    """The file as an answer that no browser runs: an attachment, unless it is a picture, sound or film."""
    row = _row(file_id)
    response = HttpResponse(_path(row).read_bytes(), content_type=row.mime)
    how = "inline" if row.mime in kinds.SHOWN else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(row.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def _row(file_id: UUID) -> StoredFile:
    return lookup.get(StoredFile.objects.all(), file_id)


def _path(row: StoredFile) -> Path:
    path = Path(settings.MEDIA_ROOT) / row.path
    if not path.exists():
        raise NotFound("The file is no longer on this server. Restore it from a backup.")
    return path


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    side = path.with_suffix(f".{os.getpid()}.part")
    with side.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    side.replace(path)


def _safe_name(name: str) -> str:
    cleaned = text.clean(name, 255).replace("/", "_").replace("\\", "_").strip(". ")
    return cleaned or "file"
