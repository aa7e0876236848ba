"""Recipes that follow a lead through the stages of the pipeline, to its end and after it."""

from __future__ import annotations

from leadline.app.recipes.parts import (
    NEXT_STEP,
    NOT_SENT,
    OPEN,
    STAGE,
    TEMPLATE,
    TEXT,
    ask_days,
    ask_stage,
    ask_step,
    ask_template,
    ask_text,
    ask_time,
    do,
    plan,
    tell_owner,
    whatsapp,
)
from leadline.app.recipes.writing import Chosen, StageCalled, Written
from leadline.kit.sentences import word

QUOTE_SENT = Written(
    key="quote_sent",
    shipped=True,
    name={"en": "Quote sent: follow up by WhatsApp", "he": "הצעת מחיר נשלחה: המשך בוואטסאפ"},
    purpose=word("Whoever has just got a quote is asked by WhatsApp whether anything is unclear."),
    trigger="lead.stage_entered",
    options={"to_stage_id": STAGE},
    conditions=OPEN,
    steps=[whatsapp(TEMPLATE, tell_owner(NOT_SENT), text=TEXT)],
    asks=[
        ask_stage(StageCalled("Quote Sent")),
        ask_text(
            "text",
            word("Text while the 24 hours are open"),
            {
                "en": "Hi {{contact.first_name|there}}, we have just sent you our quote. "
                "Is there anything you would like to know? Just answer here.",
                "he": "שלום {{contact.first_name}}, שלחנו לך עכשיו את הצעת המחיר שלנו. "
                "יש שאלות? אפשר פשוט לענות כאן.",
            },
        ),
        ask_template("follow_up"),
    ],
)
QUOTE_REMINDER = Written(
    key="quote_reminder",
    name={"en": "Quote sent: remind whoever does not answer", "he": "הצעת מחיר נשלחה: תזכורת למי שלא עונה"},
    purpose=word(
        "Waits for an answer to the quote. Who answers is left to the owner; who does not gets a reminder "
        "by WhatsApp, and the owner a call to make."
    ),
    trigger="lead.stage_entered",
    options={"to_stage_id": STAGE},
    conditions=OPEN,
    steps=[
        {
            "kind": "wait",
            "for": Chosen("for"),
            "calendar": "business",
            "until_event": "message.replied",
            "otherwise": [whatsapp(TEMPLATE), plan(NEXT_STEP, "1d")],
        }
    ],
    ends_on=["lead.stage_left", "lead.won", "lead.lost"],
    asks=[
        ask_stage(StageCalled("Quote Sent")),
        ask_time("for", word("Wait for an answer, such as 3d"), "3d"),
        ask_template("follow_up"),
        ask_step({"en": "Call about the quote", "he": "להתקשר לגבי הצעת המחיר"}),
    ],
)
NEGOTIATION = Written(
    key="negotiation_7d",
    shipped=True,
    name={"en": "7 days in Negotiation: follow up", "he": "שבוע במשא ומתן: מעקב"},
    purpose=word("A lead that stays in one stage too long gets a next step and a message."),
    trigger="lead.long_in_stage",
    options={"days": Chosen("days"), "stage": STAGE},
    conditions=OPEN,
    steps=[
        do("lead.set_field", field="next_step", value=NEXT_STEP),
        tell_owner(
            {
                "en": "{{name}} has been in <stage> for <days> days. Please call.",
                "he": "{{name}} כבר <days> ימים בשלב <stage>. כדאי להתקשר.",
            }
        ),
        whatsapp(TEMPLATE, tell_owner(NOT_SENT)),
    ],
    asks=[
        ask_stage(StageCalled("Negotiation")),
        ask_days(7),
        ask_step({"en": "Call: 7 days in Negotiation", "he": "להתקשר: שבוע במשא ומתן"}),
        ask_template("follow_up"),
    ],
)
WON = Written(
    key="won_customer",
    shipped=True,
    name={"en": "Won: make them a customer", "he": "נסגרה עסקה: יצירת לקוח"},
    purpose=word("Whoever buys becomes a customer by itself; who is one already stays the same one."),
    trigger="lead.won",
    steps=[do("customer.make")],
)
NURTURE = Written(
    key="not_converted_30d",
    name={"en": "30 days without a deal: keep in touch", "he": "30 יום בלי עסקה: שומרים על קשר"},
    purpose=word(
        "A lead that came to nothing so far gets the tag “nurture” and a message, and its owner hears of it. "
        "With “An answer after a long time” it comes back by itself."
    ),
    trigger="lead.not_converted",
    options={"days": Chosen("days")},
    conditions=OPEN,
    steps=[
        do("lead.add_tags", tags="nurture"),
        whatsapp(TEMPLATE),
        tell_owner(
            {
                "en": "{{name}} is not a deal after all this time. It has the tag “nurture” now.",
                "he": "{{name}} עדיין לא הפך לעסקה. התווית “nurture” נוספה.",
            }
        ),
    ],
    ends_on=["message.replied", "lead.converted", "lead.won", "lead.lost"],
    asks=[ask_days(30), ask_template("follow_up")],
)
REVIVED = Written(
    key="revived",
    name={"en": "An answer after a long time: back to the list", "he": "תשובה אחרי זמן רב: חזרה לרשימה"},
    purpose=word("A lead with the tag “nurture” that answers loses the tag, and its owner is asked to call."),
    trigger="message.replied",
    conditions={"field": "tags", "op": "has_any", "value": ["nurture"]},
    steps=[
        do("lead.remove_tags", tags="nurture"),
        plan(NEXT_STEP, "2h"),
        tell_owner({"en": "{{name}} has answered after a long time.", "he": "{{name}} ענה אחרי זמן רב."}),
    ],
    asks=[ask_step({"en": "Call: has answered again", "he": "להתקשר: ענה שוב"})],
)
FOLLOWING = (QUOTE_SENT, QUOTE_REMINDER, NEGOTIATION, WON, NURTURE, REVIVED)
