"""Files are what their bytes say, belong to one company, and are never run by a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from leadline.infra import files, tenancy
from leadline.infra.files import kinds
from leadline.kit.errors import NotFound
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_file_comes_back_as_it_was(inside: Workspace) -> None:
    stored = files.store("photo.png", PNG, "image/png")
    assert files.read(stored.id) == PNG
    assert files.answer(stored.id).headers["Content-Disposition"].startswith("inline")


def test_equal_contents_lie_on_the_disk_once(inside: Workspace, tmp_path: Path) -> None:
    first, second = files.store("a.png", PNG), files.store("b.png", PNG)
    assert first.path == second.path
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_a_page_that_calls_itself_a_picture_is_only_downloaded(inside: Workspace) -> None:
    stored = files.store("../../etc/photo.png", b"<script>alert(1)</script>", "image/png")
    answer = files.answer(stored.id)
    assert (answer.headers["Content-Type"], stored.name) == ("application/octet-stream", "_.._etc_photo.png")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "said", "is_"),
    [
        (b"\xff\xd8\xff\xe0", "text/html", "image/jpeg"),
        (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "text/html", "application/zip"),
        (b"hello", "text/plain; charset=utf-8", "text/plain"),
        (b"hel\x00lo", "text/plain", "application/octet-stream"),
        (b"<svg onload=x>", "image/svg+xml", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_content_says_what_it_is(content: bytes, said: str, is_: str) -> None:
    assert kinds.kind_of(content, said) == is_


def test_an_empty_file_is_refused(inside: Workspace) -> None:
    with pytest.raises(files.FileRefused):
        files.store("nothing", b"")


def test_another_company_does_not_find_it(workspace: Workspace, stranger: Actor) -> None:
    with tenancy.workspace(workspace.id):
        stored = files.store("a.png", PNG)
    with tenancy.workspace(stranger.workspace_id), pytest.raises(NotFound):
        files.read(stored.id)


def test_a_missing_file_says_so(inside: Workspace, tmp_path: Path) -> None:
    stored = files.store("a.png", PNG)
    (tmp_path / stored.path).unlink()
    with pytest.raises(NotFound, match="backup"):
        files.answer(stored.id)
    with pytest.raises(NotFound):
        files.read(UUID(int=5))
