"""Change many leads together, and take the change back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField

from leadline.engines.bulk.ports import Changed, Wanted
from leadline.engines.bulk.rules import Outcome
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import say
from leadline.leads.actions.changing import delete_lead, hand_over_all, restore_lead
from leadline.leads.actions.locked import take_all
from leadline.leads.actions.moving import move_back, move_lead
from leadline.leads.actions.writing import checked, differing, plain, write
from leadline.leads.models import Lead
from leadline.leads.ports import LossIn
from leadline.workspaces.actor import Actor

Values = Mapping[str, Any]
Leads = Mapping[UUID, Lead]
MAX_TAGS = 100
_GONE = say("It is not there any more.")
_SINCE = say("Somebody has changed it since.")


def change_together(actor: Actor, lead_ids: Sequence[UUID], wanted: Wanted) -> list[Changed]:
    """What became of each of these leads; setting fields, tags and owners takes a fixed number of statements.

    What cannot be done to one lead is refused for that one, with the reason.
    """
    leads = take_all(actor, lead_ids)
    gone = [Changed(one, Outcome.REFUSED, _GONE) for one in lead_ids if one not in leads]
    return [*_CHANGES[wanted.action](actor, leads, wanted.values), *gone]


def take_back_together(actor: Actor, done: Sequence[Changed], wanted: Wanted) -> list[Changed]:
    """Take back what was done; a lead that was changed again since is left as it is."""
    leads = take_all(actor, [one.record_id for one in done], trash=wanted.action == "delete")
    there = [one for one in done if one.record_id in leads]
    gone = [Changed(one.record_id, Outcome.KEPT, _GONE) for one in done if one.record_id not in leads]
    return [*_UNDOINGS[wanted.action](actor, leads, there), *gone]


def _set(actor: Actor, leads: Leads, values: Values) -> list[Changed]:
    new = checked(typed(values))
    return _written(actor, [(lead, differing(actor, lead, new)) for lead in leads.values()])


def _tag(actor: Actor, leads: Leads, values: Values) -> list[Changed]:
    changes: list[tuple[Lead, dict[str, list[Any]]]] = []
    refused = []
    for lead in leads.values():
        kept = [tag for tag in lead.tags if tag not in values["remove"]]
        tags = [*kept, *(tag for tag in values["add"] if tag not in kept)]
        if len(tags) > MAX_TAGS:
            why = say("It would have more than {n} tags.", n=MAX_TAGS)
            refused.append(Changed(lead.id, Outcome.REFUSED, why))
        else:
            changes.append((lead, differing(actor, lead, {"tags": tags})))
    return [*_written(actor, changes), *refused]


def _written(actor: Actor, changes: Sequence[tuple[Lead, Mapping[str, list[Any]]]]) -> list[Changed]:
    write(actor, changes)
    return [
        Changed(lead.id, Outcome.CHANGED, "", {"before": _facts(changed, 0), "after": _facts(changed, 1)})
        if changed
        else Changed(lead.id, Outcome.SAME)
        for lead, changed in changes
    ]


def _facts(changed: Mapping[str, list[Any]], side: int) -> dict[str, Any]:
    """The values before or after; of the own fields only those that changed."""
    facts = {key: plain(pair[side]) for key, pair in changed.items()}
    if "custom" in changed:
        old, new = changed["custom"]
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        facts["custom"] = {key: changed["custom"][side].get(key) for key in keys}
    return facts


def _unset(actor: Actor, leads: Leads, done: Sequence[Changed]) -> list[Changed]:
    as_left = [one for one in done if _is(leads[one.record_id], one.facts["after"])]
    changes = []
    for one in as_left:
        lead = leads[one.record_id]
        changes.append((lead, differing(actor, lead, typed(one.facts["before"]))))
    write(actor, changes)
    return _answered(done, as_left)


def _untag(actor: Actor, leads: Leads, done: Sequence[Changed]) -> list[Changed]:
    """Tags that others put on or took off since stay so."""
    changes = []
    for one in done:
        lead, before, after = leads[one.record_id], one.facts["before"]["tags"], one.facts["after"]["tags"]
        kept = [tag for tag in lead.tags if tag in before or tag not in after]
        tags = [*kept, *(tag for tag in before if tag not in after and tag not in kept)]
        changes.append((lead, differing(actor, lead, {"tags": tags})))
    write(actor, changes)
    return _answered(done, done)


def _is(lead: Lead, after: Values) -> bool:
    own = after.get("custom", {})
    plain_ones = {key: value for key, value in after.items() if key != "custom"}
    return all(plain(getattr(lead, key)) == value for key, value in plain_ones.items()) and all(
        lead.custom.get(key) == value for key, value in own.items()
    )


def typed(values: Values) -> dict[str, Any]:
    """JSON values as the fields of a lead hold them; ValidationError for a time that is none."""
    moment = DateTimeField()
    return {key: moment.to_python(value) if key == "next_step_at" else value for key, value in values.items()}


def _assign(actor: Actor, leads: Leads, values: Values) -> list[Changed]:
    owner_id = UUID(values["owner_id"]) if values["owner_id"] else None
    others = [lead for lead in leads.values() if lead.owner_id != owner_id]
    facts = {lead.id: _owned(lead, owner_id) for lead in others}
    if others:
        hand_over_all(actor, others, owner_id)
    return [
        Changed(one, Outcome.CHANGED, "", facts[one]) if one in facts else Changed(one, Outcome.SAME)
        for one in leads
    ]


def _owned(lead: Lead, to: UUID | None) -> dict[str, Any]:
    return {
        "owner_id": lead.owner_id and str(lead.owner_id),
        "team_id": lead.team_id and str(lead.team_id),
        "to": to and str(to),
    }


def _give_back(actor: Actor, leads: Leads, done: Sequence[Changed]) -> list[Changed]:
    as_left = [one for one in done if _owner_of(leads[one.record_id]) == one.facts["to"]]
    by_owner: dict[tuple[str | None, str | None], list[Changed]] = {}
    for one in as_left:
        by_owner.setdefault((one.facts["owner_id"], one.facts["team_id"]), []).append(one)
    answers = []
    for (owner_id, team_id), group in by_owner.items():
        try:
            with transaction.atomic():
                hand_over_all(
                    actor,
                    [leads[one.record_id] for one in group],
                    UUID(owner_id) if owner_id else None,
                    UUID(team_id) if team_id else None,
                )
        except LeadlineError as problem:
            answers += [Changed(one.record_id, Outcome.KEPT, problem.said) for one in group]
        else:
            answers += [Changed(one.record_id, Outcome.UNDONE) for one in group]
    return [*answers, *_answered([one for one in done if one not in as_left], ())]


def _owner_of(lead: Lead) -> str | None:
    return str(lead.owner_id) if lead.owner_id else None


def _move(actor: Actor, leads: Leads, values: Values) -> list[Changed]:
    stage_id = UUID(values["stage_id"])
    lost = LossIn(**values["lost"]) if values.get("lost") else None
    facts = {lead.id: _placed(lead, stage_id) for lead in leads.values()}

    def move(lead: Lead) -> Changed:
        if lead.stage_id == stage_id:
            return Changed(lead.id, Outcome.SAME)
        move_lead(actor, lead.id, stage_id, lost=lost)
        return Changed(lead.id, Outcome.CHANGED, "", facts[lead.id])

    return _one_by_one(leads.values(), move, Outcome.REFUSED)


def _placed(lead: Lead, to: UUID) -> dict[str, Any]:
    return {
        "stage_id": str(lead.stage_id),
        "to": str(to),
        "converted": lead.converted_at is not None,
        "lost": {
            "reason_id": lead.loss_reason_id and str(lead.loss_reason_id),
            "note": lead.loss_note,
            "competitor": lead.competitor,
        },
    }


def _move_back(actor: Actor, leads: Leads, done: Sequence[Changed]) -> list[Changed]:
    facts = {one.record_id: one.facts for one in done}

    def back(lead: Lead) -> Changed:
        was = facts[lead.id]
        if str(lead.stage_id) != was["to"]:
            return Changed(lead.id, Outcome.KEPT, _SINCE)
        lost = LossIn(**was["lost"]) if was["lost"]["reason_id"] else None
        move_back(actor, lead.id, UUID(was["stage_id"]), lost=lost, converted=was["converted"])
        return Changed(lead.id, Outcome.UNDONE)

    return _one_by_one([leads[one.record_id] for one in done], back, Outcome.KEPT)


def _delete(actor: Actor, leads: Leads, values: Values) -> list[Changed]:
    def delete(lead: Lead) -> Changed:
        delete_lead(actor, lead.id)
        return Changed(lead.id, Outcome.CHANGED)

    return _one_by_one(leads.values(), delete, Outcome.REFUSED)


def _restore(actor: Actor, leads: Leads, done: Sequence[Changed]) -> list[Changed]:
    def restore(lead: Lead) -> Changed:
        restore_lead(actor, lead.id)
        return Changed(lead.id, Outcome.UNDONE)

    return _one_by_one(leads.values(), restore, Outcome.KEPT)


def _one_by_one(leads: Iterable[Lead], act: Callable[[Lead], Changed], otherwise: Outcome) -> list[Changed]:
    """A refusal concerns one lead: what its savepoint held is undone, and the others go on."""
    done = []
    for lead in leads:
        try:
            with transaction.atomic():
                done.append(act(lead))
        except LeadlineError as problem:
            done.append(Changed(lead.id, otherwise, problem.said))
    return done


def _answered(done: Sequence[Changed], undone: Sequence[Changed]) -> list[Changed]:
    ids = {one.record_id for one in undone}
    return [
        Changed(one.record_id, Outcome.UNDONE)
        if one.record_id in ids
        else Changed(one.record_id, Outcome.KEPT, _SINCE)
        for one in done
    ]


_CHANGES: Mapping[str, Callable[[Actor, Leads, Values], list[Changed]]] = {
    "set": _set,
    "tag": _tag,
    "assign": _assign,
    "move": _move,
    "delete": _delete,
}
_UNDOINGS: Mapping[str, Callable[[Actor, Leads, Sequence[Changed]], list[Changed]]] = {
    "set": _unset,
    "tag": _untag,
    "assign": _give_back,
    "move": _move_back,
    "delete": _restore,
}
