"""Whose leads a connection brings, and with what LinkedIn is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

from leadline.ads.rules import sandbox_id
from leadline.capture import queries as capture
from leadline.capture.models import Connection

KEY = "linkedin"
LIVE_URL = "https://api.linkedin.com/rest"
# LinkedIn withdraws each monthly version after about a year: a setting, not a constant.
DEFAULT_VERSION = "202610"
OWNER = re.compile(r"urn:li:(sponsoredAccount|organization):(\d{1,30})")


@dataclass(frozen=True)
class Access:
    """What is needed to ask for the leads of one owner."""

    base_url: str
    version: str
    token: str
    owner: str
    lead_type: str

    @property
    def owner_kind(self) -> str:
        """What the owner is, as LinkedIn calls it."""
        found = OWNER.fullmatch(self.owner)
        return found[1] if found else "sponsoredAccount"


def access_of(connection: Connection) -> Access:
    """The access of a connection; reads nothing but the connection."""
    chosen, secrets = connection.settings, capture.secrets_of(connection)
    live = chosen.get("mode") == "live"
    return Access(
        base_url=LIVE_URL if live else f"{settings.LOCAL_URL}/sandbox/linkedin/rest",
        version=str(chosen.get("api_version") or DEFAULT_VERSION),
        token=secrets.get("access_token" if live else "sandbox_token", ""),
        owner=str(chosen.get("owner") or "") if live else sandbox_owner(connection),
        lead_type=str(chosen.get("lead_type") or "SPONSORED"),
    )


def sandbox_owner(connection: Connection) -> str:
    """The account of a connection in the sandbox."""
    return f"urn:li:sponsoredAccount:{sandbox_id(connection.id)}"
