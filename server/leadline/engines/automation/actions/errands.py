"""Errands of steps: what is done outside any transaction, and what became of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadline.engines.automation.models import Run, StepLog
from leadline.engines.automation.ports import (
    Action,
    Errand,
    Outcome,
    Reach,
    StepFailed,
    StepRefused,
    StepTrouble,
    StepUncertain,
)
from leadline.engines.automation.rules import LOOK_AGAIN, StepOutcome
from leadline.engines.timeline.ports import SENTENCE
from leadline.kit.errors import LeadlineError
from leadline.kit.sentences import Sentence, Text, say, word

_UNCERTAIN = word(
    "It was interrupted, so it is not known whether it was done. It is not done again by itself."
)
_INTERRUPTED = word("It was interrupted before there was an answer.")
_OUTCOMES = {
    StepRefused: StepOutcome.REFUSED,
    StepFailed: StepOutcome.FAILED,
    StepUncertain: StepOutcome.UNCERTAIN,
}


@dataclass(frozen=True)
class Came:
    """What came of an attempt."""

    outcome: StepOutcome
    result: Outcome | Errand = field(default_factory=dict)
    error: Text = ""
    took: float = 0

    def write_into(self, log: StepLog) -> None:
        """Set it on the log, which is saved by the caller."""
        log.outcome, log.error, log.took_ms = self.outcome, str(self.error), int(self.took * 1000)
        log.result = _plain(self.result) if isinstance(self.result, Mapping) else {}
        if isinstance(self.error, Sentence):
            log.result[SENTENCE] = self.error.data


def tried(task: Callable[[], Outcome | Errand], *, otherwise: StepOutcome = StepOutcome.FAILED) -> Came:
    """What came of the task; it never raises. `otherwise` is what an unforeseen trouble counts as."""
    began = time.perf_counter()
    sentence: Text
    try:
        return Came(StepOutcome.DONE, task(), took=time.perf_counter() - began)
    except StepTrouble as error:
        outcome, facts, sentence = _OUTCOMES.get(type(error), otherwise), error.facts, error.said
    except LeadlineError as error:
        outcome = StepOutcome.REFUSED if error.status < 500 else otherwise
        facts, sentence = {}, error.said
    except Exception as error:
        outcome, facts, sentence = otherwise, {}, f"{type(error).__name__}: {error}"[:2000]
    return Came(outcome, facts, sentence, time.perf_counter() - began)


def carry_out(errand: Errand, action: Action) -> Came:
    """Do the errand, outside any transaction."""
    unforeseen = StepOutcome.UNCERTAIN if action.reach is Reach.ONCE else StepOutcome.FAILED
    return tried(errand.go, otherwise=unforeseen)


def left_behind(run: Run) -> StepLog | None:
    """The errand of the run's present step that began and never came back."""
    begun = StepLog.objects.filter(run=run, position=run.position, outcome=StepOutcome.BEGUN)
    return begun.select_for_update().order_by("-at").first()


def may_be_under_way(log: StepLog, now: datetime) -> bool:
    """Whether another worker may still be out; an errand takes seconds."""
    return log.at + LOOK_AGAIN > now


def give_up(log: StepLog, action: Action) -> None:
    """Whoever went out does not come back: it is tried again, or left to a person to decide."""
    once = action.reach is Reach.ONCE
    log.outcome = StepOutcome.UNCERTAIN if once else StepOutcome.FAILED
    log.error = _UNCERTAIN if once else _INTERRUPTED
    log.result[SENTENCE] = say(log.error).data
    log.save(update_fields=["outcome", "error", "result"])


def _plain(result: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(result), default=str))
    return plain
