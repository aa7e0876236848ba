"""What each form tool posts, read into filled-in forms. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadline.channels.webforms.bodies import Body
from leadline.channels.webforms.filled import Filled
from leadline.channels.webforms.tools import (
    calendly,
    elementor,
    generic,
    gravity,
    jotform,
    tally,
    typeform,
    webflow,
    wpforms,
)

Reader = Callable[[Body], Sequence[Filled] | None]

# A reader answers None when the body is not of its tool; the order is the order of asking.
READERS: dict[str, Reader] = {
    "typeform": typeform.read,
    "tally": tally.read,
    "jotform": jotform.read,
    "calendly": calendly.read,
    "webflow": webflow.read,
    "gravity": gravity.read,
    "elementor": elementor.read,
    "wpforms": wpforms.read,
}


def read(body: Body, tool: str = "auto") -> tuple[str, Sequence[Filled]]:
    """Which tool wrote the body, and the filled-in forms in it; unknown ones are read as plain values."""
    chosen = READERS if tool not in READERS else {tool: READERS[tool]}
    for name, reader in chosen.items():
        found = reader(body)
        if found is not None:
            return name, found
    return "generic", generic.read(body)
