"""Which page a connection speaks for, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from leadline.ads.rules import sandbox_id
from leadline.capture import queries as capture
from leadline.capture.models import Connection
from leadline.infra import tenancy

KEY = "meta_ads"
LIVE_URL = "https://graph.facebook.com"
DEFAULT_VERSION = "v25.0"


@dataclass(frozen=True)
class Access:
    """What is needed to ask about one page."""

    base_url: str
    version: str
    token: str
    page_id: str


def is_live(connection: Connection) -> bool:
    """Whether the connection asks Meta itself and not the sandbox."""
    return bool(connection.settings.get("mode") == "live")


def page_id_of(connection: Connection) -> str:
    """The page whose leads the connection brings."""
    return str(connection.settings.get("page_id") or "") if is_live(connection) else sandbox_id(connection.id)


def access_of(connection: Connection) -> Access:
    """The access of a connection; reads nothing but the connection."""
    secrets, live = capture.secrets_of(connection), is_live(connection)
    return Access(
        base_url=LIVE_URL if live else f"{settings.LOCAL_URL}/sandbox/meta-ads/graph",
        version=str(connection.settings.get("api_version") or DEFAULT_VERSION),
        token=secrets.get("access_token" if live else "sandbox_token", ""),
        page_id=page_id_of(connection),
    )


def connection_of_page(workspace_id: UUID, page_id: str) -> Connection | None:
    """The open connection of the workspace that speaks for this page."""
    with tenancy.workspace(workspace_id):
        rows = Connection.objects.filter(channel=KEY, closed_at=None).order_by("created_at")
        return next((row for row in rows if page_id_of(row) == page_id), None)
