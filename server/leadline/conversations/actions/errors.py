"""Write down what went wrong with a message, so that each reader gets it in the own language."""

from __future__ import annotations

from leadline.conversations.models import Message
from leadline.engines.timeline.ports import SENTENCE
from leadline.kit.sentences import Sentence, Text

# The columns that hold it.
ERROR = ("error_code", "error_text", "details")


def give_error(message: Message, code: str, said: Text) -> None:
    """Set code and words on the message, which is saved by the caller."""
    message.error_code, message.error_text = code[:40], str(said)
    kept = {key: value for key, value in message.details.items() if key != SENTENCE}
    message.details = {**kept, SENTENCE: said.data} if isinstance(said, Sentence) else kept
