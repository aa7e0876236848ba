"""Whatever the server says, it can say in every language of the interface."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import password_validation as validators

from leadline.app import catalogue
from leadline.engines.automation.ports import TimerTrigger, Trigger, offers
from leadline.engines.schema.ports import Field, objects
from leadline.infra.language import isolated, speaking, worded
from leadline.kit import errors
from leadline.kit.sentences import count, moment, say, sentence_of

ROOT = Path(__file__).parents[1]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
# Calls whose first text is a form, and how many of their texts are.
MAKERS = {"say": 1, "word": 1, "lowered": 1, "_": 1, "gettext": 1}
REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {
    "StepRefused",
    "StepFailed",
    "StepUncertain",
    "NotUnderstood",
    "TryAgain",
    "problem",
    "HttpError",
}
# Said only to whoever programs, plays a provider or stands at the terminal.
ENGLISH = {"sandbox", "demo", "cli", "archive", "processes", "postgres", "testing"}
PLACES = re.compile(r"\{[a-z_]+\}|%\([a-z]+\)s")


def sources() -> Iterator[Path]:
    for path in ROOT.rglob("*.py"):
        if not {"tests", "migrations", *ENGLISH} & set(path.relative_to(ROOT).parts):
            yield path


def texts(node: ast.AST) -> Iterator[str]:
    """The literal a place can hold: of a choice between two, both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from texts(part)


def in_code(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in MAKERS or name in REFUSALS:
            for first in call.args[:1]:
                yield from texts(first)
        if name == "count" and len(call.args) == 3:
            one, many = (list(texts(part)) for part in call.args[1:])
            yield from (f"{a}\0{b}" for a, b in zip(one, many, strict=True))


def ours(made: Any) -> bool:
    """Not a sample of some other test."""
    module = getattr(made, "__module__", "")
    return module.startswith("leadline.") and ".tests" not in module


def offered() -> Iterator[str]:
    """Labels of fields, choices and of what automations can do."""
    kinds = [kind for kind in objects.values() if ours(kind.model)]
    fields: list[Field] = [field for kind in kinds for field in kind.fields]
    starts: list[Trigger | TimerTrigger] = [one for one in offers.triggers.values() if ours(one.event)]
    starts += [one for one in offers.timers.values() if ours(one.due)]
    for offer in starts:
        yield offer.label
        fields += offer.fields
    for action in (one for one in offers.actions.values() if ours(one.run)):
        yield action.label
        fields += action.parameters
    for field in fields:
        yield field.label
        if not callable(field.choices):
            yield from (choice.label for choice in field.choice_list())


def things() -> Iterator[str]:
    """What a record is called where it is not found."""
    for model in apps.get_models():
        if ours(model):
            yield str(model._meta.verbose_name)


def on_pages() -> Iterator[str]:
    """What templates translate themselves."""
    for page in ROOT.rglob("templates/**/*.html"):
        yield from re.findall(r'{% translate "([^"]+)" %}', page.read_text())


def forms() -> set[str]:
    refusals = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and kind.__module__ == errors.__name__
    ]
    found = {form for path in sources() for form in in_code(path)}
    found |= {
        *offered(),
        *things(),
        *on_pages(),
        *(kind.default_detail for kind in refusals if hasattr(kind, "default_detail")),
    }
    return {form for form in found if re.search(r"[A-Za-z]", PLACES.sub("", form))}


def told(language: str) -> dict[str, str]:
    return catalogue.entries((catalogue.LOCALE / language / "LC_MESSAGES/django.po").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_a_translation(language: str) -> None:
    known = told(language)
    assert sorted(form for form in forms() if not known.get(form)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_neither_loses_nor_invents_a_place(language: str) -> None:
    wrong = []
    for form, said in told(language).items():
        wanted = set(PLACES.findall(form)) if form else set()
        for one in said.split("\0") if form else ():
            # “A day” needs no number.
            if set(PLACES.findall(one)) - {"{n}"} != wanted - {"{n}"} or (
                "\0" not in form and set(PLACES.findall(one)) != wanted
            ):
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_as_new_as_its_source(language: str) -> None:
    compiled = (catalogue.LOCALE / language / "LC_MESSAGES/django.mo").read_bytes()
    assert compiled == catalogue.compiled(told(language)), "run `make words`"


def test_the_screens_say_how_long_a_password_must_be() -> None:
    least = validators.MinimumLengthValidator().min_length
    words = [path.read_text() for path in (ROOT.parents[1] / "web/src/i18n").glob("*/*.json")]
    said = [n for text in words for n in re.findall(r'"(?:passwordHint|needPassword)": "\D*(\d+)', text)]
    assert set(said) == {str(least)}


def test_numbers_are_said_as_hebrew_says_them() -> None:
    with speaking("he"):
        days = [worded(count(n, "{n} day", "{n} days")) for n in (1, 2, 3)]
    assert days == ["יום", "יומיים", "3 ימים"]


def test_names_and_numbers_keep_their_direction() -> None:
    with speaking("he"):
        assert worded(say("New lead: {name}", name="Dana")) == "ליד חדש: \u2068Dana\u2069"
        assert worded(say("New lead: {name}", name="דנה")) == "ליד חדש: דנה"
        assert isolated("+972 54-123") == "\u2068+972 54-123\u2069"
    assert worded(say("New lead: {name}", name="דנה")) == "New lead: \u2068דנה\u2069"
    assert worded(say("New lead: {name}", name="Dana")) == "New lead: Dana"


def test_moments_are_told_by_the_clock_of_who_reads() -> None:
    said = say("Waiting since {since}.", since=moment(datetime(2026, 7, 1, 21, 30, tzinfo=UTC)))
    stored = sentence_of(json.loads(json.dumps(said.data)))
    assert stored is not None
    with speaking("en", "Asia/Jerusalem"):
        assert worded(stored) == "Waiting since 2026-07-02 00:30."
        with speaking("en", "nowhere"):
            assert worded(stored) == str(stored) == "Waiting since 2026-07-01 21:30 UTC."
    old = say("{moment} UTC", moment="2026-07-01 21:30")
    assert worded(old) == "2026-07-01 21:30 UTC"
