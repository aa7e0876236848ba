"""Websites as they are set up: where they are, whether they ask for consent, which pages matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator

from leadline.capture.models import Connection
from leadline.capture.ports import Door, Step
from leadline.infra.web import Shape
from leadline.kit.errors import Invalid
from leadline.kit.sentences import moment, say, word
from leadline.tracking.ports import Site
from leadline.tracking.rules import KEY_PAGES

CHANNEL = "website"


class SiteSettings(Shape):
    """What is known about a website. Asking for consent is the standard."""

    origins: list[str] = Field(default_factory=list, max_length=20)
    ask_consent: bool = True
    key_pages: list[str] = Field(default_factory=lambda: list(KEY_PAGES), max_length=30)

    @field_validator("origins")
    @classmethod
    def _origins(cls, value: list[str]) -> list[str]:
        origins = [origin_of(one) for one in value]
        if not all(origins):
            raise ValueError("Write addresses such as https://www.example.com")
        return list(dict.fromkeys(origins))

    @field_validator("key_pages")
    @classmethod
    def _fragments(cls, value: list[str]) -> list[str]:
        return list(dict.fromkeys(one.strip()[:200] for one in value if one.strip("/ ")))


def origin_of(address: str) -> str:
    """The origin of an address as browsers name it; empty for none."""
    try:
        parts = urlsplit(address.strip().lower())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    known = parts.scheme in ("http", "https") and parts.hostname
    return f"{parts.scheme}://{parts.hostname}{port}" if known else ""


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    try:
        return SiteSettings.model_validate(given).model_dump()
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, ("settings", *first["loc"])))
        raise Invalid(f"{where}: {first['msg'].removeprefix('Value error, ')}.", field=where) from None


def test(connection: Connection) -> Sequence[Step]:
    """What can be said without the website's help."""
    known = SiteSettings.model_validate(connection.settings)
    seen = connection.last_event_at
    return [
        Step(name=word("Switched on"), ok=connection.enabled),
        Step(
            name=word("Its address is registered"),
            ok=bool(known.origins),
            detail=", ".join(known.origins)
            or word("Add the address of the website, else nothing is taken from it."),
        ),
        Step(
            name=word("Something has arrived"),
            ok=seen is not None,
            detail=say("Last at {at}.", at=moment(seen))
            if seen
            else word("Open a page that carries the script."),
        ),
    ]


DOOR = Door(channel=CHANNEL, label="Website", path="/t/{token}.js", check=check, test=test)


def site_of(connection: Connection) -> Site:
    """The website as tracking knows it."""
    known = SiteSettings.model_validate(connection.settings)
    return Site(id=connection.id, key_pages=known.key_pages)
