"""Steps and choices that several recipes share."""

from __future__ import annotations

from typing import Any

from leadline.app.recipes.writing import Ask, Chosen, Step, Words
from leadline.engines.schema.ports import Field, FieldType
from leadline.kit.sentences import word

OPEN = {"field": "status", "op": "eq", "value": "open"}
NOT_SENT: Words = {
    "en": "{{name}}: no message could be sent by WhatsApp. Please call or write yourself.",
    "he": "{{name}}: לא ניתן היה לשלוח הודעת וואטסאפ. כדאי להתקשר או לכתוב בעצמך.",
}


def do(action: str, otherwise: list[Step] | None = None, **given: Any) -> Step:
    """A step that does something, and what to do when it is refused."""
    step: dict[str, Any] = {"kind": "do", "action": action, "with": given}
    return {**step, "otherwise": otherwise} if otherwise else step


def tell_owner(title: Words, **more: Any) -> Step:
    """A notice to the owner, or to the managers where there is none."""
    return do("notice.tell", to="owner", title=title, **more)


def whatsapp(template: Any, *otherwise: Step, text: Any = None) -> Step:
    """A message by WhatsApp: the text where it is allowed, else the template."""
    given = {"channel": "whatsapp", "template": template}
    return do("message.send", list(otherwise), **given, **({"text": text} if text else {}))


def plan(text: Any, after: Any) -> Step:
    """A next step of the lead, due after some time."""
    return do("lead.plan", text=text, after=after)


def ask_template(suggested: str) -> Ask:
    """Which approved template."""
    return Ask(_field("template", word("WhatsApp template")), suggested)


def ask_text(key: str, label: str, suggested: Words) -> Ask:
    """What to write."""
    return Ask(_field(key, label, FieldType.LONG_TEXT), suggested)


def ask_step(suggested: Words) -> Ask:
    """What the next step is called."""
    return Ask(_field("next_step", word("Next step")), suggested)


def ask_time(key: str, label: str, suggested: str) -> Ask:
    """A length of time, such as 2h."""
    return Ask(_field(key, label), suggested)


def ask_days(suggested: int) -> Ask:
    """A number of days."""
    return Ask(_field("days", word("Days"), FieldType.NUMBER), suggested)


def ask_stage(suggested: Any) -> Ask:
    """A stage of the pipeline."""
    return Ask(_field("stage", word("Stage"), FieldType.STAGE), suggested)


def _field(key: str, label: str, kind: FieldType = FieldType.TEXT) -> Field:
    return Field(key=key, type=kind, label=label, required=True)


TEMPLATE, TEXT, NEXT_STEP, STAGE = Chosen("template"), Chosen("text"), Chosen("next_step"), Chosen("stage")
