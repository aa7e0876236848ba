"""Take over an automation that is ready, with the workspace's own choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from leadline.engines.automation import checking, policy
from leadline.engines.automation.actions.changing import create_automation
from leadline.engines.automation.models import Automation
from leadline.engines.automation.ports import offers
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor


@transaction.atomic
def follow_recipe(
    actor: Actor,
    key: str,
    choices: Mapping[str, Any],
    *,
    enabled: bool = True,
    automation_id: UUID | None = None,
) -> Automation:
    """An automation made from a recipe, in the language of the workspace; what is not chosen is as suggested.

    Conflict (409) while the recipe is in use, Invalid (422) for an unknown one and for wrong choices.
    """
    policy.require_can_change(actor)
    recipe = offers.recipes.get(key)
    if recipe is None:
        raise Invalid(say("There is no recipe “{key}”.", key=key), field="recipe")
    language = workspaces.own_workspace(actor).language
    given = {**recipe.suggest(language), **choices}
    chosen = checking.options(given, recipe.fields, field="choices")
    values = {**recipe.write(language, chosen), "enabled": enabled}
    return create_automation(actor, values, recipe=key, automation_id=automation_id)
