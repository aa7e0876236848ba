"""Mailboxes are read by IMAP from a real server: every new mail once, none marked as read, none lost."""

from __future__ import annotations

import imaplib
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from leadline.capture.models import Connection, Submission
from leadline.channels.email import trying
from leadline.channels.email.imap.client import ImapClient, NoAccess, _modified_utf7
from leadline.channels.email.imap.reading import read_folders
from leadline.channels.email.mailbox import Server, mailbox_of
from leadline.channels.email.models import FolderMark
from leadline.channels.email.tests.conftest import Drain, Opened, mail
from leadline.channels.email.tests.dovecot import PASSWORD, PROGRAM, Dovecot
from leadline.conversations.models import Message
from leadline.infra.http import addresses
from leadline.leads.models import Lead
from leadline.workspaces.actor import Actor

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed; make test installs it")
SALES = "sales@crm.example.com"


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    server = Dovecot(tmp_path_factory.mktemp("dovecot"))
    yield server
    server.stop()


@pytest.fixture
def imap(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """How the server of the tests is reached, which stands in a private network."""
    monkeypatch.setattr(addresses, "resolve_host", lambda host, port: "127.0.0.1")
    return {"host": "imap.example.com", "port": dovecot.port, "security": "none", "username": "sales"}


@pytest.fixture
def box(opened: Opened, imap: dict[str, Any]) -> Connection:
    """A mailbox read by IMAP, with the folder of what its people send."""
    return opened({"imap_password": PASSWORD}, incoming="imap", imap=imap, sent_folder="Sent")


def read(box: Connection) -> int:
    mailbox = mailbox_of(box)
    assert mailbox.imap is not None
    client = ImapClient(mailbox.imap)
    try:
        client.enter(PASSWORD)
        return read_folders(client, box, mailbox)
    finally:
        client.shutdown()


def test_new_mails_are_taken_once_and_stay_unread(dovecot: Dovecot, box: Connection, drain: Drain) -> None:
    dovecot.put(mail("old@x.example", SALES, "Old", "From before the connection"))
    dovecot.put(mail("x@x.example", SALES, "Sent", "x"), folder="Sent")
    assert read(box) == 0
    dovecot.put(mail("Dana <dana@x.example>", SALES, "New", "Do you deliver?"))
    assert (read(box), read(box)) == (1, 0)
    drain()

    assert Lead.objects.get().contact.name == "Dana"
    with imaplib.IMAP4("127.0.0.1", dovecot.port) as looking:
        looking.login("sales", PASSWORD)
        looking.select("INBOX", readonly=True)
        assert looking.search(None, "SEEN")[1] == [b""]


def test_a_folder_that_is_numbered_anew_brings_nothing_twice_and_loses_nothing(
    dovecot: Dovecot, box: Connection, drain: Drain
) -> None:
    read(box)
    dovecot.put(mail("ben@x.example", SALES, "First", "one"))
    assert read(box) == 1
    before = FolderMark.objects.get(folder="INBOX").uid_validity
    FolderMark.objects.filter(folder="INBOX").update(uid_validity=before - 1, last_uid=99_999)
    dovecot.put(mail("ann@x.example", SALES, "Second", "two"))
    read(box)
    drain()
    subjects = sorted(row.details["subject"] for row in Message.objects.all())
    assert subjects.count("First") == 1
    assert "Second" in subjects
    assert FolderMark.objects.get(folder="INBOX").uid_validity == before
    assert read(box) == 0


def test_a_mail_written_in_a_mail_program_stands_on_the_lead_of_its_person_only(
    dovecot: Dovecot, box: Connection, rita: Actor, drain: Drain
) -> None:
    read(box)
    dovecot.put(mail("Eva <eva@x.example>", SALES, "Prices", "How much?"))
    read(box)
    drain()
    dovecot.put(mail(f"Sales <{SALES}>", "eva@x.example", "Re: Prices", "Ten."), folder="Sent")
    dovecot.put(mail(f"Sales <{SALES}>", "bank@x.example", "Account", "Private."), folder="Sent")
    read(box)
    drain()
    ours = Message.objects.get(direction="out")
    assert (ours.body, ours.lead_id, ours.state) == ("Ten.", Lead.objects.get().id, "sent")
    assert Submission.objects.filter(state="ignored").count() == 1


def test_a_new_mail_ends_the_waiting_at_once(dovecot: Dovecot, imap: dict[str, Any]) -> None:
    client = ImapClient(Server(imap["host"], imap["port"], "none", "sales"))
    client.enter(PASSWORD)
    client.look("INBOX")
    came: list[bool] = []
    waiting = threading.Thread(target=lambda: came.append(client.wait(20, threading.Event())))
    waiting.start()
    dovecot.put(mail("c@x.example", SALES, "Quick", "now"))
    waiting.join(15)
    assert came == [True]
    stopping = threading.Event()
    stopping.set()
    assert client.wait(20, stopping) is False
    assert client.uids_after(client.look("INBOX")[1]) == []
    client.shutdown()


def test_a_wrong_password_is_told_apart_and_the_test_button_says_so(
    dovecot: Dovecot, box: Connection, imap: dict[str, Any]
) -> None:
    client = ImapClient(Server(imap["host"], imap["port"], "none", "sales"))
    with pytest.raises(NoAccess):
        client.enter("wrong")
    client.shutdown()
    receiving = trying.steps_of_test(box)[-1]
    assert (receiving.name, receiving.ok) == ("Receiving", True)


def test_a_mailbox_in_a_private_network_is_refused(opened: Opened) -> None:
    server = {"host": "127.0.0.1", "port": 143, "security": "none", "username": "x"}
    box = opened({"imap_password": "x"}, incoming="imap", imap=server)
    [_, receiving] = trying.steps_of_test(box)
    assert not receiving.ok
    assert "private network" in str(receiving.detail)


def test_names_of_folders_in_every_script_are_written_as_imap_asks() -> None:
    assert _modified_utf7("Gesendet & weg") == "Gesendet &- weg"
    assert _modified_utf7("台北") == "&U,BTFw-"
    assert _modified_utf7("Entwürfe") == "Entw&APw-rfe"
