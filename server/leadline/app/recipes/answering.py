"""Recipes that answer at once, and look after those who were not answered."""

from __future__ import annotations

from leadline.app.recipes.parts import (
    NEXT_STEP,
    NOT_SENT,
    TEMPLATE,
    TEXT,
    ask_step,
    ask_template,
    ask_text,
    ask_time,
    do,
    plan,
    tell_owner,
    whatsapp,
)
from leadline.app.recipes.writing import Ask, Chosen, Written
from leadline.engines.schema.ports import Choice, Field, FieldType
from leadline.kit.sentences import word

WELCOME = Written(
    key="whatsapp_welcome",
    shipped=True,
    name={"en": "New WhatsApp lead: welcome at once", "he": "ליד חדש בוואטסאפ: מענה מיידי"},
    purpose=word("Whoever writes by WhatsApp for the first time gets an answer within seconds."),
    trigger="lead.captured",
    options={"channel": "whatsapp"},
    steps=[whatsapp(TEMPLATE, tell_owner(NOT_SENT))],
    asks=[ask_template("welcome")],
)
# Whoever wrote by WhatsApp is welcomed by the recipe above; whom we entered ourselves knows already.
_NOT_ANSWERED_HERE = ["whatsapp", "manual", "import"]
FIRST_ANSWER = Written(
    key="first_answer",
    name={"en": "New inquiry: first answer at once", "he": "פנייה חדשה: מענה ראשון מיידי"},
    purpose=word(
        "Whoever inquires by a form, an ad or a mail gets an answer at once: by mail, or by WhatsApp where "
        "there is no mail address or mails are not wanted. Where neither is possible, and after a call, "
        "the owner is asked to call."
    ),
    trigger="lead.captured",
    conditions={"field": "channel", "op": "not_in", "value": _NOT_ANSWERED_HERE},
    steps=[
        {
            "kind": "if",
            "when": {"field": "channel", "op": "eq", "value": "phone"},
            "then": [plan(NEXT_STEP, Chosen("after"))],
            "else": [
                do(
                    "mail.send",
                    [
                        whatsapp(
                            TEMPLATE,
                            plan(NEXT_STEP, Chosen("after")),
                            tell_owner(
                                {
                                    "en": "{{name}} could not be answered automatically. Please call.",
                                    "he": "לא ניתן היה לענות אוטומטית אל {{name}}. כדאי להתקשר.",
                                }
                            ),
                        )
                    ],
                    to="person",
                    subject=Chosen("subject"),
                    body=TEXT,
                )
            ],
        }
    ],
    asks=[
        ask_text(
            "subject",
            word("Subject of the mail"),
            {"en": "We have got your inquiry", "he": "קיבלנו את פנייתך"},
        ),
        ask_text(
            "text",
            word("Text of the mail"),
            {
                "en": "Hi {{contact.first_name|there}},\n\nthank you for asking about "
                "{{interest|our offers}}. We have got your inquiry and will answer very soon.\n\n"
                "{{text|}}",
                "he": "שלום {{contact.first_name}},\n\nתודה על ההתעניינות ב{{interest|הצעות שלנו}}. "
                "קיבלנו את פנייתך ונחזור אליך בהקדם.\n\n{{text|}}",
            },
        ),
        ask_template("welcome"),
        ask_step({"en": "Call {{contact.phone|back}}", "he": "להתקשר: {{contact.phone|לחזור לפונה}}"}),
        ask_time("after", word("Call within, such as 30m"), "30m"),
    ],
)
UNTOUCHED = Written(
    key="untouched_2h",
    shipped=True,
    name={"en": "Untouched for 2 hours: escalate", "he": "שעתיים ללא מענה: הסלמה"},
    purpose=word("A lead that nobody has answered comes before the managers, by SMS too."),
    trigger="lead.untouched",
    options={"for": Chosen("for"), "business": Chosen("business")},
    # Flags the lead and tells the managers.
    steps=[do("lead.escalate", carriers=["sms"])],
    ends_on=["lead.touched"],
    asks=[
        ask_time("for", word("Untouched for, such as 2h"), "2h"),
        Ask(Field(key="business", type=FieldType.BOOL, label=word("Count only business hours"))),
    ],
)
UNDELIVERED = Written(
    key="message_failed",
    name={"en": "Message not delivered: tell the owner", "he": "הודעה לא הגיעה: עדכון לאחראי"},
    purpose=word("When a message cannot be delivered, the owner hears of it and plans a call."),
    trigger="message.failed",
    steps=[
        plan(NEXT_STEP, Chosen("after")),
        tell_owner(
            {
                "en": "{{name}}: our message could not be delivered.",
                "he": "{{name}}: ההודעה שלנו לא הגיעה.",
            }
        ),
    ],
    asks=[
        ask_step({"en": "Call: a message did not arrive", "he": "להתקשר: הודעה לא הגיעה"}),
        ask_time("after", word("After, such as 2h or 1d"), "2h"),
    ],
)
READY = Written(
    key="ready_for_sales",
    name={"en": "Ready for sales: call today", "he": "מוכן למכירה: להתקשר היום"},
    purpose=word(
        "A lead whose score says that it is ready for sales gets a call, and its owner hears of it."
    ),
    trigger="lead.ready",
    steps=[
        plan(NEXT_STEP, Chosen("after")),
        tell_owner(
            {"en": "{{name}} is ready for sales.", "he": "{{name}} בשל למכירה."},
            by=Chosen("by"),
        ),
    ],
    asks=[
        ask_step({"en": "Call: ready for sales", "he": "להתקשר: מוכן למכירה"}),
        ask_time("after", word("After, such as 2h or 1d"), "2h"),
        Ask(
            Field(
                key="by",
                type=FieldType.MULTI_CHOICE,
                label=word("Tell the owner also by"),
                choices=[Choice("email", word("E-mail")), Choice("sms", word("SMS"))],
            )
        ),
    ],
)
ANSWERING = (WELCOME, FIRST_ANSWER, UNTOUCHED, UNDELIVERED, READY)
