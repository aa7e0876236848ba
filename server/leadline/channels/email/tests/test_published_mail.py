"""Published answers and bounces: how well they are read. LEADLINE_SAMPLES names their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadline.channels.email.tests.conftest import mail
from leadline.channels.email.understanding.kinds import Kind, kind_of
from leadline.channels.email.understanding.letter import Letter
from leadline.channels.email.understanding.own_words import own_words

FOLDER = Path(os.environ.get("LEADLINE_SAMPLES", "samples")) / "mail"
pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not FOLDER.exists(), reason="LEADLINE_SAMPLES names no folder with the files"),
]


def tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def test_three_of_four_answers_are_cut_exactly() -> None:
    names = sorted(path.name for path in (FOLDER / "replies/emails").iterdir())
    exact = [
        name
        for name in names
        if tidy(own_words((FOLDER / "replies/emails" / name).read_text()))
        == tidy((FOLDER / "replies/trimmed" / name).read_text())
    ]
    assert len(names) > 0
    assert len(exact) >= 0.75 * len(names), sorted(set(names) - set(exact))


def test_nine_of_ten_bounces_and_automatic_answers_are_no_inquiries() -> None:
    kinds = {path.name: kind_of(Letter(path.read_bytes())).kind for path in (FOLDER / "bounces").iterdir()}
    missed = sorted(name for name, kind in kinds.items() if kind is Kind.PERSON)
    assert len(missed) <= 0.1 * len(kinds), missed


def test_no_ordinary_mail_is_taken_for_a_bounce() -> None:
    mails = [path for name in ("not_bounces", "reply_eml") for path in (FOLDER / name).iterdir()]
    texts = [path for name in ("replies/emails", "reply_inputs") for path in (FOLDER / name).iterdir()]
    raws = [path.read_bytes() for path in mails]
    raws += [
        mail("Tom <tom@client.example>", "s@x.example", "Re: Offer", path.read_text("utf-8", "replace"))
        for path in texts
    ]
    assert [kind for raw in raws if (kind := kind_of(Letter(raw)).kind) is not Kind.PERSON] == []
