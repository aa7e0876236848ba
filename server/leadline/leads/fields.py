"""The fields of a lead, described once for filters, rules, imports, forms and templates."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.engines.schema.actions import Choice, Field, FieldType, ObjectType
from leadline.leads import queries, rules
from leadline.leads.models import Lead

_T = FieldType


def _stages() -> Sequence[Choice]:
    return [Choice(str(stage.id), stage.name, stage.colour) for stage in queries.stages_in_use()]


def _reasons() -> Sequence[Choice]:
    return [Choice(reason.name, reason.name) for reason in queries.reasons_in_use()]


def _choices(values: Sequence[str]) -> list[Choice]:
    return [Choice(value, value.capitalize() if value.islower() else value) for value in values]


_STATUSES = [status.value for status in rules.LeadStatus]
_ANSWERS = [Choice("yes", "Yes"), Choice("partly", "Partly"), Choice("no", "No")]
_SOURCES = [Choice(key, label) for key, label in rules.SOURCES.items()]
# A channel may be any; those known are called by their names.
_CHANNELS = [Choice(key, label) for key, label in rules.CHANNELS.items()]
_BANDS = [
    Choice("hot", "Hot", "#ef4444"),
    Choice("warm", "Warm", "#f59e0b"),
    Choice("cold", "Cold", "#3b82f6"),
]

_ESSENTIAL = [
    Field(key="name", type=_T.TEXT, label="Lead", sortable=True, required=True),
    Field(key="source", type=_T.CHOICE, label="Source", choices=_SOURCES, always=True),
    Field(
        key="first_source",
        type=_T.CHOICE,
        label="First source",
        choices=_SOURCES,
        writable=False,
        importable=False,
    ),
    Field(key="channel", type=_T.TEXT, label="Channel", choices=_CHANNELS, writable=False, always=True),
    Field(key="campaign", type=_T.TEXT, label="Campaign"),
    Field(key="interest", type=_T.TEXT, label="Interest"),
    Field(key="text", type=_T.LONG_TEXT, label="First message", writable=False),
    Field(key="value_minor", type=_T.MONEY, label="Value", sortable=True),
    Field(key="currency", type=_T.TEXT, label="Currency"),
    Field(key="lead_type", type=_T.CHOICE, label="Lead type", choices=_choices(["IQL", "MQL", "SQL", "PQL"])),
    Field(key="next_step", type=_T.TEXT, label="Next step"),
    Field(key="next_step_at", type=_T.DATETIME, label="Next step due", sortable=True),
    Field(key="competitor", type=_T.TEXT, label="Competitor"),
    Field(key="tags", type=_T.TAGS, label="Tags", importable=False),
]
_PLACE = [
    Field(key="stage", type=_T.STAGE, label="Stage", choices=_stages, path="stage_id", importable=False),
    Field(key="owner", type=_T.MEMBER, label="Owner", path="owner_id"),
    Field(key="team", type=_T.TEAM, label="Team", path="team_id", writable=False),
    Field(
        key="status",
        type=_T.CHOICE,
        label="Status",
        choices=_choices(_STATUSES),
        writable=False,
    ),
    Field(
        key="loss_reason",
        type=_T.CHOICE,
        label="Loss reason",
        choices=_reasons,
        path="loss_reason__name",
        writable=False,
    ),
    Field(key="score", type=_T.NUMBER, label="Score", sortable=True, writable=False, importable=False),
    Field(key="fit", type=_T.NUMBER, label="Fit points", writable=False, importable=False),
    Field(key="engagement", type=_T.NUMBER, label="Engagement points", writable=False, importable=False),
    Field(key="band", type=_T.CHOICE, label="Band", choices=_BANDS, writable=False, importable=False),
    Field(key="poor_fit", type=_T.BOOL, label="Poor fit", writable=False, importable=False),
    Field(
        key="chance",
        type=_T.NUMBER,
        label="Likely to buy (%)",
        sortable=True,
        writable=False,
        importable=False,
    ),
    Field(key="unread", type=_T.NUMBER, label="Unread messages", writable=False, importable=False),
]
_QUALIFIED = [
    Field(key="budget_minor", type=_T.MONEY, label="Stated budget", importable=False),
    *(
        Field(
            key=f"qualification.{key}",
            type=_T.CHOICE,
            label=label,
            choices=_ANSWERS,
            path=f"qualification__{key}__state",
            writable=False,
            importable=False,
        )
        for key, label in rules.QUESTIONS.items()
    ),
]
_TIMES = [
    Field(key=key, type=_T.DATETIME, label=label, sortable=sortable, writable=False, importable=False)
    for key, label, sortable in (
        ("created_at", "Created", True),
        ("inbound_at", "Came in", True),
        ("last_activity_at", "Last activity", True),
        ("entered_stage_at", "In stage since", True),
        ("first_touch_at", "First human answer", False),
        ("first_auto_reply_at", "First automatic answer", False),
        ("ready_at", "Ready for sales since", False),
        ("respond_by", "Answer due", True),
        ("escalated_at", "Escalated", False),
        ("closed_at", "Closed", False),
        ("converted_at", "Converted", False),
    )
]
_PERSON = [
    Field(
        key="contact.name",
        type=_T.TEXT,
        label="Person",
        path="contact__name",
        required=True,
        sortable=True,
    ),
    Field(
        key="contact.first_name", type=_T.TEXT, label="First name", path="contact__first_name", writable=False
    ),
    Field(key="contact.phone", type=_T.PHONE, label="Phone", path="contact__phone"),
    Field(key="contact.email", type=_T.EMAIL, label="E-mail", path="contact__email"),
    Field(key="contact.title", type=_T.TEXT, label="Job title", path="contact__title"),
    Field(key="contact.city", type=_T.TEXT, label="City", path="contact__city", sortable=True),
    Field(key="contact.postcode", type=_T.TEXT, label="Postcode", path="contact__postcode"),
    Field(
        key="contact.postcode_number",
        type=_T.NUMBER,
        label="Postcode as a number",
        path="contact__postcode_number",
        writable=False,
        importable=False,
    ),
    Field(key="contact.country", type=_T.TEXT, label="Country", path="contact__country"),
    Field(key="contact.language", type=_T.TEXT, label="Language", path="contact__language"),
    Field(key="contact.region", type=_T.TEXT, label="Region", path="contact__region", writable=False),
    Field(key="company", type=_T.TEXT, label="Company", path="company__name", sortable=True),
    Field(key="company.domain", type=_T.TEXT, label="Domain", path="company__domain", writable=False),
]
LEAD = ObjectType(
    key="lead",
    label="Lead",
    model=Lead,
    fields=[*_ESSENTIAL, *_PLACE, *_QUALIFIED, *_TIMES, *_PERSON],
    linked={"contact.": "contact", "company.": "company"},
    computes=True,
    keeps_files=True,
)
