"""Facts in the past tense, and the batch reactions of higher rooms."""

from leadline.infra.events.recording import (
    Event,
    Later,
    Reaction,
    reaction,
    reactions_to,
    record,
    together,
)

__all__ = ["Event", "Later", "Reaction", "reaction", "reactions_to", "record", "together"]
