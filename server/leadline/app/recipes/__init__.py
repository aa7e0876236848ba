"""The recipes of automations: offered to every workspace, the shipped ones made with a new one."""

from __future__ import annotations

from leadline.app.recipes.answering import ANSWERING
from leadline.app.recipes.following import FOLLOWING
from leadline.app.recipes.planning import PLANNING
from leadline.engines.automation import actions as automation
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor

ALL = (*ANSWERING, *FOLLOWING, *PLANNING)
SHIPPED = tuple(recipe for recipe in ALL if recipe.shipped)

for _recipe in ALL:
    if _recipe.can_run():
        automation.offer_recipe(_recipe.offered())


@offers.on_created
def install(actor: Actor) -> None:
    """Make every shipped recipe whose parts exist in this house, switched on."""
    for recipe in SHIPPED:
        if recipe.can_run():
            automation.follow_recipe(actor, recipe.key, {})
