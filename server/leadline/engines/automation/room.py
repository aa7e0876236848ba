"""Automations: when something happens and the conditions hold, steps are taken. Offers telling the team
and calling a webhook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.engines.automation import policy, queries, webhook
from leadline.engines.automation.ports import Action, StepContext, StepRefused, offer_action
from leadline.engines.notices import actions as notices
from leadline.engines.notices.ports import carriers
from leadline.engines.schema.ports import Choice, Field, FieldType
from leadline.workspaces import offers
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member

OWNER, MANAGERS, BOTH = "owner", "managers", "owner_and_managers"


_CARRIERS = [Choice("email", "E-mail"), Choice("sms", "SMS")]
_PARAMETERS = [
    Field(
        key="to",
        type=FieldType.CHOICE,
        label="Whom",
        choices=[
            Choice(OWNER, "the owner"),
            Choice(MANAGERS, "the managers"),
            Choice(BOTH, "the owner and the managers"),
        ],
        required=True,
    ),
    Field(key="by", type=FieldType.MULTI_CHOICE, label="Also by", choices=_CARRIERS),
    Field(key="title", type=FieldType.LONG_TEXT, label="Title", required=True),
    Field(key="text", type=FieldType.LONG_TEXT, label="Text"),
]


def tell_the_team(step: StepContext) -> dict[str, Any]:
    """Tell the owner of the record, the managers, or both; each of them once per step."""
    people = _people(step.actor, str(step.given["to"]), step.record.get("owner"))
    if not people:
        raise StepRefused("There is nobody to tell: no owner, manager or administrator is active.")
    by = tuple(name for name in step.given.get("by") or () if name in carriers)
    notices.tell(
        [
            notices.Telling(
                member_id=member.id,
                kind="automation",
                title=str(step.given["title"]),
                text=str(step.given.get("text") or ""),
                link_object=step.subject_type,
                link_id=step.subject_id,
                once=step.our_ref,
                carriers=by,
            )
            for member in people
        ]
    )
    return {"told": [member.name for member in people], "by": list(by)}


def _people(actor: Actor, whom: str, owner_id: UUID | None) -> list[Member]:
    people: list[Member] = []
    if whom in (OWNER, BOTH) and owner_id:
        people += queries.active_members([owner_id])
    if whom in (MANAGERS, BOTH) or not people:
        # A record without an owner must not fall silent.
        people += [
            one for one in workspaces.managers(actor) if one.id not in {member.id for member in people}
        ]
    return people


offer_action(Action("notice.tell", "Tell", _PARAMETERS, tell_the_team))
webhook.offer()
offers.name_records("automation", policy.visible_automations)
