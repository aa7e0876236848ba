"""The fields of a customer, described once for filters, lists, rules and the map."""

from __future__ import annotations

from functools import partial

from leadline.customers.models import Customer
from leadline.engines.schema.ports import Choice, Field, FieldType, ObjectType
from leadline.kit.sentences import word
from leadline.leads.rules import SOURCES

_T = FieldType
# What nobody writes: it follows from the deals.
_computed = partial(Field, writable=False, importable=False)
_STATUSES = [Choice("active", word("Active")), Choice("inactive", word("Inactive"))]
_KINDS = [Choice("person", word("Person")), Choice("company", word("Company"))]

CUSTOMER = ObjectType(
    key="customer",
    label="Customer",
    model=Customer,
    fields=[
        Field(key="name", type=_T.TEXT, label="Name", sortable=True, required=True),
        Field(key="status", type=_T.CHOICE, label="Status", choices=_STATUSES),
        _computed(key="kind", type=_T.CHOICE, label="Kind", choices=_KINDS),
        Field(key="phone", type=_T.PHONE, label="Phone"),
        Field(key="email", type=_T.EMAIL, label="E-mail"),
        Field(key="city", type=_T.TEXT, label="City"),
        Field(key="country", type=_T.TEXT, label="Country"),
        Field(
            key="source", type=_T.CHOICE, label="Source", choices=[Choice(k, v) for k, v in SOURCES.items()]
        ),
        Field(key="about", type=_T.LONG_TEXT, label=word("About")),
        Field(key="owner", type=_T.MEMBER, label="Owner", path="owner_id", importable=False),
        _computed(key="team", type=_T.TEAM, label="Team", path="team_id"),
        _computed(key="deals", type=_T.NUMBER, label=word("Deals"), sortable=True),
        _computed(key="deals_won", type=_T.NUMBER, label=word("Deals won"), sortable=True),
        _computed(key="won_minor", type=_T.MONEY, label=word("Won value"), sortable=True),
        _computed(key="last_activity_at", type=_T.DATETIME, label="Last activity", sortable=True),
        _computed(key="created_at", type=_T.DATETIME, label=word("Customer since"), sortable=True),
    ],
)
