"""People and a lead for the tests of conversion."""

from __future__ import annotations

import pytest

from leadline.leads.actions import set_up_pipeline
from leadline.leads.models import Lead
from leadline.leads.tests import people
from leadline.workspaces.actor import Actor


@pytest.fixture
def lead(rita: Actor, inside: object) -> Lead:
    """Dana Levi of Rooftop asked Rita for a roof of 12,000 shekels."""
    set_up_pipeline(Actor.product(rita.workspace_id))
    made = people.lead(rita, "Dana Levi", identities={"email": "dana@rooftop.co.il", "phone": "050-1234567"})
    Lead.objects.filter(id=made.id).update(value_minor=1_200_000, currency="ILS")
    made.refresh_from_db()
    return made
