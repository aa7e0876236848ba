"""Write a backup: everything as of one moment, then restored on the side to prove that it can be."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from leadline.app.archive import restoring
from leadline.app.archive.access import Access, count_rows
from leadline.app.archive.restoring import DUMP, FILES, FORMAT, KEY, MANIFEST
from leadline.app.troubles import Trouble

Say = Callable[[str], None]


def save(
    access: Access, target: Path, *, key: str, files: Path, verify: bool = True, say: Say
) -> dict[str, Any]:
    """Write the backup file, whole or not at all; its manifest. Trouble when it does not restore."""
    if target.is_dir() or not target.parent.is_dir():
        raise Trouble(f"{target} is not a place for a file. Name a file in a folder that exists.")
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".leadline-") as folder:
        dump = Path(folder) / DUMP
        manifest = _dump(access, dump)
        manifest["sha256"] = _digest(dump)
        if verify:
            say("Restoring the backup on the side, to prove it.")
            restoring.prove(access, dump, manifest)
        # Files are never changed or overwritten, so those of the dump's moment are still there.
        try:
            _write(beside, manifest, dump=dump, key=key, files=files)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return manifest


def _dump(access: Access, dump: Path) -> dict[str, Any]:
    with access.connect() as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        counts = _count(connection)
        access.run(
            "pg_dump",
            "--format=custom",
            f"--snapshot={row[0]}",
            # The owner sees every row by its own rule; row-level security stays on while reading.
            "--enable-row-security",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
            f"--file={dump}",
        )
    return {
        "format": FORMAT,
        "leadline": version("leadline"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": counts,
    }


def _count(connection: psycopg.Connection) -> dict[str, int]:
    counts = count_rows(connection)
    if "django_migrations" not in counts:
        raise Trouble("This database has no tables of Leadline yet; there is nothing to back up.")
    return counts


def _write(target: Path, manifest: dict[str, Any], *, dump: Path, key: str, files: Path) -> None:
    # It holds the key of all stored secrets, so only its owner may read it.
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
        _add(tar, KEY, key.encode())
        tar.add(dump, arcname=DUMP)
        if files.is_dir():
            tar.add(files, arcname=FILES, filter=_whole_files)
        out.flush()
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _whole_files(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name.endswith(".part") or member.issym() or member.islnk() else member


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
