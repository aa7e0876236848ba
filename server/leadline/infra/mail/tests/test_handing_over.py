"""One mail is taken, refused, not taken or uncertain, and nothing in between."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.core.mail import EmailMessage

from leadline.infra import mail
from leadline.infra.mail.tests.conftest import Postbox


def letter(to: str = "dana@example.com") -> EmailMessage:
    return EmailMessage(subject="Hello", body="How are you?", to=[to])


def test_the_server_gets_the_mail(postbox: Postbox) -> None:
    mail.hand_over(letter())
    (got,) = postbox.mails
    assert got.rcpt_tos == ["dana@example.com"]
    assert b"How are you?" in got.content


@pytest.mark.parametrize(
    ("says", "kind"),
    [("550 no such person", mail.MailRefused), ("451 busy, come later", mail.MailNotTaken)],
)
def test_a_no_is_said_in_the_servers_words(postbox: Postbox, says: str, kind: type[Exception]) -> None:
    postbox.says = says
    with pytest.raises(kind, match=f"The mail server answered {says[:3]}: {says[4:]}"):
        mail.hand_over(letter())
    assert postbox.mails == []


def test_a_line_that_breaks_after_the_mail_is_uncertain(postbox: Postbox) -> None:
    postbox.says = "hang up"
    with pytest.raises(mail.MailUncertain):
        mail.hand_over(letter())


def test_where_nobody_listens_nothing_was_taken(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setattr(settings.ENV, "mail_url", f"smtp://127.0.0.1:{closed.getsockname()[1]}")
    with pytest.raises(mail.MailNotTaken, match="cannot be reached"):
        mail.hand_over(letter())


def test_without_a_server_it_says_what_to_set() -> None:
    with pytest.raises(mail.MailRefused, match="LEADLINE_MAIL_URL"):
        mail.hand_over(letter())


def test_an_address_that_is_none_is_refused(postbox: Postbox) -> None:
    with pytest.raises(mail.MailRefused):
        mail.hand_over(letter("dana@example.com\nBcc: all@example.com"))
    assert postbox.mails == []
