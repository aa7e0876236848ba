"""Read automations, their runs and what is due."""

from __future__ import annotations

from django.db.models import CharField, Exists, Expression, F, OuterRef, Value
from django.db.models.functions import Cast

from leadline.engines.automation.models import Run
from leadline.engines.automation.ports import Timed


def already_run(
    automation: Timed, *, subject: str = "id", occurrence: Expression | F | str | None = None
) -> Exists:
    """For a timer trigger's question: whether the automation has a run for this row already.

    `subject` is the row's column with the subject's id; `occurrence` its expression or text, without it any
    run of the subject counts.
    """
    runs = Run.objects.filter(automation_id=automation.id, subject_id=OuterRef(subject))
    if isinstance(occurrence, str):
        return Exists(runs.filter(occurrence=Value(occurrence)))
    if occurrence is not None:
        return Exists(runs.filter(occurrence=Cast(_outer(occurrence), CharField())))
    return Exists(runs)


def _outer(expression: Expression | F) -> Expression | F:
    return OuterRef(expression.name) if isinstance(expression, F) else expression
