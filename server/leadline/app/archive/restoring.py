"""Read a backup: into a new database beside the present one, checked, and only then put in its place."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from leadline.app.archive.access import Access
from leadline.app.troubles import Trouble

FORMAT = 1
MANIFEST, KEY, DUMP, FILES = "manifest.json", "secret_key", "database.dump", "files"
# Rules of access name roles of the server; they are made anew for the server the backup is restored on.
NOT_RESTORED = (" POLICY ", " ROW SECURITY ", " ACL ", " COMMENT ")
KEPT = "leadline_before_restore"

Say = Callable[[str], None]


def restore(access: Access, source: Path, *, home: Path, replace: bool, say: Say) -> dict[str, Any]:
    """Put the backup in the place of the database; the database before it is kept under another name.

    Until the last step nothing is changed; Trouble says why it was not restored.
    """
    with (
        _opened(source) as (tar, manifest),
        tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as side,
    ):
        _refuse_to_overwrite(access, replace)
        dump = Path(side) / DUMP
        _unpack(tar, DUMP, dump)
        if _digest(dump) != manifest["sha256"]:
            raise Trouble(f"{source} is damaged: its database is not what was written. Use another backup.")
        fresh = access.to(f"leadline_restored_{secrets.token_hex(4)}")
        say("Restoring the database beside the present one.")
        try:
            fill(fresh, dump)
            compare(fresh, manifest)
            protect(fresh)
        except BaseException:
            fresh.drop()
            raise
        say("Restoring the files.")
        _unpack_files(tar, home)
        _swap(access, fresh)
        key = tar.extractfile(KEY)
        if key is not None:
            _put_key(home / KEY, key.read())
    return manifest


def prove(access: Access, dump: Path, manifest: dict[str, Any]) -> None:
    """Trouble unless the dump restores into a new database with the same rows; the new one is removed."""
    trial = access.to(f"leadline_proof_{secrets.token_hex(4)}")
    try:
        fill(trial, dump)
        compare(trial, manifest)
    finally:
        trial.drop()


def fill(empty: Access, dump: Path) -> None:
    """Make the database and fill it from the dump, in one transaction."""
    empty.create()
    listed = _contents(empty, dump)
    wanted = dump.with_suffix(".list")
    wanted.write_text("\n".join(line for line in listed if not any(word in line for word in NOT_RESTORED)))
    empty.run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--use-list={wanted}",
        str(dump),
    )


def compare(restored: Access, manifest: dict[str, Any]) -> None:
    """Trouble unless every table has as many rows as when the backup was made."""
    expected, found = manifest["rows"], restored.counts()
    wrong = [name for name in {*expected, *found} if expected.get(name) != found.get(name)]
    if wrong:
        name = sorted(wrong)[0]
        raise Trouble(
            f"The backup does not restore: {name} has {found.get(name)} rows, not {expected.get(name)}. "
            "Nothing was changed. Make a new backup, or use another one."
        )


def protect(restored: Access) -> None:
    """Make the rules of access anew; Trouble when a newer Leadline wrote the backup."""
    import django
    from django.db import connection, connections

    from leadline.app import database
    from leadline.app.processes import migrating
    from leadline.infra import roles
    from leadline.infra.apps import act_as_owner

    django.setup()
    act_as_owner(True)
    before = dict(connections.settings["default"])
    connections.settings["default"].update(database.parts(restored.url))
    connection.close()
    try:
        migrating.refuse_newer_tables()
        roles.protect()
    finally:
        connection.close()
        connections.settings["default"].update(before)
        act_as_owner(False)


@contextmanager
def _opened(source: Path) -> Iterator[tuple[tarfile.TarFile, dict[str, Any]]]:
    try:
        tar = tarfile.open(source, "r:")  # noqa: SIM115 - closed below
    except FileNotFoundError as error:
        raise Trouble(f"There is no file {source}.") from error
    except (tarfile.TarError, OSError) as error:
        raise Trouble(f"{source} is not a backup of Leadline.") from error
    with tar:
        yield tar, _manifest(tar, source)


def _manifest(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    try:
        member = tar.extractfile(MANIFEST)
        assert member is not None
        manifest: dict[str, Any] = json.loads(member.read())
        form = manifest["format"]
    except (KeyError, AssertionError, ValueError, tarfile.TarError) as error:
        raise Trouble(f"{source} is not a backup of Leadline.") from error
    if form != FORMAT:
        raise Trouble(
            f"{source} was made by a newer Leadline ({manifest.get('leadline')}). Install that first."
        )
    return manifest


def _refuse_to_overwrite(access: Access, replace: bool) -> None:
    with access.connect() as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
        if others and others[0]:
            raise Trouble("Leadline is using this database. Stop it first, then restore.")
        if replace:
            return
        there = connection.execute("SELECT to_regclass('public.workspaces_workspace')").fetchone()
        if there and there[0] is not None:
            full = connection.execute("SELECT EXISTS (SELECT 1 FROM workspaces_workspace)").fetchone()
            if full and full[0]:
                raise Trouble(
                    "There is a company in this database already. To put the backup in its place, say "
                    f"--replace; the present data is kept as the database {KEPT}."
                )


def _swap(access: Access, fresh: Access) -> None:
    access.to(KEPT).drop()
    try:
        access.rename(KEPT)
    except psycopg.Error as error:
        fresh.drop()
        raise Trouble(
            f"The present database could not be put aside: {error}. Nothing was changed."
        ) from error
    fresh.rename(access.name)


def _contents(access: Access, dump: Path) -> list[str]:
    command = [str(access.programs.program("pg_restore")), "--list", str(dump)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Trouble(f"The backup cannot be read: {done.stderr.strip()}.")
    return done.stdout.splitlines()


def _unpack(tar: tarfile.TarFile, name: str, target: Path) -> None:
    try:
        packed = tar.extractfile(name)
    except KeyError as error:
        raise Trouble("The backup is not whole: the database is missing. Use another one.") from error
    assert packed is not None
    with packed, target.open("wb") as out:
        while block := packed.read(1024 * 1024):
            out.write(block)


def _unpack_files(tar: tarfile.TarFile, home: Path) -> None:
    """Add the files of the backup; their names are their contents, so one that is there is the same."""
    inside = (home / FILES).resolve()
    for member in tar.getmembers():
        target = home / member.name
        if not member.name.startswith(f"{FILES}/") or not member.isfile() or target.exists():
            continue
        # Not every Python 3.11 knows tar's own guard against names that lead elsewhere.
        if inside not in target.resolve().parents:
            raise Trouble(f"The backup holds a file outside its folder: {member.name}. Use another one.")
        target.parent.mkdir(parents=True, exist_ok=True)
        # Only whole files bear their name: a restore that was cut off begins such a one anew.
        part = target.with_name(f"{target.name}.part")
        _unpack(tar, member.name, part)
        part.chmod(0o600)
        part.replace(target)


def _put_key(path: Path, key: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(key)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
