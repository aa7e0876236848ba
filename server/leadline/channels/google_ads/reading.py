"""Read what Google posts about a lead. Pure; unknown columns and missing parts are normal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.ads.rules import AdLead, Answer, moment, plain, records, texts
from leadline.kit import json, signing

KEY = "google_ads"
MAX_BODY_BYTES = 1024 * 1024


def has_key(body: Mapping[str, Any], key: str) -> bool:
    """Whether the body holds the configured key; never true without one."""
    given = body.get("google_key")
    return bool(key) and isinstance(given, str) and signing.equal(given, key)


def natural_key(body: Mapping[str, Any]) -> str:
    """The key of a lead: Google's own id; without one the same answers count once."""
    lead_id = plain(body.get("lead_id"))
    if lead_id:
        return f"lead:{lead_id}"
    rest = {name: value for name, value in body.items() if name != "google_key"}
    return f"body:{hashlib.sha256(json.dumps(rest, sort_keys=True)).hexdigest()}"


def is_test(body: Mapping[str, Any]) -> bool:
    """Whether the advertiser pressed “Send test data”."""
    return body.get("is_test") is True


def read(
    body: Mapping[str, Any], names: Mapping[str, str], connection_id: UUID | None, at: datetime
) -> AdLead:
    """The lead in the words of all platforms; `names` are the names of campaigns and forms by id."""
    ids = {name: plain(body.get(name)) for name in _IDS}
    campaign_id, form_id = ids["campaign_id"], ids["form_id"]
    return AdLead(
        natural_key=natural_key(body),
        channel=KEY,
        source=KEY,
        at=moment(body.get("lead_submit_time")) or at,
        answers=_answers(body),
        connection_id=connection_id,
        campaign=names.get(campaign_id) or campaign_id,
        utm={"gclid": plain(body.get("gcl_id"))},
        facts={
            **ids,
            "form": names.get(form_id, ""),
            "ad_group": names.get(ids["adgroup_id"], ""),
            "lead_stage": plain(body.get("lead_stage")),
            "google_lead_id": plain(body.get("lead_id")),
        },
    )


_IDS = ("form_id", "campaign_id", "adgroup_id", "creative_id", "asset_group_id")


def _answers(body: Mapping[str, Any]) -> list[Answer]:
    found = []
    for column in records(body.get("user_column_data")):
        name = plain(column.get("column_name"))
        # Older senders put the id into the name and left the id out.
        key = plain(column.get("column_id")) or name
        value = column.get("string_value", column.get("value"))
        found.append(Answer(key=key, label=name or key, values=texts(value)))
    return found
