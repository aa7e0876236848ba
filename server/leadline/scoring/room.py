"""The door plate: scores with their reasons; a new workspace gets the default rules."""

from __future__ import annotations

from leadline.scoring import actions
from leadline.workspaces import offers

offers.on_created(actions.set_up)
