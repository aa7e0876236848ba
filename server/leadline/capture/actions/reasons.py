"""Write down why a submission is where it is, so that each reader gets it in the own language."""

from __future__ import annotations

from typing import Any

from leadline.capture import rules
from leadline.capture.models import Submission
from leadline.engines.timeline.ports import SENTENCE
from leadline.kit.sentences import Sentence, Text, sentence_from, sentence_of


def give_reason(submission: Submission, said: Text) -> None:
    """Set the reason on the submission: its text, and beside it the sentence; the caller saves both."""
    submission.reason = rules.storable(str(said))
    submission.result = {
        **{key: value for key, value in submission.result.items() if key != SENTENCE},
        **reason_data(said),
    }


def reason_data(said: Text) -> dict[str, Any]:
    """What stands in a submission's result for the reason; nothing where the text says it all."""
    return {SENTENCE: _storable(said.data)} if isinstance(said, Sentence) else {}


def reason_of(submission: Submission) -> Sentence:
    """The reason as a sentence, to be put into another one."""
    return sentence_of(submission.result.get(SENTENCE)) or sentence_from(submission.reason)


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return rules.storable(value) if isinstance(value, str) else value
