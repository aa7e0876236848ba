"""What people say in the story, by language: openings, answers, notes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Project:
    """Something people want of the company: what it is called, and what it costs in whole dollars."""

    interest: str
    interest_he: str
    low: int
    high: int
    business: bool


PROJECTS = (
    Project("Solar roof for a family home", "גג סולארי לבית פרטי", 9_000, 24_000, business=False),
    Project("Heat pump", "משאבת חום", 5_000, 14_000, business=False),
    Project("Wallbox for an electric car", "עמדת טעינה לרכב חשמלי", 900, 2_800, business=False),
    Project("Battery storage", "סוללת אגירה", 4_000, 11_000, business=False),
    Project("Solar roof for a business", "גג סולארי לעסק", 38_000, 160_000, business=True),
    Project("Charging stations for a car park", "עמדות טעינה לחניון", 12_000, 60_000, business=True),
    Project("Energy check of a building", "סקר אנרגיה למבנה", 1_500, 6_000, business=True),
)
OPENINGS = {
    "en": (
        "Hi, we are thinking about a {what}. Could you give me a rough idea of the price?",
        "Hello! A neighbour recommended you. We need a {what}. When could somebody come and look?",
        "Good morning, do you also do a {what}? We would like to start this spring.",
        "Hi there, I saw your ad. How long does it take until a {what} is installed?",
        "Hello, I have two other offers for a {what} and would like one from you as well.",
    ),
    "he": (
        "שלום, אנחנו חושבים על {what}. אפשר הערכת מחיר?",
        "היי, השכנים המליצו עליכם. מתעניינים ב{what}. מתי אפשר לקבוע ביקור?",
        "בוקר טוב, ראיתי את הפרסום שלכם. כמה זמן לוקחת התקנה של {what}?",
    ),
}
ANSWERS = {
    "en": (
        "Hi {name}, this is {rep}. Thank you for writing! May I ask two questions: which address is it, and "
        "what is your yearly consumption, roughly?",
        "Hello {name}, {rep} here. Gladly. I have time tomorrow between 10 and 12, shall I call you?",
        "Hi {name}, {rep} from the sales team. I will prepare something for you. Do you have a photo of the "
        "roof or of the meter?",
    ),
    "he": (
        "שלום {name}, מדבר {rep}. תודה שפנית אלינו! מה הכתובת, ומה הצריכה השנתית בערך?",
        "היי {name}, כאן {rep}. בשמחה. מתאים לך שאתקשר מחר בין 10 ל-12?",
    ),
}
REPLIES = {
    "en": (
        "Sure. About 6,500 kWh a year, the roof faces south.",
        "Tomorrow at 11 works, thank you.",
        "Great, I will send you the photos tonight.",
        "That was quick :) Yes, please call me.",
        "We would like to have it before the summer, is that realistic?",
    ),
    "he": (
        "בטח. בערך 6,500 קוט״ש בשנה, הגג פונה דרומה.",
        "מחר ב-11 מצוין, תודה.",
        "תודה על המענה המהיר! אשלח תמונות הערב.",
    ),
}
OFFERS = {
    "en": "Hi {name}, our quote is on its way to your mailbox. I am happy to go through it with you.",
    "he": "שלום {name}, הצעת המחיר בדרך אליך במייל. אשמח לעבור עליה יחד.",
}
HAGGLING = {
    "en": (
        "Thank you, it looks good. Is there room in the price if we take the battery too?",
        "We have talked about it at home. The date is more important to us than the price.",
        "My partner would like to see a reference in our area first.",
    ),
    "he": (
        "תודה, נראה טוב. יש גמישות במחיר אם ניקח גם סוללה?",
        "דיברנו על זה בבית. התאריך חשוב לנו יותר מהמחיר.",
    ),
}
URGENT = {
    "en": "Hello? We would really like to start soon. Who can help us?",
    "he": "שלום? נשמח להתחיל בקרוב. מי יכול לעזור לנו?",
}
THANKS = {"en": "Signed and sent back. We look forward to it!", "he": "חתמנו ושלחנו. מחכים בקוצר רוח!"}
CALLS = (
    "Talked for a few minutes: knows what they want, waits for our numbers.",
    "Reached at once. Wants the installation before the holidays; two decision makers.",
    "Friendly, compares us with one other firm. Budget is there.",
    "Explained the subsidy. Will send the last electricity bill.",
)
FOLLOW_UPS = (
    "Called back: still interested, the decision falls next week.",
    "Sent two references and the data sheet; they read them tonight.",
    "Went through the numbers together. One question about the warranty left.",
    "Agreed on a date for a visit on site.",
)
CHECK_INS = {
    "en": "Hi {name}, {rep} here. Did you have time to look at it? I am happy to answer questions.",
    "he": "שלום {name}, כאן {rep}. יצא לך לעבור על הדברים? אשמח לענות על שאלות.",
}
NOTES = (
    "Roof is 12 years old, no shade. Access from the back yard.",
    "Asked for instalments. Finance says yes from three months on.",
    "The decision is made by two people, both must be at the table.",
    "Found us through a friend; do mention the Meridian project.",
    "Wants to see the warranty in writing.",
    "Meter cabinet must be replaced, added to the quote.",
)
NEXT_STEPS = (
    "Call about the quote",
    "Send the warranty",
    "Visit on site",
    "Ask for the bill",
    "Send reference",
)
LOSSES = (
    ("Price", "Found somebody who does it for less", ""),
    ("Chose a competitor", "Went with the firm that built their first system", "Helio Partners"),
    ("No answer", "Four attempts in two weeks", ""),
    ("Bad timing", "Builds next year; asked us to call in autumn", ""),
    ("No budget", "The board did not approve it", ""),
    ("Not a fit", "Roof cannot carry it", ""),
)
SPAM = (
    "Rank your website on the first page of Google! Cheap backlinks: http://spam.test/a http://spam.test/b",
    "Crypto investment with 300 % profit, click here to claim https://spam.test/c",
)
