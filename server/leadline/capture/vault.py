"""Tokens and secrets of connections, sealed with a key of their own that is not in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping

from leadline.infra import vault

_PURPOSE = "connection secrets"


def seal(text: str) -> str:
    """The text encrypted with the installation's key."""
    return vault.seal(text, purpose=_PURPOSE)


def unseal(sealed: str) -> str:
    """The text as it was sealed; Conflict (409) when the installation's key has changed."""
    return vault.unseal(sealed, purpose=_PURPOSE)


def seal_secrets(secrets: Mapping[str, str]) -> str:
    """Named secrets as one sealed text; none at all is empty."""
    return seal(json.dumps(dict(secrets))) if secrets else ""


def unseal_secrets(sealed: str) -> dict[str, str]:
    """The named secrets again."""
    return dict(json.loads(unseal(sealed))) if sealed else {}
