"""Where the columns of a file about customers may go."""

from __future__ import annotations

from leadline.contacts.actions import company_column, person_columns
from leadline.customers.fields import CUSTOMER
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer.ports import Column
from leadline.kit.sentences import word

_T = FieldType
PERSON = "contact."
_NAME = Field(key="name", type=_T.TEXT, label=word("Name"))
_CALLED = "customer|customer name|client|client name|account|account name|לקוח|שם לקוח"
# What a file says in words and the house holds in another form.
_TOLD = {
    "kind": Field(key="kind", type=_T.TEXT, label=word("Kind")),
    "status": CUSTOMER.by_key["status"],
    "source": Field(key="source", type=_T.TEXT, label=word("Source")),
    "about": CUSTOMER.by_key["about"],
    "owner": Field(key="owner", type=_T.TEXT, label=word("Owner")),
}
_SYNONYMS = {
    "kind": "type|customer type|סוג",
    "status": "customer status|state|מצב",
    "source": "lead source|origin|מקור",
    "about": "note|notes|description|comments|remarks|הערות|תיאור",
    "owner": "account owner|account manager|sales rep|agent|בעלים|נציג",
}


def columns() -> list[Column]:
    """Every place a column may go to, custom fields included; one statement."""
    named, *rest = person_columns(PERSON)
    person = Field(key=named.field.key, type=_T.TEXT, label=word("Contact person"))
    own = [field for field in schema.custom_fields(CUSTOMER) if field.importable]
    return [
        Column(field=_NAME, synonyms=tuple(_CALLED.split("|")), names=True, identifies=True),
        Column(field=person, synonyms=("contact", "contact name", "person", "איש קשר")),
        *rest,
        company_column(),
        *(Column(field=field, synonyms=tuple(_SYNONYMS[key].split("|"))) for key, field in _TOLD.items()),
        *(Column(field=field) for field in own),
    ]
