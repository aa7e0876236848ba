"""Leads: inquiries on their way to a sale. Offers their fields, what happens to them and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import Action, StepContext, TimerTrigger, Trigger
from leadline.engines.bulk import ports as bulk
from leadline.engines.schema import actions as schema
from leadline.engines.schema.actions import Choice, Field, FieldType
from leadline.engines.search import actions as search
from leadline.engines.transfer import ports as transfer
from leadline.infra import live
from leadline.infra.events import Event
from leadline.leads import actions, events, next_steps, policy, queries, rules
from leadline.leads.fields import LEAD
from leadline.leads.ports import LossIn
from leadline.leads.queries import recalled
from leadline.leads.together import LeadsTogether
from leadline.leads.transferring import LEADS, TIMELINE, LeadTarget
from leadline.workspaces import offers

_T = FieldType
_SOURCE = Field(
    key="source", type=_T.CHOICE, label="Source", choices=[Choice(k, v) for k, v in rules.SOURCES.items()]
)
# A channel may be any; those known are called by their names.
_CHANNEL = Field(
    key="channel", type=_T.TEXT, label="Channel", choices=[Choice(k, v) for k, v in rules.CHANNELS.items()]
)
_STAGE = Field(key="stage", type=_T.STAGE, label="Stage", required=True)
_DAYS = Field(key="days", type=_T.NUMBER, label="Days", required=True)
_SET = ("name", "source", "campaign", "interest", "lead_type", "next_step", "value_minor", "competitor")


def _crossed(event: Any, options: Any) -> bool:
    threshold = float(options.get("score") or 50)
    return bool(event.previous_score < threshold <= event.score)


def _move(step: StepContext) -> dict[str, Any]:
    reason = step.given.get("loss_reason")
    lost = LossIn(reason_id=queries.loss_reason_named(str(reason))) if reason else None
    lead = actions.move_lead(step.actor, step.subject_id, UUID(str(step.given["stage"])), lost=lost)
    return {"stage": lead.stage.name}


def _set(step: StepContext) -> dict[str, Any]:
    key, value = str(step.given["field"]), step.given.get("value")
    changes = {"custom": {key.removeprefix("custom."): value}} if key.startswith("custom.") else {key: value}
    actions.change_lead(step.actor, step.subject_id, changes)
    return {"field": key, "value": value}


def _own(step: StepContext) -> dict[str, Any]:
    lead = actions.change_lead(step.actor, step.subject_id, {"owner_id": UUID(str(step.given["owner"]))})
    return {"owner": lead.assignment_text}


def _note(step: StepContext) -> dict[str, Any]:
    entry = actions.add_note(step.actor, step.subject_id, str(step.given["text"]))
    return {"note": str(entry.id)}


def _tags(step: StepContext) -> list[str]:
    return [tag for tag in (part.strip() for part in str(step.given["tags"]).split(",")) if tag]


def _tag(step: StepContext) -> dict[str, Any]:
    return {"tags": actions.add_tags(step.actor, step.subject_id, _tags(step)).tags}


def _untag(step: StepContext) -> dict[str, Any]:
    return {"tags": actions.remove_tags(step.actor, step.subject_id, _tags(step)).tags}


def _lead_of(event: Any) -> UUID:
    return UUID(str(event.lead_id))


def _stage(key: str) -> Field:
    return Field(key=key, type=_T.STAGE, label="Stage")


# What a webhook is told of a lead; people who receive it rely on this list.
_TOLD = (
    *("name", "status", "stage", "owner", "team", "source", "first_source", "channel", "campaign"),
    *("interest", "tags", "text", "value_minor", "currency", "score", "band", "lead_type", "next_step"),
    *("created_at", "inbound_at", "first_touch_at", "closed_at", "loss_reason", "company"),
    *(
        "contact.name",
        "contact.phone",
        "contact.email",
        "contact.city",
        "contact.country",
        "contact.language",
    ),
)
_BAND = Field(
    key="to_band",
    type=_T.CHOICE,
    label="Band",
    choices=[Choice(band.value, band.value) for band in rules.Band],
)
_TRIGGERS: tuple[tuple[str, str, type[Event], list[Field]], ...] = (
    ("lead.captured", "A new lead comes in", events.LeadCaptured, [_CHANNEL, _SOURCE]),
    ("lead.joined", "Another inquiry joins a lead", events.InquiryJoined, [_CHANNEL, _SOURCE]),
    ("lead.stage_entered", "A lead enters a stage", events.LeadMoved, [_stage("to_stage_id")]),
    ("lead.stage_left", "A lead leaves a stage", events.LeadMoved, [_stage("from_stage_id")]),
    ("lead.band_changed", "A lead becomes hot, warm or cold", events.BandChanged, [_BAND]),
    ("lead.ready", "A lead is ready for sales", events.LeadReady, []),
    ("lead.assigned", "A lead gets an owner", events.LeadAssigned, []),
    ("lead.touched", "Somebody answers a lead", events.LeadTouched, [_CHANNEL]),
    ("lead.converted", "A lead becomes a deal", events.LeadConverted, []),
    ("lead.won", "A lead is won", events.LeadWon, []),
    ("lead.lost", "A lead is lost", events.LeadLost, []),
    ("lead.escalated", "A lead is escalated", events.LeadEscalated, []),
)
_SCORE = Field(key="score", type=_T.NUMBER, label="Score")
_TIMERS = (
    TimerTrigger(
        "lead.long_in_stage",
        "A lead stays in a stage for",
        queries.long_in_stage,
        fields=[_STAGE, _DAYS],
        recall=recalled.stayed_long,
    ),
    TimerTrigger(
        "lead.not_converted",
        "A lead is not converted after",
        queries.not_converted,
        fields=[_DAYS],
        recall=recalled.stayed_unconverted,
    ),
)


def _offer_triggers() -> None:
    for key, label, event, fields in _TRIGGERS:
        automation.offer_trigger(Trigger(key, label, event, _lead_of, fields=fields))
    reaches = "A lead's score reaches"
    automation.offer_trigger(
        Trigger("lead.score_crossed", reaches, events.LeadScored, _lead_of, fields=[_SCORE], matches=_crossed)
    )
    for timer in _TIMERS:
        automation.offer_timer_trigger(timer)


def _offer_actions() -> None:
    reason = Field(key="loss_reason", type=_T.TEXT, label="Loss reason")
    settable = [Choice(key, LEAD.by_key[key].label) for key in _SET]
    keys = Field(key="field", type=_T.CHOICE, label="Field", choices=settable)
    value = Field(key="value", type=_T.TEXT, label="Value")
    owner = Field(key="owner", type=_T.MEMBER, label="Owner", required=True)
    note = Field(key="text", type=_T.LONG_TEXT, label="Text", required=True)
    automation.offer_action(Action("lead.move", "Move to a stage", [_STAGE, reason], _move))
    automation.offer_action(Action("lead.set_field", "Set a field", [keys, value], _set))
    automation.offer_action(Action("lead.set_owner", "Give to", [owner], _own))
    tags = Field(key="tags", type=_T.TEXT, label="Tags, separated by commas", required=True)
    automation.offer_action(Action("lead.add_tags", "Add tags", [tags], _tag))
    automation.offer_action(Action("lead.remove_tags", "Remove tags", [tags], _untag))
    automation.offer_action(Action("lead.add_note", "Write a note", [note], _note))


schema.offer(LEAD)
search.offer_details("lead", queries.search_details)
transfer.offer_target(LeadTarget())
bulk.offer_target(LeadsTogether())
transfer.offer_source(LEADS)
transfer.offer_source(TIMELINE)
live.offer_visibility("leads", queries.visible_ids)
offers.name_records("lead", policy.visible_leads)
live.offer_visibility("timeline", queries.visible_about)
automation.offer_subject("lead", load=queries.records, told=_TOLD)
_offer_triggers()
_offer_actions()
next_steps.offer()


@offers.on_created
def _defaults(actor: Any) -> None:
    actions.set_up_pipeline(actor)
