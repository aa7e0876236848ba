"""Steps as people write them, turned into instructions with jumps: a place in a run is one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["do", "wait", "if", "woken", "jump", "stop"]
Step = Mapping[str, Any]


@dataclass(frozen=True)
class Instruction:
    """One thing to do. `target` is where to go when an `if` does not hold, a wait was not woken, an action
    is refused, or always for a jump; None means there is no other way."""

    kind: Kind
    step: Step
    path: str
    target: int | None = None


def compiled(steps: Sequence[Step]) -> list[Instruction]:
    """The instructions of checked steps, in order; a run that passes the last one is done."""
    program: list[Instruction] = []
    _append(program, steps, "")
    return program


def landing(program: Sequence[Instruction], position: int) -> int:
    """The position after following jumps."""
    while position < len(program) and program[position].kind == "jump":
        position = program[position].target or len(program)
    return position


def _append(program: list[Instruction], steps: Sequence[Step], prefix: str) -> None:
    for index, step in enumerate(steps):
        path = f"{prefix}{index}"
        kind = step["kind"]
        at = len(program)
        program.append(Instruction(kind, step, path))
        if kind == "if":
            _branch(program, at, step.get("then", ()), step.get("else", ()), path, "else")
        elif kind == "wait" and (step.get("then") or step.get("otherwise")):
            program.append(Instruction("woken", step, path))
            _branch(program, at + 1, step.get("then", ()), step.get("otherwise", ()), path, "otherwise")
        elif kind == "do" and step.get("otherwise"):
            _branch(program, at, (), step["otherwise"], path, "otherwise")


def _branch(
    program: list[Instruction],
    at: int,
    then: Sequence[Step],
    other: Sequence[Step],
    path: str,
    other_name: str,
) -> None:
    _append(program, then, f"{path}.then.")
    jump = len(program)
    program.append(Instruction("jump", {}, path))
    program[at] = replace(program[at], target=len(program))
    _append(program, other, f"{path}.{other_name}.")
    program[jump] = replace(program[jump], target=len(program))
