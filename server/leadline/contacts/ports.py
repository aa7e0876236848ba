"""What others hand in about a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class IdentityIn:
    """A way to recognise somebody, as it came: kind is one of rules.IdentityKind."""

    kind: str
    raw: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as an inquiry describes them; `fields` holds contact fields by key (title, custom.x).

    Somebody `apart` becomes a contact of their own even when they look like one that is known; the
    possible duplicate is noted.
    """

    name: str = ""
    company: str = ""
    identities: tuple[IdentityIn, ...] = ()
    city: str = ""
    country: str = ""
    language: str = ""
    # “text” when what they wrote shows the language, empty when they said it.
    language_by: str = ""
    consent: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    apart: bool = False
