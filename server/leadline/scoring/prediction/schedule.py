"""What the prediction does by the clock."""

from __future__ import annotations

from datetime import timedelta

from leadline.infra import tenancy
from leadline.infra.jobs import every
from leadline.kit import clock
from leadline.scoring.prediction import actions, queries
from leadline.workspaces.actor import Actor


@every(timedelta(seconds=20))
def judge_new_leads() -> None:
    """A new lead gets its chance soon after it came in; the capture itself does not wait for it."""
    with tenancy.everywhere():
        predicting = queries.workspaces_that_predict()
    for workspace_id in predicting:
        actions.judge_new_leads(workspace_id)


@every(timedelta(days=1))
def learn_again_and_watch() -> None:
    """Learn anew once a week where enough leads are closed, and compare new leads with those learned from."""
    with tenancy.everywhere():
        due = queries.workspaces_to_learn(clock.now())
        learned = queries.workspaces_with_a_model()
    for workspace_id in due:
        with tenancy.workspace(workspace_id):
            actions.ask_for_training(Actor.product(workspace_id))
    for workspace_id in learned:
        actions.watch(workspace_id)
        actions.judge_open_leads.later(workspace_id=str(workspace_id))
