"""Keep the provider's templates."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leadline.conversations.models import Template
from leadline.conversations.ports import TemplateIn
from leadline.conversations.rules import TemplateState
from leadline.kit import clock
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_FIELDS = ["category", "body", "variables", "state", "reason", "provider", "synced_at"]


def keep_templates(
    actor: Actor,
    channel: str,
    account_id: UUID | None,
    templates: Sequence[TemplateIn],
    *,
    complete: bool = True,
) -> int:
    """Make our list the provider's list; with `complete` those no longer there are marked deleted."""
    now = clock.now()
    Template.objects.bulk_create(
        [
            Template(
                channel=channel,
                account_id=account_id,
                name=one.name,
                language=one.language,
                category=one.category,
                body=one.body,
                variables=list(one.variables),
                state=one.state,
                reason=one.reason,
                provider=dict(one.provider),
                synced_at=now,
            )
            for one in templates
        ],
        update_conflicts=True,
        unique_fields=["workspace_id", "channel", "account_id", "name", "language"],
        update_fields=[*_FIELDS, "updated_at"],
    )
    if complete:
        gone = Template.objects.filter(channel=channel, account_id=account_id).exclude(synced_at=now)
        gone.update(state=TemplateState.DELETED.value, updated_at=now)
    audit.record(actor, "templates.synced", "channel", account_id, {"count": len(templates)})
    return len(templates)


def change_template_state(
    channel: str,
    account_id: UUID | None,
    name: str,
    language: str,
    *,
    state: str | None,
    category: str = "",
    reason: str = "",
) -> int:
    """Note what the provider decided about a template; how many rows changed."""
    changes = {
        "reason": reason,
        **({"state": state} if state else {}),
        **({"category": category} if category else {}),
    }
    rows = Template.objects.filter(channel=channel, account_id=account_id, name=name)
    if language:
        rows = rows.filter(language=language)
    return rows.update(**changes, updated_at=clock.now())
