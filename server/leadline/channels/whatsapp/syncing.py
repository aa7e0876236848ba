"""Fetch the provider's list of templates."""

from __future__ import annotations

from uuid import UUID

from leadline.capture.models import Connection
from leadline.channels.whatsapp import approved, graph
from leadline.channels.whatsapp.reading import as_dict, as_list, as_text
from leadline.conversations import actions as conversations
from leadline.conversations.ports import TemplateIn
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.workspaces.actor import Actor

_MOST_PAGES = 50


@background(retries=4)
def sync_templates(*, workspace_id: str, connection_id: str) -> int:
    """Make our list of a number's templates the provider's; how many there are."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, closed_at=None).first()
        if connection is None:
            return 0
        access = graph.access_of(connection)
    templates = fetch(access)
    with tenancy.workspace(UUID(workspace_id)):
        actor = Actor.product(UUID(workspace_id))
        return conversations.keep_templates(actor, "whatsapp", connection.id, templates)


def fetch(access: graph.Access) -> list[TemplateIn]:
    """Every template of the business account; raises GraphError or NoAnswer."""
    found: list[TemplateIn] = []
    after = ""
    for _ in range(_MOST_PAGES):
        query = {"fields": approved.FIELDS, "limit": "100", **({"after": after} if after else {})}
        page = graph.get(access, f"{access.business_account_id}/message_templates", **query)
        found += [t for t in map(approved.template_in, as_list(page.get("data"))) if t is not None]
        paging = as_dict(page.get("paging"))
        after = as_text(as_dict(paging.get("cursors")).get("after")) if paging.get("next") else ""
        if not after:
            break
    return found
