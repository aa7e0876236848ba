"""Find the new words of an answer: without the mail it answers, without signatures, in every language.

Lines are judged by their shape (an address, a date, a colon, a run of `Word: value`), never by their words;
only the lines that telephones add are known by the names of telephones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r"^\s{0,3}[>|]")
_ADDRESS = re.compile(r"[^\s<>@]{1,100}@[^\s<>@]{1,100}\.\w")
_YEAR_OR_DAY = re.compile(
    r"\b(19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|(19|20)\d\d\s?[年년]|\b\d{1,2}[.:]\d\d\b"
)
_HEAD = re.compile(r"^\s*\*?([^\W\d_][\w\s'’./()-]{0,24}?)\s?\*?\s?[:：]\*?(?:\s+(\S.*)|\s*)$")
_DELIMITER = re.compile(r"^\s*(-{2,}|—+|_{3,}|={3,}|~{3,}|\*{3,}|#{3,}|ᐧ+)\s*$")
_TITLE = re.compile(r"^\s*[-_=*]{2,}\s*[^\W\d_].{0,200}?[-_=*]{2,}\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_PHONE = re.compile(
    r"\b(i(phone|pad|pod)|android|blackberry|galaxy|samsung|huawei|xiaomi|htc|nokia|outlook|windows\s|"
    r"yahoo|airmail|mailbox|k-9|gmail|protonmail|aol|mobil\w*|cell|phone|tablet|device|alcatel|ti-\d+)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"^[\s<(*_-]*(sent|get|from my|envoy|von mein|diese nachricht wurde|gesendet|sendt|skickat|enviad|inviat|"
    r"verzonden|verstuurd|wys[lł]an|odesl|trimis|lähetetty|отправлен|надіслан|נשלח|أرسلت|从我|從我|发自|發自)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"^\s*(?!fwd?\b|wg\b|tr\b|rv\b)[^\W\d_]{1,7}\s?(\[\d+\])?\s?[:：]", re.IGNORECASE)
_MOST_LINES_OF_HEAD = 5
_LONGEST_LINE_OF_HEAD = 400


def looks_like_answer(subject: str) -> bool:
    """Whether the subject begins like an answer's: a short word and a colon, in any language."""
    return bool(_ANSWER.match(subject))


def own_words(whole: str, hint: str = "") -> str:
    """The new words of an answer, the whole text when none are new; `hint` is what a provider found."""
    lines = [_MARKS.sub("", line).rstrip() for line in whole.replace("\r\n", "\n").split("\n")]
    hinted = hint.replace("\r\n", "\n").strip()
    if hinted and hinted in "\n".join(lines):
        return hinted
    lines = lines[: _end(lines)]
    lines = _below_a_quote(lines)
    lines = _without_trailing_quote(lines)
    lines = _without_telephone_lines(lines)
    return "\n".join(lines).strip() or whole.strip()


def _end(lines: Sequence[str]) -> int:
    """Where what is not new begins, for good: everything after it belongs to older mails or signatures."""
    fenced = begun = False
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or not begun:
            begun = begun or bool(line.strip())
            continue
        if _DELIMITER.match(line) or _TITLE.match(line) or _heads_of_mail(lines, at):
            return at
        if _length_of_attribution(lines, at) and not _goes_on_after_quote(lines, at):
            return at
    return len(lines)


def _heads_of_mail(lines: Sequence[str], at: int) -> bool:
    """Whether three or more lines `Word: value` begin here that tell of a mail: when, from whom."""
    block = []
    for line in lines[at : at + 8]:
        if not _HEAD.match(line):
            break
        block.append(line)
    told = "\n".join(block)
    dated = any(_YEAR_OR_DAY.search(line) for line in block)
    return len(block) >= 3 and (dated or len(_ADDRESS.findall(told)) >= 2)


def _length_of_attribution(lines: Sequence[str], at: int) -> int:
    """How many lines from here say who wrote the following, and when; 0 when they do not."""
    if not _tells(lines[at]) or _QUOTED.match(lines[at]):
        return 0
    for end in range(at + 1, min(at + 2 * _MOST_LINES_OF_HEAD, len(lines)) + 1):
        told = _joined(lines[at:end])
        used = sum(bool(line.strip()) for line in lines[at:end])
        if used > _MOST_LINES_OF_HEAD or len(told) > _LONGEST_LINE_OF_HEAD:
            return 0
        if _is_attribution(told, _quote_follows(lines, end)):
            # Own lines above may hold a date too: it begins as late as it can.
            later = (_joined(lines[start:end]) for start in range(at + 1, end))
            return 0 if any(_is_attribution(one, False) for one in later) else end - at
    return 0


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _tells(line: str) -> bool:
    return bool(_ADDRESS.search(line) or _YEAR_OR_DAY.search(line))


def _is_attribution(told: str, quote_follows: bool) -> bool:
    addressed, dated = bool(_ADDRESS.search(told)), bool(_YEAR_OR_DAY.search(told))
    if told.endswith((":", "：")):
        return (addressed and dated) or (quote_follows and (addressed or dated))
    return quote_follows and addressed and dated and told.endswith((">", ")", "]"))


def _quote_follows(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _goes_on_after_quote(lines: Sequence[str], at: int) -> bool:
    """Whether own lines follow the quote under this attribution: then the answers stand between."""
    after = at + _length_of_attribution(lines, at)
    rest = list(lines[after:])
    if not _quote_follows(rest, 0):
        return False
    last_quoted = max(n for n, line in enumerate(rest) if _QUOTED.match(line))
    following = rest[last_quoted + 1 :]
    following = following[: _end(["words", *following]) - 1]
    return any(line.strip() and not _SENT.match(line) for line in following) and _is_tight(rest, last_quoted)


def _is_tight(rest: Sequence[str], last_quoted: int) -> bool:
    """Whether most lines of the quote carry its mark; clients that wrap lines lose it on some."""
    block = [line for line in rest[: last_quoted + 1] if line.strip()]
    return sum(bool(_QUOTED.match(line)) for line in block) * 2 > len(block)


def _below_a_quote(lines: Sequence[str]) -> list[str]:
    """Without the quote at the top, when the own words stand below it and nowhere else."""
    begin = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    kept = list(lines[begin:])
    head = _length_of_attribution(kept, 0) if kept else 0
    at = head
    while at < len(kept) and (not kept[at].strip() or _QUOTED.match(kept[at])):
        at += 1
    own = any(line.strip() for line in kept[at:])
    between = any(_QUOTED.match(line) for line in kept[at:])
    # A quote without a word on whose it is may be part of what is said: then everything is shown.
    return kept[at:] if own and head and not between else kept


def _without_trailing_quote(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and (not kept[-1].strip() or _QUOTED.match(kept[-1])):
        kept.pop()
    return kept if kept else list(lines)


def _without_telephone_lines(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and (not kept[-1].strip() or _is_telephone_line(kept[-1])):
        kept.pop()
    return kept if any(line.strip() for line in kept) else list(lines)


def _is_telephone_line(line: str) -> bool:
    return len(line) < 120 and bool(_SENT.match(line)) and bool(_PHONE.search(line))
