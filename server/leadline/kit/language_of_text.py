"""In which language a short message is written, told by its script and its most common words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)
_LONG_ENOUGH = 2000

# Scripts that belong to one language among those we know, as the first word of their Unicode names.
_SCRIPTS = {"HEBREW": "he", "ARABIC": "ar", "CYRILLIC": "ru", "GREEK": "el", "HANGUL": "ko", "THAI": "th"}
_KANA = {"HIRAGANA", "KATAKANA"}
# Letters that show that the script is used for another language.
_NOT_RUSSIAN = {"uk": "іїєґ", "sr": "ђћљњџј", "be": "ў"}
_NOT_ARABIC = {"fa": "پچژگ", "ur": "ٹڈڑںے"}

# Very common words and what people write first to a seller. A word may stand in several languages.
_WORDS = {
    "en": (
        "the and you your is are am was have has i my me we our us for with this that of to in it please "
        "hello hi dear thanks thank would could can how much what when where price want need like "
        "interested about from do does not looking more know get call regards be will on at so just there "
        "but if they he she it's i'm don't can't no an or as by all any out up now then here only who why "
        "which been were had did let see good"
    ),
    "es": (
        "el la los las que de en un una es por para con no se su lo como más pero hola buenos buenas días "
        "tardes gracias quiero quisiera necesito precio cuánto cuanto cuesta favor información "
        "informacion sobre me mi del al estoy tengo puede interesa interesado interesada usted ustedes "
        "qué está son"
    ),
    "fr": (
        "le la les et que de du des en un une est pour avec ne pas je vous nous votre mon ma ce cette "
        "dans sur bonjour bonsoir salut merci voudrais veux besoin prix combien s'il plaît plait "
        "informations svp au aux suis j'ai c'est d'un d'une l'offre intéressé intéressée il elle ou mais "
        "plus être avez"
    ),
    "de": (
        "der die das und ist ein eine einen einem nicht ich sie wir ihr mir mich mit für von zu auf dem "
        "den im am hallo guten tag morgen danke bitte möchte moechte brauche preis wieviel wie viel "
        "kostet haben habe sind über es auch oder aber bei nach ihre ihnen gerne interesse interessiert "
        "grüße gruß können"
    ),
    "pt": (
        "os as que de do da dos das em um uma é para com não nao se no na por mais mas olá ola oi bom boa "
        "dia tarde noite obrigado obrigada quero queria gostaria preciso preço preco quanto custa favor "
        "informações sobre meu minha você vocês voce estou tenho pode são ao pelo pela"
    ),
    "it": (
        "il lo la gli le che di del della in un una per con non si mi ciao buongiorno buonasera salve "
        "grazie vorrei voglio prezzo quanto costa favore informazioni su sono ho mio mia più ma anche "
        "questo"
    ),
    "nl": (
        "de het een en is ik je wij niet van voor met op dat dit zijn heb hallo goedemorgen dank bedankt "
        "graag wil prijs hoeveel kost alstublieft informatie over mijn ook maar naar wat hoe"
    ),
}
_LANGUAGES_OF = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
# Words that by themselves show the language.
_GREETINGS = {
    "hello": "en", "thanks": "en", "please": "en", "hola": "es", "gracias": "es", "quiero": "es",
    "bonjour": "fr", "merci": "fr", "bonsoir": "fr", "danke": "de", "bitte": "de", "möchte": "de",
    "olá": "pt", "obrigado": "pt", "obrigada": "pt", "você": "pt", "ciao": "it", "grazie": "it",
    "buongiorno": "it", "bedankt": "nl", "goedemorgen": "nl",
}  # fmt: skip
_LETTERS = {"es": "ñ¿¡", "de": "ßäöü", "pt": "ãõ", "fr": "œêûîëï"}

_ENOUGH = 2.0
_CLEARLY_MORE = 1.5


def detect_language(text: str, allowed: Collection[str] | None = None) -> str | None:
    """The ISO code of the language, only if it is clear and among the allowed; None when unsure."""
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text[:_LONG_ENOUGH])).casefold()
    language = _by_script(plain) or _by_words(plain)
    return language if allowed is None or language in allowed else None


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    scripts = Counter(unicodedata.name(char, "?").partition(" ")[0] for char in text if char.isalpha())
    others = {script: count for script, count in scripts.items() if script != "LATIN"}
    if not others:
        return None
    script, count = max(others.items(), key=lambda pair: pair[1])
    # Names of brands and products are written in Latin letters inside any language.
    if count < 2 or count * 3 < sum(scripts.values()):
        return None
    if _KANA & others.keys():
        return "ja"
    if script == "CJK":
        return "zh"
    if script == "CYRILLIC":
        return _unless(text, _NOT_RUSSIAN, "ru")
    if script == "ARABIC":
        return _unless(text, _NOT_ARABIC, "ar")
    return _SCRIPTS.get(script)


def _unless(text: str, others: dict[str, str], usual: str) -> str:
    for language, letters in others.items():
        if any(letter in text for letter in letters):
            return language
    return usual


def _by_words(text: str) -> str | None:
    points: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(text.replace("’", "'")):
        for language in _LANGUAGES_OF.get(word, ()):
            # A word that several languages share says little.
            points[language] += 1 / len(_LANGUAGES_OF[word])
        if word in _GREETINGS:
            points[_GREETINGS[word]] += 1
    for language, letters in _LETTERS.items():
        if any(letter in text for letter in letters):
            points[language] += 1
    ranking = sorted(points, key=points.__getitem__, reverse=True)
    if not ranking or points[ranking[0]] < _ENOUGH:
        return None
    clear = len(ranking) == 1 or points[ranking[0]] >= _CLEARLY_MORE * points[ranking[1]]
    return ranking[0] if clear else None
