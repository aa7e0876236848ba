"""The text of an HTML mail, with what it quotes marked as in a plain mail."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "object"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "base", "col", "wbr", "area", "source"})
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "footer", "pre", "form", "dl", "dt", "dd", "address",
})  # fmt: skip
_QUOTE_CLASSES = frozenset({"gmail_quote", "gmail_quote_container", "moz-cite-prefix", "yahoo_quoted"})
_BORDERS = frozenset({"appendonsend", "divrplyfwdmsg", "stopspelling", "isforwardcontent"})
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_MANY_LINES = re.compile(r"\n{3,}")
_BORDER = "________________"
_MOST = 500_000


def text_of_html(html: str) -> str:
    """The words a reader sees, block by block; quoted ones behind `> `, other mails below a line."""
    reader = _Reader()
    # A tag that never ends would be looked for again and again.
    reader.feed(html[: html[:_MOST].rfind(">") + 1] if "<" in html else html[:_MOST])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Writes lines while it walks through the elements; broken nesting is survived."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._now = ""
        self._open: list[tuple[str, bool]] = []
        self._silent = 0
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag in {"br", "blockquote", "hr"}:
            self._break()
        if given.get("id", "").lower().removeprefix("x_") in _BORDERS:
            self._lines.append((self._depth, _BORDER))
        if tag in _VOID:
            return
        quotes = tag == "blockquote" or bool(_QUOTE_CLASSES & set(given.get("class", "").split()))
        self._open.append((tag, quotes))
        self._depth += quotes
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those left open inside it."""
        if tag not in {name for name, _ in self._open}:
            return
        if tag in _BLOCKS or tag == "blockquote":
            self._break()
        while self._open:
            name, quotes = self._open.pop()
            self._depth -= quotes
            self._silent -= name in _SILENT
            if name == tag:
                break
        if tag in {"td", "th"}:
            self._now += " "

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._silent:
            self._now += data

    def text(self) -> str:
        """Everything that was written."""
        self._break()
        lines = [f"{'>' * depth} {line}".strip() if depth else line for depth, line in self._lines]
        return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()

    def _break(self) -> None:
        line = _SPACES.sub(" ", self._now).strip()
        if line or (self._lines and self._lines[-1][1]):
            self._lines.append((self._depth, line))
        self._now = ""
