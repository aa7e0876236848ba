"""Read a formula: our own words are taken out, and Python's parser says what belongs to what."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

from leadline.engines.schema.formula.tree import FUNCTIONS, Call, Literal, Node, Ref
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Sentence, say

MAX_LENGTH, MAX_PARTS, MAX_DEPTH = 1000, 200, 40
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(?P<op><>|<=|>=|!=|==|[-+*/&(),<>=]))"""
)
_OPS = {"=": "==", "<>": "!="}
_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.BitAnd: "&",
}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def refuse(detail: Sentence) -> NoReturn:
    """Invalid (422) about a formula."""
    raise Invalid(detail, code="formula_invalid", field="formula")


@lru_cache(maxsize=1024)
def read(text: str) -> Node:
    """The tree of a formula; Invalid (422) says what is wrong with it."""
    if len(text) > MAX_LENGTH:
        refuse(say("A formula has at most {n} characters.", n=MAX_LENGTH))
    words, atoms = _taken_apart(text)
    try:
        # Only names we made up, operators and brackets are left: there is nothing here that could run.
        parsed = ast.parse(f"({' '.join(words)})", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        refuse(say("The formula is not complete, or something stands in the wrong place."))
    return _Reading(atoms).node(parsed.body, 1)


def _taken_apart(text: str) -> tuple[list[str], list[Node | str]]:
    """Words for the parser, names and values replaced by `x0`, `x1` and so on, and what these stand for."""
    words: list[str] = []
    atoms: list[Node | str] = []
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            refuse(say("“{sign}” means nothing in a formula.", sign=text[place:].strip()[:1]))
        place = found.end()
        if found["op"]:
            words.append(_OPS.get(found["op"], found["op"]))
        elif found["name"] and found["name"].lower() in {"and", "or", "not"}:
            words.append(found["name"].lower())
        else:
            words.append(f"x{len(atoms)}")
            atoms.append(_atom(found, called=text[place:].lstrip().startswith("(")))
    return words, atoms


def _atom(found: re.Match[str], *, called: bool) -> Node | str:
    if found["number"]:
        return Literal(Decimal(found["number"]))
    if found["text"] is not None:
        return Literal(found["text"][1:-1])
    name = found["name"]
    if called:
        if name.upper() not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            refuse(say("There is no function “{name}”; use one of {known}.", name=name[:40], known=known))
        return name.upper()
    if name.lower() in {"true", "false"}:
        return Literal(name.lower() == "true")
    return Ref(name)


class _Reading:
    """One formula being read: counts its parts."""

    def __init__(self, atoms: list[Node | str]) -> None:
        self.atoms = atoms
        self.parts = 0

    def node(self, part: ast.expr, depth: int) -> Node:
        self.parts += 1
        if depth > MAX_DEPTH or self.parts > MAX_PARTS:
            refuse(say("The formula is too long. Split it into two fields."))
        if isinstance(part, ast.Name):
            atom = self.atoms[int(part.id[1:])]
            return refuse(say("Put brackets after “{name}”.", name=atom)) if isinstance(atom, str) else atom
        name, args = self._call(part)
        return Call(name, tuple(self.node(one, depth + 1) for one in args))

    def _call(self, part: ast.expr) -> tuple[str, list[ast.expr]]:
        if isinstance(part, ast.BinOp) and type(part.op) in _BINARY:
            return _BINARY[type(part.op)], [part.left, part.right]
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and type(part.ops[0]) in _COMPARED:
            return _COMPARED[type(part.ops[0])], [part.left, part.comparators[0]]
        if isinstance(part, ast.BoolOp):
            return ("and" if isinstance(part.op, ast.And) else "or"), part.values
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub | ast.Not):
            return ("neg" if isinstance(part.op, ast.USub) else "not"), [part.operand]
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name):
            name = self.atoms[int(part.func.id[1:])]
            if isinstance(name, str) and not part.keywords:
                return name, part.args
        return refuse(say("The formula is not complete, or something stands in the wrong place."))
