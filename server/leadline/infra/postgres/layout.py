"""Where everything of the embedded database lies inside the data home, and how it is written safely."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leadline.infra.postgres import accounts
from leadline.infra.postgres.problems import DatabaseProblem


@dataclass(frozen=True)
class Layout:
    """The files and folders of one data home; all of them are ours to make."""

    home: Path

    @property
    def lock(self) -> Path:
        """Held for life by the process that owns the data home."""
        return self.home / "postgres.lock"

    @property
    def folder(self) -> Path:
        """Everything below belongs to the embedded database."""
        return self.home / "postgres"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "cluster"

    @property
    def half_made(self) -> Path:
        """Where a cluster is made before it is moved to its place in one step."""
        return self.folder / "half-made"

    @property
    def running(self) -> Path:
        """Locked by the server child itself, and so free only once all of its processes are gone."""
        return self.folder / "running.lock"

    @property
    def settings(self) -> Path:
        """Our settings, written at each start and read by postgresql.conf."""
        return self.folder / "settings.conf"

    @property
    def start_log(self) -> Path:
        """What the server said before its own log was open."""
        return self.folder / "start.log"

    @property
    def password(self) -> Path:
        """The password of the role the application logs in as."""
        return self.folder / "password"

    @property
    def superuser_password(self) -> Path:
        """The password of PostgreSQL's superuser, which the application never uses."""
        return self.folder / "superuser-password"

    @property
    def reserve(self) -> Path:
        """Room that is given back when the disk is full."""
        return self.folder / "reserve"

    @property
    def sockets(self) -> Path:
        """The usual folder of the unix socket."""
        return self.folder / "run"


def default_data_home(env: Mapping[str, str]) -> Path:
    """LEADLINE_HOME, else /var/lib/leadline for root, else the user's own data folder."""
    if chosen := env.get("LEADLINE_HOME", "").strip():
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Leadline"
    if accounts.runs_as_root():
        return Path("/var/lib/leadline")
    shared = env.get("XDG_DATA_HOME", "")
    # The XDG specification wants relative paths ignored.
    root = (
        Path(shared) if shared.startswith("/") else Path(env.get("HOME") or Path.home()) / ".local" / "share"
    )
    return root / "leadline"


def prepare(home: Path) -> Layout:
    """The layout of a data home whose folders exist; modes of folders that were there are left alone."""
    layout = Layout(Path(os.path.realpath(home)))
    # As root the server child is somebody else, who must be able to pass through but not to look around.
    mode = 0o711 if accounts.runs_as_root() else 0o700
    try:
        _make_folders(layout.home, mode)
        _make_folders(layout.folder, mode)
    except OSError as error:
        raise DatabaseProblem(
            f"The folder {error.filename or layout.home} cannot be made ({error.strerror}). Make it and give "
            "it to the user Leadline runs as, or choose another folder with LEADLINE_HOME."
        ) from error
    if not os.access(layout.folder, os.W_OK | os.X_OK):
        raise DatabaseProblem(
            f"Leadline may not write in {layout.folder}. Give the folder to the user Leadline runs as, or "
            "choose another one with LEADLINE_HOME."
        )
    return layout


def write(path: Path, content: str, *, mode: int) -> None:
    """Put a file in place in one step; a link or a stranger's file of that name is replaced, not followed."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            if sys.platform != "win32":
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can do that."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def password_in(path: Path) -> str:
    """The password kept in a file that only its owner can read; it is drawn once."""
    try:
        kept = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        kept = ""
    if not kept:
        kept = secrets.token_urlsafe(32)
        write(path, kept + "\n", mode=0o600)
    return kept


def _make_folders(folder: Path, mode: int) -> None:
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folders(folder.parent, 0o755)
    folder.mkdir(mode)
    # The process's umask may have taken bits that the server child needs; the folder is new and ours.
    folder.chmod(mode)
