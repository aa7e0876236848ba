"""The door plate: customers. Offers their fields, the action that makes one, and whose deal a lead is."""

from __future__ import annotations

from typing import Any

from leadline.customers import actions, policy, queries
from leadline.customers.fields import CUSTOMER
from leadline.customers.transferring import CUSTOMERS, CustomerTarget
from leadline.engines.automation import actions as automation
from leadline.engines.automation.actions import Action, StepContext
from leadline.engines.schema import actions as schema
from leadline.engines.transfer import ports as transfer
from leadline.infra import live
from leadline.kit.sentences import word
from leadline.leads import ports as leads
from leadline.workspaces import offers


def _make(step: StepContext) -> dict[str, Any]:
    conversion = actions.make_customer(step.actor, step.subject_id)
    return {"customer": conversion.customer.name if conversion.customer else ""}


schema.offer(CUSTOMER)
transfer.offer_target(CustomerTarget())
transfer.offer_source(CUSTOMERS)
automation.offer_action(Action("customer.make", word("Make a customer"), [], _make))
leads.offer_detail("customer", queries.customers_of_leads)
live.offer_visibility("customers", queries.visible_ids)
offers.name_records("customer", policy.visible_customers)
