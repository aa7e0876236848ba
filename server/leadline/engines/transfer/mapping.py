"""Where the columns of a file go: what is chosen, checked against what is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadline.engines.schema.ports import FieldType
from leadline.engines.transfer.cells import Place, label_of
from leadline.engines.transfer.models import Import
from leadline.engines.transfer.ports import Column, Target, Terms, targets
from leadline.engines.transfer.rules import ENDED, EXTRA, KEPT, DateOrder, Duplicates, Mode
from leadline.kit import clock
from leadline.kit.errors import Invalid, NotFound
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_DATES = (FieldType.DATE, FieldType.DATETIME)
DEFAULTS: Mapping[str, Any] = {
    "duplicates": Duplicates.SKIP.value,
    "defaults": {},
    "owner_id": None,
    "quiet": True,
}


def target_of(object_type: str) -> Target:
    """The room that takes these records; NotFound (404) when none does."""
    if object_type not in targets:
        raise NotFound(say("“{key}” cannot be imported.", key=object_type[:40]), field="object")
    return targets[object_type]


def zone_of(actor: Actor) -> tzinfo:
    """The time zone in which the workspace writes its dates."""
    try:
        return ZoneInfo(own_workspace(actor).timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def entry(to: str, column: Mapping[str, Any]) -> dict[str, Any]:
    """Where one column goes, with everything else as it is usual for such cells."""
    return {
        "to": to,
        "mode": Mode.FILL.value,
        "dates": column["order"],
        "decimal": column["decimal"],
    }


def checked(
    wanted: Sequence[Mapping[str, Any]], columns: Sequence[Column], seen: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The mapping as it is kept; Invalid (422) when it names a place twice, or one that is not there."""
    if len(wanted) != len(seen):
        raise Invalid("The mapping needs one entry for each column of the file.", field="mapping")
    known = {column.field.key: column for column in columns}
    taken: set[str] = set()
    for one in wanted:
        to = str(one["to"])
        if to in ("", EXTRA):
            continue
        if to not in known:
            raise Invalid(say("There is no field “{key}”.", key=to[:60]), field="mapping")
        if to in taken:
            raise Invalid(
                say("Two columns go to “{label}”. Choose one of them.", label=label_of(known[to].field)),
                code="mapped_twice",
                field="mapping",
            )
        taken.add(to)
    return [dict(one) for one in wanted]


def undecided(run: Import, columns: Sequence[Column]) -> list[str]:
    """The headers whose dates may be read in more than one way, and nobody has said how."""
    types = {column.field.key: column.field.type for column in columns}
    return [
        str(seen["header"])
        for seen, one in zip(run.columns, run.mapping, strict=True)
        if types.get(one["to"]) in _DATES and not one.get("dates") and seen["dates"]
    ]


def require_ready(run: Import, columns: Sequence[Column]) -> None:
    """Invalid (422) unless every row can be read in one way only, and some column says what it is."""
    if open_dates := undecided(run, columns):
        raise Invalid(
            say("Say how the dates in “{column}” are written.", column=open_dates[0]),
            code="date_order_unknown",
            field="mapping",
        )
    if not {str(one["to"]) for one in run.mapping} - {"", EXTRA}:
        raise Invalid(
            "Say where at least one column goes: nothing would be imported.",
            code="nothing_mapped",
            field="mapping",
        )


def places(run: Import, columns: Sequence[Column]) -> list[Place]:
    """Where each column of the file goes."""
    fields = {column.field.key: column.field for column in columns}
    return [
        Place(
            header=str(seen["header"]),
            to=str(one["to"]),
            field=fields.get(str(one["to"])),
            dates=DateOrder(one["dates"]) if one.get("dates") else None,
            decimal=str(one.get("decimal") or ""),
        )
        for seen, one in zip(run.columns, run.mapping, strict=True)
    ]


def terms(run: Import) -> Terms:
    """The terms the importer chose."""
    chosen = {**DEFAULTS, **run.options}
    return Terms(
        duplicates=Duplicates(chosen["duplicates"]),
        modes={str(one["to"]): Mode(one.get("mode") or Mode.FILL) for one in run.mapping if one["to"]},
        defaults={key: value for key, value in chosen["defaults"].items() if value},
        owner_id=chosen["owner_id"],
        quiet=bool(chosen["quiet"]),
        at=clock.now(),
    )


def can_undo(run: Import) -> bool:
    """Whether the import can still be taken back."""
    if run.state not in ENDED or run.finished_at is None:
        return False
    return bool(run.created or run.updated) and run.finished_at >= clock.now() - KEPT
