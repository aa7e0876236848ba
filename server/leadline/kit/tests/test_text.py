from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.kit.text import clean, detect_language, fold, slug


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("José Muñoz", "jose munoz"),
        ("MÜLLER Straße", "muller strasse"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد أحمد", "محمد احمد"),
        ("Ｒｉｔａ　Levi", "rita  levi"),
        ("Зелёный", "зеленый"),
        ("İstanbul", "istanbul"),
        ("O’Brien", "O'Brien"),
        ("ת״א", 'ת"א'),
        ("naïve\u200fcafé", "naivecafe"),
        ("ﬁnance", "FINANCE"),
    ],
)
def test_a_search_finds_a_name_however_it_is_written(written: str, searched: str) -> None:
    assert fold(written) == fold(searched)


def test_marks_that_make_another_letter_are_kept() -> None:
    assert fold("がく") != fold("かく")
    assert fold("한국") == "한국"
    assert fold("हिंदी") != fold("हद")
    assert fold("שלום") != fold("שלוס")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_control_characters_go_and_lines_stay() -> None:
    assert clean("a\x00b\x07c\r\nd\re\tf\u2028g\x1b[31m") == "abc\nd\ne\tf\ng[31m"
    assert clean("x\ud800y\udc00z") == "xyz"
    assert clean("\ud83d\ude00") == "😀"
    assert clean("invoice\u202efdp.exe") == "invoicefdp.exe"
    assert clean("\u200fשלום\u200f") == "\u200fשלום\u200f"
    assert clean("  a \n") == "a"


def test_a_cut_never_tears_a_character_apart() -> None:
    assert clean("abcdef", 3) == "abc"
    assert clean("cafe\u0301", 4) == "caf"
    assert clean("a👩\u200d👧b", 2) == "a"
    assert clean("ab c", 3) == "ab"
    assert clean("", 0) == ""
    assert len(clean("e" + "\u0301" * 100, 50)) == 50


@given(st.text(st.characters()), st.integers(0, 20))
def test_clean_text_is_storable_short_enough_and_stays_clean(text: str, limit: int) -> None:
    result = clean(text, limit)

    assert len(result) <= limit
    assert "\x00" not in result
    assert result.encode("utf-8").decode("utf-8") == result
    assert clean(result, limit) == result


def test_a_slug_is_ascii_or_nothing() -> None:
    assert slug("What is your BUDGET?") == "what-is-your-budget"
    assert slug("Ça coûte combien ?", separator="_") == "ca_coute_combien"
    assert slug("O'Brien & Söhne GmbH") == "obrien-sohne-gmbh"
    assert slug("תקציב") == ""
    assert slug("a" * 59 + " bcd") == "a" * 59


MESSAGES = {
    "he": ["שלום, אני מעוניין לקבל הצעת מחיר", "היי, כמה עולה iPhone 15 Pro?", "תודה"],
    "ar": ["مرحبا، أريد معرفة السعر من فضلك", "شكرا"],
    "ru": ["Здравствуйте, сколько стоит доставка?", "Спасибо"],
    "en": [
        "Hello, I would like to know the price of your product",
        "Hi, how much is it?",
        "Thanks, please call me tomorrow",
        "Looking for a quote for 20 laptops",
    ],
    "es": [
        "Hola, quiero información sobre el producto",
        "Buenos días, ¿cuánto cuesta?",
        "Hola",
        "Me interesa una cotización para mi empresa",
    ],
    "fr": [
        "Bonjour, je voudrais connaître le prix de votre offre",
        "Merci",
        "Nous avons besoin d'un devis pour notre société, c'est urgent",
    ],
    "de": [
        "Guten Tag, ich möchte ein Angebot",
        "Was kostet das bitte?",
        "Wir haben Interesse an Ihrem Produkt",
    ],
    "pt": [
        "Olá, gostaria de saber o preço",
        "Bom dia, quanto custa? Obrigado",
        "Preciso de mais informações sobre os planos para minha empresa",
    ],
}


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in MESSAGES.items() for text in texts]
)
def test_a_message_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text, list(MESSAGES)) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "12345",
        "iPhone 15",
        "???",
        "😀",
        "Rita Levi",
        "rita@hello.com",
        "https://thanks.com/please",
        "no",
        "a de",
    ],
)
def test_when_unsure_no_language_is_named(text: str) -> None:
    assert detect_language(text, list(MESSAGES)) is None


def test_a_language_that_nobody_speaks_here_is_not_named_and_not_replaced() -> None:
    assert detect_language("Olá, gostaria de saber o preço, obrigado", ["he", "en", "es"]) is None
    assert detect_language("Скільки це коштує? Дякую, чекаю на відповідь її", ["ru"]) is None
    assert detect_language("سلام، قیمت چند است؟ لطفا بگویید", ["ar"]) is None
    assert detect_language("Buongiorno, vorrei sapere quanto costa, grazie", ["es", "pt"]) is None


@given(st.text(max_size=50))
def test_no_text_whatsoever_raises(text: str) -> None:
    detect_language(text, ["he", "en"])
    slug(text)
