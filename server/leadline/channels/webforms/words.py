"""Every word a visitor reads on a form, in the languages forms speak."""

from __future__ import annotations

RIGHT_TO_LEFT = {"he", "ar", "fa"}

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "required": "Please fill this in.",
        "email": "This is not a valid e-mail address. Example: name@company.com",
        "phone": "This is not a valid phone number. Example: {example}",
        "number": "Please enter a number.",
        "date": "Please enter a date as YYYY-MM-DD.",
        "url": "Please enter an address that begins with http:// or https://.",
        "choice": "Please choose one of the options.",
        "too_long": "This is too long: at most {most} characters.",
        "reachable": "Leave an e-mail address or a phone number, so that we can answer.",
        "consent": "Please tick this box to go on.",
        "check": "Please check the marked fields.",
        "too_many": "You have sent this form several times. Please wait a minute and try again.",
        "too_large": "This is too large to send. Please send less.",
        "unreadable": "We could not read what was sent. Please try again.",
        "closed": "This form is closed.",
        "unknown": "There is no form at this address.",
        "thanks": "Thank you",
        "thank_you": "Your message has arrived. We will get back to you shortly.",
        "again": "Send another message",
        "download": "Download",
        "waiting": "{n} saved here, waiting to be sent.",
        "all_sent": "Everything is sent. Next person, please.",
        "vcard": "Text of a contact's QR code (vCard)",
        "optional": "optional",
        "choose": "Please choose",
        "leave_empty": "Leave this field empty",
        "button": "Send",
        "title": "Contact us",
        "name": "Your name",
        "email_label": "E-mail",
        "phone_label": "Phone",
        "text": "How can we help?",
    },
    "he": {
        "required": "נא למלא שדה זה.",
        "email": "כתובת האימייל אינה תקינה. לדוגמה: name@company.com",
        "phone": "מספר הטלפון אינו תקין. לדוגמה: {example}",
        "number": "נא להזין מספר.",
        "date": "נא להזין תאריך בצורה YYYY-MM-DD.",
        "url": "נא להזין כתובת שמתחילה ב-http:// או ב-https://.",
        "choice": "נא לבחור אחת מהאפשרויות.",
        "too_long": "ארוך מדי: לכל היותר {most} תווים.",
        "reachable": "נא להשאיר אימייל או טלפון כדי שנוכל לחזור אליכם.",
        "consent": "נא לסמן את התיבה כדי להמשיך.",
        "check": "נא לבדוק את השדות המסומנים.",
        "too_many": "הטופס נשלח כבר כמה פעמים. נא להמתין דקה ולנסות שוב.",
        "too_large": "זה גדול מדי לשליחה. נא לשלוח פחות.",
        "unreadable": "לא הצלחנו לקרוא את מה שנשלח. נא לנסות שוב.",
        "closed": "הטופס סגור.",
        "unknown": "אין טופס בכתובת זו.",
        "thanks": "תודה",
        "thank_you": "ההודעה התקבלה. נחזור אליכם בהקדם.",
        "again": "שליחת הודעה נוספת",
        "download": "הורדה",
        "waiting": "{n} נשמרו כאן וממתינים לשליחה.",
        "all_sent": "הכול נשלח. הבא בתור, בבקשה.",
        "vcard": "טקסט מקוד QR של איש קשר (vCard)",
        "optional": "לא חובה",
        "choose": "נא לבחור",
        "leave_empty": "נא להשאיר שדה זה ריק",
        "button": "שליחה",
        "title": "יצירת קשר",
        "name": "שם",
        "email_label": "אימייל",
        "phone_label": "טלפון",
        "text": "איך אפשר לעזור?",
    },
}
LANGUAGES = tuple(_WORDS)


def words(language: str) -> dict[str, str]:
    """The words in the language; English for what is not translated."""
    return {**_WORDS["en"], **_WORDS.get(language.split("-")[0], {})}


def direction(language: str) -> str:
    """Which way the language is written: ltr or rtl."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
