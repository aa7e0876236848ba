"""Read the provider's list of templates. Pure."""

from __future__ import annotations

from typing import Any

from leadline.channels.whatsapp.reading import as_dict, as_list, as_text
from leadline.conversations.ports import TemplateIn
from leadline.conversations.rules import TemplateState, variables_in

FIELDS = "name,language,status,category,components,parameter_format,rejected_reason,quality_score"
_STATES = {
    "approved": TemplateState.APPROVED,
    "pending": TemplateState.PENDING,
    "in_appeal": TemplateState.PENDING,
    "rejected": TemplateState.REJECTED,
    "paused": TemplateState.PAUSED,
    "disabled": TemplateState.DISABLED,
    "flagged": TemplateState.APPROVED,
    "reinstated": TemplateState.APPROVED,
    "pending_deletion": TemplateState.DELETED,
    "deleted": TemplateState.DELETED,
}


def state_of(word: str) -> TemplateState | None:
    """Our state for the provider's word; None for words that do not change it."""
    return _STATES.get(word.lower())


def template_in(raw: Any) -> TemplateIn | None:
    """One template of the list; None without a name."""
    template = as_dict(raw)
    name, language = as_text(template.get("name")), as_text(template.get("language"))
    if not name or not language:
        return None
    components = [as_dict(component) for component in as_list(template.get("components"))]
    places = [place for component in components for place in _places(component)]
    body = next((as_text(c.get("text")) for c in components if _type(c) == "body"), "")
    reason = as_text(template.get("rejected_reason"))
    return TemplateIn(
        name=name[:512],
        language=language[:20],
        category=as_text(template.get("category")).lower()[:40],
        body=body,
        variables=[place["name"] for place in places],
        state=(
            _sendable(components, state_of(as_text(template.get("status")))) or TemplateState.PENDING
        ).value,
        reason="" if reason == "NONE" else reason,
        provider={
            "id": as_text(template.get("id")),
            "format": as_text(template.get("parameter_format")).lower() or "positional",
            "places": places,
        },
    )


def _type(component: dict[str, Any]) -> str:
    return as_text(component.get("type")).lower()


def _sendable(components: list[dict[str, Any]], state: TemplateState | None) -> TemplateState | None:
    # A header with a picture or document needs a file with every send, which we do not offer yet.
    media = any(
        _type(c) == "header" and as_text(c.get("format")).upper() not in {"", "TEXT"} for c in components
    )
    return TemplateState.DISABLED if media and state is TemplateState.APPROVED else state


def _places(component: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the component has variables, each with the name our users fill it in by."""
    kind = _type(component)
    if kind == "body":
        return [
            {"name": v, "given": v, "where": "body"} for v in variables_in(as_text(component.get("text")))
        ]
    if kind == "header":
        found = variables_in(as_text(component.get("text")))
        return [{"name": f"header.{v}", "given": v, "where": "header"} for v in found]
    if kind == "buttons":
        return [
            {"name": f"button.{index}", "where": "button", "index": index}
            for index, button in enumerate(as_list(component.get("buttons")))
            if variables_in(as_text(as_dict(button).get("url")))
        ]
    return []
