"""Contacts: people and organisations. Offers their fields to filters, rules, imports and templates."""

from __future__ import annotations

from leadline.contacts import policy, queries
from leadline.contacts.models import Company, Contact
from leadline.contacts.transferring import COMPANIES, CONTACTS, CompanyTarget, ContactTarget
from leadline.engines.schema import actions as schema
from leadline.engines.schema.actions import Field, FieldType, ObjectType
from leadline.engines.transfer import ports as transfer
from leadline.infra import live
from leadline.workspaces import offers

_T = FieldType

schema.offer(
    ObjectType(
        key="contact",
        label="Contact",
        model=Contact,
        fields=[
            Field(key="name", type=_T.TEXT, label="Name", sortable=True, required=True),
            Field(key="first_name", type=_T.TEXT, label="First name", writable=False),
            Field(key="phone", type=_T.PHONE, label="Phone"),
            Field(key="email", type=_T.EMAIL, label="E-mail"),
            Field(key="company", type=_T.TEXT, label="Company", path="company__name"),
            Field(key="title", type=_T.TEXT, label="Job title"),
            Field(key="city", type=_T.TEXT, label="City"),
            Field(key="postcode", type=_T.TEXT, label="Postcode"),
            Field(
                key="postcode_number",
                type=_T.NUMBER,
                label="Postcode as a number",
                writable=False,
                importable=False,
            ),
            Field(key="region", type=_T.TEXT, label="Region"),
            Field(key="country", type=_T.TEXT, label="Country"),
            Field(key="language", type=_T.TEXT, label="Language"),
            Field(key="owner", type=_T.MEMBER, label="Owner", path="owner_id", writable=False),
            Field(key="team", type=_T.TEAM, label="Team", path="team_id", writable=False),
            Field(key="created_at", type=_T.DATETIME, label="Created", writable=False, importable=False),
        ],
    )
)
schema.offer(
    ObjectType(
        key="company",
        label="Company",
        model=Company,
        fields=[
            Field(key="name", type=_T.TEXT, label="Name", sortable=True, required=True),
            Field(key="domain", type=_T.TEXT, label="Domain"),
            Field(key="created_at", type=_T.DATETIME, label="Created", writable=False, importable=False),
        ],
    )
)
for target in (CompanyTarget(), ContactTarget()):
    transfer.offer_target(target)
for source in (COMPANIES, CONTACTS):
    transfer.offer_source(source)
live.offer_visibility("contacts", queries.visible_ids)
offers.name_records("contact", policy.visible_contacts)
