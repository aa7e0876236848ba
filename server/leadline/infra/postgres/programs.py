"""A copy of the PostgreSQL programs for a server user who may not read the originals."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from leadline.infra.postgres import processes
from leadline.infra.postgres.accounts import Account
from leadline.infra.postgres.discovery import Binaries
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.problems import DatabaseProblem

SHARED_LIBRARIES = "*.libs"


def readable_by(account: Account, binaries: Binaries, layout: Layout) -> Binaries:
    """The programs themselves, or a copy in the data home where the server's user cannot reach them."""
    if _in_reach(account, binaries.folder):
        return binaries

    prefix = binaries.folder.parent
    size = binaries.program("postgres").stat()
    place = layout.folder / f"programs-{binaries.version}-{size.st_size:x}-{int(size.st_mtime):x}"
    copied = place / prefix.parent.name / prefix.name / binaries.folder.name
    if not copied.is_dir():
        if not (prefix / "lib").is_dir() or not (prefix / "share").is_dir():
            raise _out_of_reach(account, binaries.folder)
        _copy(prefix, place)
    if not _in_reach(account, copied):
        raise _out_of_reach(account, copied)
    return dataclasses.replace(binaries, folder=copied)


def _in_reach(account: Account, folder: Path) -> bool:
    share = folder.parent / "share" / "postgres.bki"
    wanted = [folder / "postgres", folder / "initdb", *([share] if share.exists() else [])]
    return processes.first_out_of_reach(account, wanted) is None


def _copy(prefix: Path, place: Path) -> None:
    """Copy what the server needs, so that an interrupted copy is never taken for a whole one."""
    for earlier in place.parent.glob("programs-*"):
        shutil.rmtree(earlier)
    beside = place.with_name("programs-half-copied")
    target = beside / prefix.parent.name / prefix.name
    shutil.copytree(prefix, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "doc"))
    # A repaired wheel keeps the libraries its programs need beside its package, and finds them from there.
    for libraries in prefix.parent.parent.glob(f"{prefix.parent.name}{SHARED_LIBRARIES}"):
        shutil.copytree(libraries, beside / libraries.name)
    for path in (beside, *beside.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
    beside.rename(place)


def _out_of_reach(account: Account, folder: Path) -> DatabaseProblem:
    return DatabaseProblem(
        f"Leadline runs as root, so the database runs as the user {account.name}, who may not run the "
        f"programs in {folder}. Let everybody enter and read that folder, or set LEADLINE_PG_BIN to one "
        "where that is so."
    )
