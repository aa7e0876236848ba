"""Which languages people of a country speak with a seller, when nothing better is known."""

from __future__ import annotations

# The language, then the regions where it comes first, then those where it comes after another one.
_SPOKEN: tuple[tuple[str, str, str], ...] = (
    ("he", "IL", ""),
    ("ar", "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE", "IL"),
    (
        "en",
        "AG AI AS AU BB BM BS BW BZ CA CC CK CX DM FJ FK FM GB GD GG GH GI GM GU GY IE IM IO JE JM KI "
        "KN KY LC LR MH MP MS MT NA NF NG NR NU NZ PG PN PW SB SG SH SL SS SX TC TK TO TT TV UM US VC "
        "VG VI VU WS ZA ZM ZW",
        "AE BH BN CM CY DK ER ET FI HK IL IN IS JO KE KW LK LS MU MV MW MY NL NO NP PH PK PR QA RW SC "
        "SE SZ TZ UG",
    ),
    ("es", "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE", "AD BZ US"),
    (
        "fr",
        "BF BJ BL CD CF CG CI CM FR GA GF GN GP MC MF ML MQ NC NE PF PM RE SC SN TF TG WF YT",
        "BE BI CA CH DJ DZ GQ HT KM LB LU MA MG MR MU RW TD TN VU",
    ),
    ("de", "AT CH DE LI", "BE LU"),
    ("pt", "AO BR CV GW MZ PT ST", "GQ MO TL"),
    ("ru", "RU", "AM AZ BY EE GE IL KG KZ LT LV MD TJ TM UA UZ"),
    ("it", "IT SM VA", "CH"),
    ("nl", "AW BE BQ CW NL SR", "SX"),
    ("zh", "CN HK MO TW", "SG MY"),
    ("el", "CY GR", ""),
    ("ro", "MD RO", ""),
    ("sr", "ME RS", "BA"),
    ("sv", "SE", "AX FI"),
    ("fa", "IR", "AF"),
    ("ms", "BN MY", "SG"),
    ("sw", "KE TZ", "UG CD"),
    ("ko", "KP KR", ""),
    ("da", "DK", "FO GL"),
    ("tr", "TR", "CY"),
    ("hi", "IN", ""),
)
# Regions with a first language of their own.
_OWN = (
    "AD:ca AF:ps AL:sq AM:hy AX:sv AZ:az BA:bs BD:bn BG:bg BI:rn BT:dz BY:be CZ:cs EE:et ER:ti "
    "ET:am FI:fi FO:fo GE:ka GL:kl HR:hr HT:ht HU:hu ID:id IS:is JP:ja KG:ky KH:km KZ:kk LA:lo "
    "LK:si LS:st LT:lt LU:lb LV:lv MG:mg MK:mk MM:my MN:mn MU:mfe MV:dv MW:ny NO:no NP:ne PH:fil "
    "PK:ur PL:pl RW:rw SI:sl SJ:no SK:sk SZ:ss TH:th TJ:tg TL:tet TM:tk UA:uk UG:lg UZ:uz VN:vi "
    "XK:sq"
)


def _by_region() -> dict[str, tuple[str, ...]]:
    spoken: dict[str, list[str]] = {}
    for pair in _OWN.split():
        region, language = pair.split(":")
        spoken[region] = [language]
    for language, first, _ in _SPOKEN:
        for region in first.split():
            spoken.setdefault(region, []).append(language)
    for language, _, further in _SPOKEN:
        for region in further.split():
            spoken.setdefault(region, []).append(language)
    return {region: tuple(languages) for region, languages in spoken.items()}


_LANGUAGES = _by_region()


def languages_of_region(region: str) -> tuple[str, ...]:
    """ISO language codes of a country, the most likely first; empty when the country is not known."""
    return _LANGUAGES.get(region.upper(), ())
