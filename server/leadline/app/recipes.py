"""The automations that ship with the product, as data; ordinary ones, made when a workspace is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.engines.automation import actions as automation
from leadline.engines.automation.ports import offers as offered
from leadline.infra.language import in_language
from leadline.leads import queries as leads
from leadline.leads.rules import DEFAULT_STAGES
from leadline.workspaces import offers
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor

Step = Mapping[str, Any]
# Texts that differ by language: the words in each, English first.
Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One shipped automation. `stages` maps options of the trigger to names of default stages."""

    key: str
    name: Words
    trigger: str
    options: Mapping[str, Any] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    steps: Sequence[Step]
    ends_on: Sequence[str] = ()


def _tell_owner(title: Words) -> Step:
    return {"kind": "do", "action": "notice.tell", "with": {"to": "owner", "title": title}}


_NOT_SENT: Words = {
    "en": "{{name}}: no message could be sent by WhatsApp. Please call or write yourself.",
    "he": "{{name}}: לא ניתן היה לשלוח הודעת וואטסאפ. כדאי להתקשר או לכתוב בעצמך.",
}
_OPEN = {"field": "status", "op": "eq", "value": "open"}

WELCOME = Recipe(
    key="whatsapp_welcome",
    name={"en": "New WhatsApp lead: welcome at once", "he": "ליד חדש בוואטסאפ: מענה מיידי"},
    trigger="lead.captured",
    options={"channel": "whatsapp"},
    steps=[
        {
            "kind": "do",
            "action": "message.send",
            "with": {"channel": "whatsapp", "template": "welcome"},
            "otherwise": [_tell_owner(_NOT_SENT)],
        }
    ],
)
UNTOUCHED = Recipe(
    key="untouched_2h",
    name={"en": "Untouched for 2 hours: escalate", "he": "שעתיים ללא מענה: הסלמה"},
    trigger="lead.untouched",
    options={"for": "2h"},
    steps=[
        # Flags the lead and tells the managers, by SMS as well.
        {"kind": "do", "action": "lead.escalate", "with": {"carriers": ["sms"]}},
    ],
    ends_on=["lead.touched"],
)
QUOTE_SENT = Recipe(
    key="quote_sent",
    name={"en": "Quote sent: follow up by WhatsApp", "he": "הצעת מחיר נשלחה: המשך בוואטסאפ"},
    trigger="lead.stage_entered",
    stages={"to_stage_id": "Quote Sent"},
    conditions=_OPEN,
    steps=[
        {
            "kind": "do",
            "action": "message.send",
            "with": {
                "channel": "whatsapp",
                "text": {
                    "en": "Hi {{contact.first_name|there}}, we have just sent you our quote. "
                    "Is there anything you would like to know? Just answer here.",
                    "he": "שלום {{contact.first_name}}, שלחנו לך עכשיו את הצעת המחיר שלנו. "
                    "יש שאלות? אפשר פשוט לענות כאן.",
                },
                "template": "follow_up",
            },
            "otherwise": [_tell_owner(_NOT_SENT)],
        }
    ],
)
NEGOTIATION = Recipe(
    key="negotiation_7d",
    name={"en": "7 days in Negotiation: follow up", "he": "שבוע במשא ומתן: מעקב"},
    trigger="lead.long_in_stage",
    options={"days": 7},
    stages={"stage": "Negotiation"},
    conditions=_OPEN,
    steps=[
        {
            "kind": "do",
            "action": "lead.set_field",
            "with": {
                "field": "next_step",
                "value": {"en": "Call: 7 days in Negotiation", "he": "להתקשר: שבוע במשא ומתן"},
            },
        },
        _tell_owner(
            {
                "en": "{{name}} has been in Negotiation for 7 days. Please call.",
                "he": "{{name}} כבר שבוע במשא ומתן. כדאי להתקשר.",
            }
        ),
        {
            "kind": "do",
            "action": "message.send",
            "with": {"channel": "whatsapp", "template": "follow_up"},
            "otherwise": [_tell_owner(_NOT_SENT)],
        },
    ],
)
WON = Recipe(
    key="won_customer",
    name={"en": "Won: make them a customer", "he": "נסגרה עסקה: יצירת לקוח"},
    trigger="lead.won",
    steps=[{"kind": "do", "action": "customer.make", "with": {}}],
)
RECIPES = (WELCOME, UNTOUCHED, QUOTE_SENT, NEGOTIATION, WON)


@offers.on_created
def install(actor: Actor) -> None:
    """Make every recipe whose parts exist in this house, switched on."""
    language = workspaces.own_workspace(actor).language
    made = {stage.name: str(stage.id) for stage in leads.stages_in_use()}
    named = {spec.name: in_language(language, spec.name) for spec in DEFAULT_STAGES}
    stages = {name: made[there] for name, there in named.items() if there in made}
    for recipe in RECIPES:
        if _can_run(recipe, stages):
            automation.create_automation(actor, _values(recipe, language, stages), recipe=recipe.key)


def _can_run(recipe: Recipe, stages: Mapping[str, str]) -> bool:
    known = recipe.trigger in offered.triggers or recipe.trigger in offered.timers
    actions = {step["action"] for step in _all_steps(recipe.steps) if step["kind"] == "do"}
    return known and actions <= offered.actions.keys() and set(recipe.stages.values()) <= stages.keys()


def _all_steps(steps: Sequence[Step]) -> list[Step]:
    inner = [step.get(branch, ()) for step in steps for branch in ("then", "else", "otherwise")]
    return [*steps, *(found for branch in inner for found in _all_steps(branch))]


def _values(recipe: Recipe, language: str, stages: Mapping[str, str]) -> dict[str, Any]:
    places = {option: stages[name] for option, name in recipe.stages.items()}
    return {
        "name": _said(recipe.name, language),
        "enabled": True,
        "trigger": {"key": recipe.trigger, "options": {**recipe.options, **places}},
        "conditions": dict(recipe.conditions),
        "steps": _said(list(recipe.steps), language),
        "ends_on": [key for key in recipe.ends_on if key in offered.triggers],
    }


def _said(value: Any, language: str) -> Any:
    """The value with every Words replaced by the text of the language."""
    if isinstance(value, Mapping):
        if "en" in value:
            return value.get(language) or value["en"]
        return {key: _said(part, language) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_said(part, language) for part in value]
    return value
