"""Recipes that see to it that no open lead is without a next step."""

from __future__ import annotations

from leadline.app.recipes.parts import NEXT_STEP, ask_days, ask_step, ask_time, plan, tell_owner
from leadline.app.recipes.writing import Chosen, Written
from leadline.kit.sentences import word

_AFTER = word("After, such as 2h or 1d")
NO_NEXT_STEP = Written(
    key="no_next_step",
    name={"en": "No next step: plan one", "he": "אין צעד הבא: לתכנן אחד"},
    purpose=word("No open lead is forgotten: one for which nothing is planned gets a next step."),
    trigger="lead.without_next_step",
    options={"days": Chosen("days")},
    steps=[
        plan(NEXT_STEP, Chosen("after")),
        tell_owner(
            {
                "en": "{{name}}: nothing was planned, so a next step was set.",
                "he": "{{name}}: לא תוכנן דבר, ולכן נקבע צעד הבא.",
            }
        ),
    ],
    asks=[
        ask_days(3),
        ask_step({"en": "Call {{name}}", "he": "להתקשר אל {{name}}"}),
        ask_time("after", _AFTER, "1d"),
    ],
)
NO_ANSWER = Written(
    key="call_no_answer",
    name={"en": "Nobody picked up: call again", "he": "לא ענו לטלפון: להתקשר שוב"},
    purpose=word("After a call that nobody took, the next attempt is planned."),
    trigger="call.noted",
    options={"outcome": "no_answer", "direction": "out"},
    steps=[plan(NEXT_STEP, Chosen("after"))],
    asks=[ask_step({"en": "Call again", "he": "להתקשר שוב"}), ask_time("after", _AFTER, "2h")],
)
INTERESTED = Written(
    key="call_interested",
    name={"en": "Interested on the phone: send a quote", "he": "הביע עניין בטלפון: לשלוח הצעה"},
    purpose=word("After a call with interest, moving the card and sending the quote is the next step."),
    trigger="call.noted",
    options={"outcome": "interested"},
    steps=[plan(NEXT_STEP, Chosen("after"))],
    asks=[
        ask_step(
            {"en": "Move to Quote Sent and send the quote", "he": "להעביר להצעה נשלחה ולשלוח הצעת מחיר"}
        ),
        ask_time("after", _AFTER, "1d"),
    ],
)
PLANNING = (NO_NEXT_STEP, NO_ANSWER, INTERESTED)
