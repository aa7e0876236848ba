"""Where the columns of a file about leads may go."""

from __future__ import annotations

from leadline.contacts.actions import company_column, person_columns
from leadline.engines.schema import queries as schema
from leadline.engines.schema.ports import Field, FieldType
from leadline.engines.transfer.ports import Column
from leadline.kit.sentences import word
from leadline.leads.fields import LEAD

_T = FieldType
PERSON = "contact."
# What people call such columns, in the languages we speak.
_CALLED = {
    "name": "lead name|deal name|opportunity name|opportunity|deal|subject|ליד|נושא",
    "text": "note|notes|comment|comments|remarks|description|body|details|הערות|הערה|הודעה|תיאור",
    "source": "lead source|origin|how did you hear about us|utm source|מקור|מקור ליד",
    "campaign": "campaign name|utm campaign|קמפיין",
    "interest": "product|service|interested in|course|specialization|מוצר|שירות|התעניינות",
    "value_minor": "value|amount|deal value|price|budget|close value|revenue|שווי|סכום|מחיר",
    "currency": "currency code|מטבע",
    "lead_type": "qualification",
    "next_step": "next action|follow up|צעד הבא",
    "competitor": "מתחרה",
    "owner": "lead owner|sales agent|sales rep|rep|assigned to|agent|salesperson|בעלים|נציג|איש מכירות",
    "stage": "deal stage|pipeline stage|lead stage|שלב",
    "inbound_at": "date|created|created at|created date|date created|lead date|first contact date|"
    "engage date|submitted at|timestamp|תאריך|נוצר|תאריך יצירה",
}
# What a file says in words and the house holds in another form.
_TOLD = {
    "text": Field(key="text", type=_T.LONG_TEXT, label=word("Message")),
    "owner": Field(key="owner", type=_T.TEXT, label=word("Owner")),
    "stage": Field(key="stage", type=_T.TEXT, label=word("Stage")),
    "inbound_at": Field(key="inbound_at", type=_T.DATETIME, label=word("Came in")),
}


def columns() -> list[Column]:
    """Every place a column may go to, custom fields included; one statement."""
    return [
        *person_columns(PERSON),
        company_column(),
        *(_column(key, called) for key, called in _CALLED.items()),
        *(Column(field=field) for field in schema.custom_fields(LEAD) if field.importable),
    ]


def _column(key: str, called: str) -> Column:
    field = _TOLD[key] if key in _TOLD else LEAD.by_key[key]
    return Column(field=field, synonyms=tuple(called.split("|")), names=key == "name")
