"""Two clicks at the same moment make one deal and one customer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from leadline.customers import actions
from leadline.customers.models import Conversion, Customer
from leadline.customers.ports import Wanted
from leadline.infra import tenancy
from leadline.kit import ids
from leadline.kit.errors import Conflict
from leadline.leads.actions import set_up_pipeline
from leadline.leads.tests import people as leads
from leadline.testing import people
from leadline.workspaces.actor import Actor


def at_once(actor: Actor, *asked: tuple[Any, Wanted]) -> list[str]:
    """What became of conversions that begin together: the id of each, or why it was refused."""
    began = threading.Barrier(len(asked))
    found: list[str] = []

    def click(lead_id: Any, wanted: Wanted) -> None:
        try:
            began.wait(timeout=20)
            with tenancy.workspace(actor.workspace_id):
                found.append(str(actions.convert_lead(actor, lead_id, wanted).id))
        except Conflict as conflict:
            found.append(conflict.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(found)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_and_two_people_make_one_conversion() -> None:
    acme = people.acme()
    with tenancy.workspace(acme.id):
        set_up_pipeline(Actor.product(acme.id))
        rita = people.member(acme, "Rita", "rep")
        dana = leads.lead(rita, "Dana", identities={"email": "dana@rooftop.co.il"})
        gil = leads.lead(rita, "Gil", identities={"email": "gil@rooftop.co.il"})
    same = ids.new_id()

    assert at_once(rita, (dana.id, Wanted(id=same)), (dana.id, Wanted(id=same))) == [str(same), str(same)]
    with tenancy.workspace(acme.id):
        assert (Conversion.objects.count(), Customer.objects.count()) == (1, 1)
        actions.undo_conversion(rita, same)
        assert not Customer.objects.exists()

    # Two leads of one company, converted at the same time: one customer, and a clean refusal.
    first, second = ids.new_id(), ids.new_id()
    found = at_once(rita, (dana.id, Wanted(id=first)), (gil.id, Wanted(id=second)))
    assert found in (sorted([str(first), "customer_exists"]), sorted([str(second), "customer_exists"]))
    with tenancy.workspace(acme.id):
        assert Customer.objects.get().deals == 1
