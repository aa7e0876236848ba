"""A backup taken at work is restored elsewhere, whole; a damaged or careless restore changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from leadline.app.archive import restoring
from leadline.app.tests.served import Served, complaint, free_port, run
from leadline.app.troubles import Trouble
from leadline.infra.postgres.testing import temporary_home

OWNER = {"name": "Ola", "email": "ola@acme.example", "password": "correct horse battery staple"}
ACME = {
    "company": "Acme",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
    "sample_data": False,
}


@contextmanager
def folder() -> Iterator[Path]:
    made = temporary_home()
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def served(home: Path) -> Iterator[Served]:
    one = Served(home, free_port())
    try:
        one.wait()
        yield one
    finally:
        one.end()


def browser(one: Served) -> httpx.Client:
    client = httpx.Client(base_url=one.address, trust_env=False, timeout=20)
    client.get("/_allauth/browser/v1/config")
    client.get("/")
    return client


def post(client: httpx.Client, path: str, body: Any) -> httpx.Response:
    return client.post(path, json=body, headers={"X-CSRFToken": client.cookies.get("csrftoken") or ""})


@pytest.fixture(scope="module")
def backup() -> Iterator[Path]:
    """A backup of Acme with one lead and one file, taken while Leadline ran."""
    with folder() as home:
        (home / "files" / "acme").mkdir(parents=True)
        (home / "files" / "acme" / "offer").write_bytes(b"an offer")
        with served(home) as one:
            client = browser(one)
            started = post(client, "/api/v1/start", {**ACME, **OWNER})
            assert started.status_code == 201, started.text
            lead = post(client, "/api/v1/leads", {"name": "Dana", "phone": "+972501234567"})
            assert lead.status_code == 201, lead.text
            done = run(home, "backup", str(home / "acme.backup"))
            assert done.returncode == 0, done.stderr
            assert "proved by restoring it" in done.stdout
        yield home / "acme.backup"


def changed(backup: Path, target: Path, **members: bytes | None) -> Path:
    """A copy of the backup in which some members are others, or missing."""
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            content = members.get(member.name.replace(".", "_"), b"same")
            packed = old.extractfile(member)
            if content is None or packed is None:
                continue
            body = packed.read() if content == b"same" else content
            member.size = len(body)
            new.addfile(member, io.BytesIO(body))
    return target


def test_a_backup_can_be_read_by_its_owner_only(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_another_machine_goes_on_where_the_backup_was_taken(backup: Path) -> None:
    with folder() as home:
        done = run(home, "restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert (home / "files" / "acme" / "offer").read_bytes() == b"an offer"
        with served(home) as one:
            client = browser(one)
            login = post(
                client,
                "/_allauth/browser/v1/auth/login",
                {"email": OWNER["email"], "password": OWNER["password"]},
            )
            assert login.status_code == 200, login.text
            leads = client.get("/api/v1/leads").json()
            assert [lead["name"] for lead in leads["items"]] == ["Dana"]
            assert "Stop it first" in complaint(home, "restore", str(backup), "--replace")
        # What is there is replaced only when that was said.
        assert "--replace" in complaint(home, "restore", str(backup))
        assert run(home, "restore", str(backup), "--replace").returncode == 0


def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as tar, tar.extractfile("manifest.json") as packed:  # type: ignore[union-attr]
        manifest = json.load(packed)
    fewer = json.dumps({**manifest, "rows": {**manifest["rows"], "leads_lead": 2}}).encode()
    newer = json.dumps({**manifest, "format": 99}).encode()
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"no backup")
    with folder() as home:
        for told, source in (
            ("no file", tmp_path / "none"),
            ("not a backup", garbage),
            ("newer Leadline", changed(backup, tmp_path / "newer", manifest_json=newer)),
            ("is damaged", changed(backup, tmp_path / "damaged", database_dump=b"xx")),
            ("not whole", changed(backup, tmp_path / "half", database_dump=None)),
            ("leads_lead has 1 rows, not 2", changed(backup, tmp_path / "fewer", manifest_json=fewer)),
        ):
            assert told in complaint(home, "restore", str(source)), told
        assert not (home / "secret_key").exists()


@pytest.mark.parametrize("name", ["files/../key", "files/../../key", "files/a/../../../key"])
def test_a_file_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for member, said in (("files/ab/good", b"good"), (name, b"evil")):
            about = tarfile.TarInfo(member)
            about.size = len(said)
            tar.addfile(about, io.BytesIO(said))
    home = tmp_path / "home"
    made.seek(0)
    with tarfile.open(fileobj=made) as tar, pytest.raises(Trouble, match="outside its folder"):
        restoring._unpack_files(tar, home)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["good"]
    assert stat.S_IMODE((home / "files/ab/good").stat().st_mode) == 0o600


def test_an_empty_database_is_not_backed_up(tmp_path: Path) -> None:
    with folder() as home:
        assert "nothing to back up" in complaint(home, "backup", str(tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []
