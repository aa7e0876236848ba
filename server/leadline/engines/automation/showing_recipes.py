"""Recipes in the shapes people see: what each is good for, does, and lets them choose."""

from __future__ import annotations

from leadline.engines.automation import policy
from leadline.engines.automation.models import Automation
from leadline.engines.automation.ports import Recipe, offers
from leadline.engines.automation.sentences import Sentences, as_automation
from leadline.engines.automation.shapes import RecipeOut
from leadline.engines.automation.showing import offered_fields
from leadline.infra.language import spoken, worded
from leadline.workspaces import queries as workspaces
from leadline.workspaces.actor import Actor


def recipes(actor: Actor) -> list[RecipeOut]:
    """Every recipe, with the automation that was made from it: a fixed number of statements for all."""
    rows = policy.visible_automations(actor).exclude(recipe="")
    followed = {row.recipe: row for row in rows.only("id", "recipe", "enabled")}
    language = workspaces.own_workspace(actor).language
    sentences = Sentences()
    return [_shown(one, followed.get(one.key), language, sentences) for one in offers.recipes.values()]


def _shown(recipe: Recipe, followed: Automation | None, language: str, sentences: Sentences) -> RecipeOut:
    suggested = recipe.suggest(language)
    return RecipeOut(
        key=recipe.key,
        name=recipe.name(spoken()),
        purpose=worded(recipe.purpose),
        sentence=worded(sentences.of(as_automation(recipe.write(language, suggested)))),
        fields=offered_fields(recipe.fields),
        choices=dict(suggested),
        automation_id=followed.id if followed else None,
        enabled=bool(followed and followed.enabled),
    )
