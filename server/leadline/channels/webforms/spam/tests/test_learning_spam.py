"""The filter learns what a company calls spam, keeps its word about good inquiries, and says why."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from leadline.channels.webforms.spam.learning import Example, enough, judge, learn, limit_for
from leadline.channels.webforms.spam.signs import signs, told

FOLDER = Path(os.environ.get("LEADLINE_SAMPLES", "samples")) / "spam"
SELLERS = ("backlinks", "followers", "casino credits", "cheap pills", "crypto signals")
ROOFS = ("flat roof", "tiled roof", "solar panels", "a new gutter", "two skylights")


def spam(number: int) -> Example:
    what = SELLERS[number % len(SELLERS)]
    return Example(f"Buy {what} now!!! Only $ {number + 9} at http://shop{number}.example/offer", True)


def good(number: int) -> Example:
    what, street = ROOFS[number % len(ROOFS)], f"{number + 1} Elm Street"
    return Example(f"Hello, can you give us a price for {what}? We live at {street}.", False)


def test_it_learns_what_was_marked_and_lets_good_inquiries_through() -> None:
    learned, quality = learn([one for n in range(30) for one in (spam(n), good(n))])
    assert (quality.spam, quality.good, quality.false_alarms) == (30, 30, 0)
    assert quality.recall >= 0.9
    seller = judge(learned, "Buy followers now!!! http://other.example")
    assert seller.spam
    assert seller.chance > 0.9
    words = [str(text) for text in map(told, seller.signs) if text is not None]
    assert any("buy" in text or "now" in text or text == "a link" for text in words)
    assert not judge(learned, "Good morning, what is the price for skylights?").spam


def test_the_same_marks_give_the_same_filter() -> None:
    marks = [one for n in range(25) for one in (spam(n), good(n))]
    assert learn(marks) == learn(marks)


def test_too_few_marks_teach_nothing() -> None:
    assert not enough([spam(n) for n in range(40)] + [good(n) for n in range(19)])
    assert enough([spam(n) for n in range(20)] + [good(n) for n in range(20)])


def test_of_a_thousand_good_inquiries_at_most_five_are_held_back() -> None:
    scores = [number / 1000 for number in range(1000)]
    assert sum(score > limit_for(scores) for score in scores) == 5
    assert sum(score > limit_for(scores[:100]) for score in scores[:100]) == 0
    # Where everything good is far from spam, even odds are the limit.
    assert limit_for([-5.0, -4.0]) == 0.0


def test_addresses_numbers_and_amounts_count_by_their_kind() -> None:
    found = signs("WIN £900 NOW! Call 09061701461 or write to bob@win.example, www.win.example")
    assert {"s:money", "s:number", "s:mail", "s:link"} <= set(found)
    assert not any("bob" in sign or "0906" in sign for sign in found)
    assert signs("") == ["s:length0", "s:digits0"]


@pytest.mark.faults
@pytest.mark.skipif(not FOLDER.exists(), reason="LEADLINE_SAMPLES names no folder with the files")
def test_published_spam_is_caught_as_promised() -> None:
    """Recall of at least .90 at 0.5 % false alarms, on texts it has not learned from."""
    files = ("sms_part_a.tsv", "youtube_comments_part_a.csv")
    _, quality = learn([text for file in files for text in published(FOLDER / file)])
    assert quality.false_alarms <= 0.005 * quality.good
    assert quality.recall >= 0.9


def published(path: Path) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        if path.suffix == ".tsv":
            pairs = [line.rstrip("\n").split("\t", 1) for line in lines]
            return [Example(said, label == "spam") for label, said in pairs]
        return [Example(row["CONTENT"], row["label"] == "1") for row in csv.DictReader(lines)]
