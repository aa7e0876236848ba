"""What an error means for the account and its templates, beyond the one message."""

from __future__ import annotations

import logging

from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.channels.whatsapp import syncing
from leadline.channels.whatsapp.troubles import Action, Remedy
from leadline.conversations import actions as conversations
from leadline.conversations.rules import TemplateState
from leadline.engines.notices import actions as notices
from leadline.infra import tenancy
from leadline.kit.sentences import say
from leadline.workspaces.models import Member
from leadline.workspaces.rules import Role

log = logging.getLogger(__name__)


def draw(connection: Connection, remedy: Remedy, template: tuple[str, str] | None = None) -> None:
    """Stop the account and tell the administrators, or put the template aside, as the remedy demands."""
    with tenancy.workspace(connection.workspace_id):
        if remedy.action is Action.STOP_ACCOUNT:
            _stop(connection, remedy.text)
        elif remedy.action is Action.STOP_TEMPLATE and template:
            conversations.change_template_state(
                "whatsapp", connection.id, *template, state=TemplateState.PAUSED.value, reason=remedy.text
            )
        elif remedy.action is Action.SYNC_TEMPLATES:
            syncing.sync_templates.later(
                workspace_id=str(connection.workspace_id), connection_id=str(connection.id)
            )


def _stop(connection: Connection, text: str) -> None:
    row = Connection.objects.select_for_update().get(id=connection.id)
    if row.settings.get("stopped"):
        return
    row.settings = {**row.settings, "stopped": text}
    row.save(update_fields=["settings"])
    capture.note_error(row, text)
    admins = Member.objects.filter(role__in=[Role.OWNER.value, Role.ADMIN.value], active=True)
    notices.tell(
        [
            notices.Telling(
                member_id=member_id,
                kind="channel_stopped",
                title=say("WhatsApp cannot send: {name}", name=row.name),
                text=text,
            )
            for member_id in admins.values_list("id", flat=True)
        ]
    )
    log.warning("whatsapp connection %s stopped: %s", row.id, text)
