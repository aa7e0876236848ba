"""Which operating system user the server child runs as; PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from leadline.infra.postgres.problems import DatabaseProblem

PREFERRED = ("leadline", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user the server child runs as; `dropped` is true where we are root and the child is not."""

    uid: int
    gid: int
    name: str
    dropped: bool

    def own(self, path: Path) -> None:
        """Hand a file or folder that we made over to this user."""
        if self.dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def runs_as_root() -> bool:
    """Whether this process is root on a system that knows root."""
    if sys.platform == "win32":
        return False
    return os.geteuid() == 0


def account_for(cluster: Path) -> Account:
    """The owner of existing data, else the best unprivileged user there is; nobody is created."""
    if sys.platform == "win32":
        return Account(uid=-1, gid=-1, name="", dropped=False)
    if not runs_as_root():
        return _own_account(cluster)

    import pwd

    if cluster.is_dir():
        return _owner_of(cluster)
    for name in PREFERRED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid != 0:
            return Account(user.pw_uid, user.pw_gid, name, dropped=True)
    raise DatabaseProblem(
        "PostgreSQL does not run as root and this system has no user to run it as. Create one with "
        "`useradd --system leadline`, or start Leadline as an ordinary user."
    )


def name_of(uid: int) -> str:
    """The login name of a user id, or the number where it has none."""
    if sys.platform == "win32":
        return str(uid)
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _own_account(cluster: Path) -> Account:
    if cluster.is_dir() and cluster.stat().st_uid != os.geteuid():
        owner = name_of(cluster.stat().st_uid)
        raise DatabaseProblem(
            f"The database in {cluster} belongs to {owner}, but Leadline runs as {name_of(os.geteuid())}. "
            f"Start it as {owner} or as root, or choose another folder with LEADLINE_HOME."
        )
    return Account(os.geteuid(), os.getegid(), name_of(os.geteuid()), dropped=False)


def _owner_of(cluster: Path) -> Account:
    owner = cluster.stat()
    if owner.st_uid == 0:
        raise DatabaseProblem(
            f"The database in {cluster} belongs to root, and PostgreSQL does not run as root. Give the "
            f"folder to an ordinary user: `chown -R postgres {cluster}`."
        )
    return Account(owner.st_uid, owner.st_gid, name_of(owner.st_uid), dropped=True)
