"""Change companies by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.contacts import policy
from leadline.contacts.events import CompanyChanged
from leadline.contacts.models import Company
from leadline.engines.schema import actions as schema
from leadline.infra import events, lookup
from leadline.kit import text
from leadline.kit.errors import Conflict, Invalid
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor


def change_company(
    actor: Actor, company_id: UUID, wanted: Mapping[str, Any], version: int | None = None
) -> Company:
    """Set the name and own fields of a company; nothing is written when nothing changes.

    A field that is unknown or wrong is refused by name (422); a version that is not the present one is a
    Conflict (409).
    """
    policy.require_can_change(actor)
    company = lookup.lock(policy.visible_companies(actor), company_id)
    if version is not None and company.version != version:
        raise Conflict("Somebody changed this meanwhile. Look again.", code="conflict")
    new = _checked(company, wanted)
    before = {
        key: [getattr(company, key), value] for key, value in new.items() if getattr(company, key) != value
    }
    if not before:
        return company
    for key in before:
        setattr(company, key, new[key])
    company.save(update_fields=list(before))
    audit.record(actor, "changed", "company", company.id, before)
    events.record(
        CompanyChanged(workspace_id=company.workspace_id, company_id=company.id, fields=tuple(before))
    )
    return company


def _checked(company: Company, wanted: Mapping[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if "name" in wanted:
        new["name"] = text.clean(str(wanted["name"] or ""), 200)
        if not new["name"]:
            raise Invalid("Give it a name.", field="name")
    if wanted.get("custom"):
        given = {f"custom.{key}": value for key, value in wanted["custom"].items()}
        checked = schema.check_values("company", given)
        merged = {**company.custom, **{key.removeprefix("custom."): v for key, v in checked.items()}}
        new["custom"] = {key: value for key, value in merged.items() if value is not None}
    return new
