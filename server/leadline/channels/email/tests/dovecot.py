"""A real IMAP server for the tests: Dovecot with one mailbox in a folder of its own."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "open-sesame-7"  # the tests' own
_CONFIG = """
base_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot:
    """A running server; `put` lays a mail into its mailbox as a delivery does."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        me = getpass.getuser()
        root = os.getuid() == 0
        self.owner = "nobody" if root else me
        account = pwd.getpwnam(self.owner)
        for folder in (home / "run", home / "mail"):
            folder.mkdir(parents=True)
        config = home / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                home=home,
                port=self.port,
                internal="dovecot" if root else me,
                group="dovecot" if root else _group(),
                login="dovenull" if root else me,
                owner=account.pw_uid,
                owner_group=account.pw_gid,
                password=PASSWORD,
            )
        )
        if root:
            for part in (home, *home.parents):
                if part.is_relative_to("/tmp") and part != Path("/tmp"):
                    part.chmod(0o755)
            os.chown(home / "mail", account.pw_uid, account.pw_gid)
        assert PROGRAM is not None
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
        self._wait()

    def put(self, raw: bytes, folder: str = "") -> None:
        """Deliver a mail."""
        place = self.home / "mail" / (f".{folder}" if folder else "")
        for name in ("tmp", "new", "cur"):
            (place / name).mkdir(parents=True, exist_ok=True)
        account = pwd.getpwnam(self.owner)
        target = place / "new" / f"{time.time_ns()}.test"
        side = place / "tmp" / target.name
        side.write_bytes(raw)
        if os.getuid() == 0:
            for part in (place, *(place / name for name in ("tmp", "new", "cur")), side):
                os.chown(part, account.pw_uid, account.pw_gid)
        side.rename(target)

    def forget_numbers(self) -> None:
        """Let the server number its mails anew, under another UIDVALIDITY."""
        for name in (*(self.home / "mail").glob("dovecot*"), *(self.home / "mail").glob("*/dovecot*")):
            name.unlink()

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(10)

    def _wait(self) -> None:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError((self.home / "log").read_text())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name
