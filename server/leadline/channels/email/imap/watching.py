"""Keep one reader per mailbox running: in the process that holds the clock, restarted when it fails."""

from __future__ import annotations

import imaplib
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection as database

from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.email.imap.client import ImapClient, MailboxError, NoAccess
from leadline.channels.email.imap.reading import read_folders
from leadline.channels.email.mailbox import IMAP, KEY, mailbox_of
from leadline.infra import tenancy

log = logging.getLogger(__name__)

LOOK_AGAIN = 240.0
# Who was not told to go on for so long has lost the clock: another process reads in its place.
_ABANDONED = 60.0
_FIRST_PAUSE = 15.0
_LONGEST_PAUSE = 900.0
_NO_ACCESS = "The mail server refuses our access. Check the user name and the password."


@dataclass
class Reader:
    """A thread that reads one mailbox as its connection was at `version`."""

    connection_id: UUID
    workspace_id: UUID
    version: int
    stopping: threading.Event = field(default_factory=threading.Event)
    told: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read."""
        name = f"mailbox-{self.connection_id}"
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still reads."""
        return self.thread is not None and self.thread.is_alive()

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while not self._is_over():
            try:
                self._read()
                pause = _FIRST_PAUSE
            except NoAccess as refusal:
                self._note(f"{_NO_ACCESS} ({refusal})")
                pause = _LONGEST_PAUSE
            except (MailboxError, imaplib.IMAP4.error, OSError) as problem:
                self._note(f"The mailbox cannot be read: {problem}")
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Exception:
                log.exception("mailbox %s", self.connection_id)
                pause = min(pause * 2, _LONGEST_PAUSE)
            finally:
                # Who waits for mail for minutes keeps no connection to the database.
                database.close()
            self.stopping.wait(pause)

    def _read(self) -> None:
        """Read until the connection ends; returns when it is time to stop."""
        with tenancy.workspace(self.workspace_id):
            row = Connection.objects.get(id=self.connection_id)
        box, password = mailbox_of(row), queries.secrets_of(row).get("imap_password", "")
        if box.imap is None:
            return
        client = ImapClient(box.imap)
        try:
            client.enter(password)
            while not self._is_over():
                read_folders(client, row, box)
                self._note("")
                database.close()
                client.look(box.folders[0])
                client.wait(LOOK_AGAIN, self.stopping)
        finally:
            client.shutdown()

    def _note(self, problem: str) -> None:
        with tenancy.workspace(self.workspace_id):
            row = Connection.objects.get(id=self.connection_id)
            if row.last_error != problem:
                capture.note_error(row, problem)

    def _is_over(self) -> bool:
        if time.monotonic() - self.told > _ABANDONED:
            self.stopping.set()
        return self.stopping.is_set()


class Watch:
    """The readers of this process."""

    def __init__(self) -> None:
        self._readers: dict[UUID, Reader] = {}

    def keep(self, wanted: Mapping[UUID, tuple[UUID, int]]) -> None:
        """Read exactly these mailboxes (workspace and version by connection), each by one thread."""
        for connection_id, reader in list(self._readers.items()):
            if wanted.get(connection_id) != (reader.workspace_id, reader.version) or not reader.alive:
                reader.stopping.set()
                del self._readers[connection_id]
            else:
                reader.told = time.monotonic()
        for connection_id, (workspace_id, version) in wanted.items():
            if connection_id not in self._readers:
                reader = self._readers[connection_id] = Reader(connection_id, workspace_id, version)
                reader.start()


def mailboxes_to_read() -> dict[UUID, tuple[UUID, int]]:
    """Every mailbox that is read by IMAP, with its workspace and version; one statement."""
    with tenancy.everywhere():
        rows = Connection.objects.filter(
            channel=KEY, closed_at=None, enabled=True, settings__incoming=IMAP
        ).values_list("id", "workspace_id", "version")
        return {row_id: (workspace_id, version) for row_id, workspace_id, version in rows}


watch = Watch()
