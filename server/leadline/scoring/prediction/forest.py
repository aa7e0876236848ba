"""A forest of decision trees over bucketed inputs; each lead can be judged by the trees that never saw it.

Plain Python on purpose: it runs wherever Leadline runs, and the same seed grows the same forest.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DEEPEST = 24
_SMOOTH = 1.0


@dataclass(frozen=True, kw_only=True)
class Column:
    """One input over all leads: the bucket of each, and whether buckets have an order."""

    buckets: Sequence[int]
    ordered: bool


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How trees grow: inputs tried per split (a share), leads a leaf holds at least, number of trees."""

    trees: int = 300
    leaf: int = 3
    tried: float = 0.2
    seed: int = 1


class Tree:
    """One tree as flat arrays; node 0 is the root. A node without a column is a leaf."""

    __slots__ = ("border", "column", "equal", "left", "right", "value")

    def __init__(self) -> None:
        self.column = array("h")
        self.border = array("h")
        self.equal = array("b")
        self.left = array("i")
        self.right = array("i")
        self.value = array("f")

    def add(self, value: float) -> int:
        """Another leaf; its number."""
        self.column.append(-1)
        self.border.append(0)
        self.equal.append(0)
        self.left.append(0)
        self.right.append(0)
        self.value.append(value)
        return len(self.value) - 1

    def leaf(self, row: Sequence[int]) -> int:
        """The leaf that a lead with these buckets falls into."""
        node = 0
        while (column := self.column[node]) >= 0:
            bucket, border = row[column], self.border[node]
            goes_left = bucket == border if self.equal[node] else bucket <= border
            node = self.left[node] if goes_left else self.right[node]
        return node

    def follow(self, row: Sequence[int], gains: list[float]) -> float:
        """The value of the lead's leaf; what each split on the way changed is added to its column's gain."""
        node = 0
        while (column := self.column[node]) >= 0:
            bucket, border = row[column], self.border[node]
            goes_left = bucket == border if self.equal[node] else bucket <= border
            after = self.left[node] if goes_left else self.right[node]
            gains[column] += self.value[after] - self.value[node]
            node = after
        return self.value[node]

    def as_json(self) -> dict[str, Any]:
        """Plain values to store."""
        plain = {name: list(getattr(self, name)) for name in self.__slots__ if name != "value"}
        return {**plain, "value": [round(value, 4) for value in self.value]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Tree:
        """The tree that was stored."""
        tree = cls()
        for name in cls.__slots__:
            getattr(tree, name).extend(plain[name])
        return tree


@dataclass(frozen=True, kw_only=True)
class Grown:
    """The trees, and for every lead its mean over the trees that did not see it (None when all did)."""

    trees: list[Tree]
    unseen: list[float | None]


def grow(
    columns: Sequence[Column],
    outcomes: Sequence[bool],
    groups: Sequence[int],
    growth: Growth,
    grown: Callable[[float], None] = lambda share: None,
) -> Grown:
    """Grow a forest; leads of one group are always drawn together, so that twins never test each other."""
    chance = random.Random(growth.seed)  # noqa: S311 (repeatable, not secret)
    members: dict[int, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    names = sorted(members)
    coded = [[2 * b + o for b, o in zip(column.buckets, outcomes, strict=True)] for column in columns]
    rows = list(zip(*(column.buckets for column in columns), strict=True))
    total, seen_by = [0.0] * len(outcomes), [0] * len(outcomes)
    trees = []
    for number in range(growth.trees):
        drawn = chance.choices(names, k=len(names))
        tree = _Grower(columns, coded, growth, chance).grow([i for name in drawn for i in members[name]])
        for name in members.keys() - set(drawn):
            for index in members[name]:
                total[index] += tree.value[tree.leaf(rows[index])]
                seen_by[index] += 1
        trees.append(tree)
        grown((number + 1) / growth.trees)
    unseen = [value / count if count else None for value, count in zip(total, seen_by, strict=True)]
    return Grown(trees=trees, unseen=unseen)


class _Grower:
    def __init__(
        self,
        columns: Sequence[Column],
        coded: Sequence[Sequence[int]],
        growth: Growth,
        chance: random.Random,
    ) -> None:
        self.columns, self.coded, self.growth, self.chance = columns, coded, growth, chance
        self.tried = max(round(len(columns) * growth.tried), 1)

    def grow(self, drawn: list[int]) -> Tree:
        tree = Tree()
        won = sum(self.coded[0][index] & 1 for index in drawn)
        rate = won / len(drawn)
        waiting = [(tree.add(rate), drawn, won, 0)]
        while waiting:
            node, rows, won, depth = waiting.pop()
            if depth >= _DEEPEST or len(rows) < 2 * self.growth.leaf or won in (0, len(rows)):
                continue
            split = self._best(rows, won)
            if split is None:
                continue
            column, border, equal = split
            codes = self.coded[column]
            if equal:
                left = [i for i in rows if codes[i] >> 1 == border]
                right = [i for i in rows if codes[i] >> 1 != border]
            else:
                left = [i for i in rows if codes[i] >> 1 <= border]
                right = [i for i in rows if codes[i] >> 1 > border]
            tree.column[node], tree.border[node], tree.equal[node] = column, border, equal
            for side, part in ((tree.left, left), (tree.right, right)):
                wins = sum(codes[i] & 1 for i in part)
                # Small leaves lean towards the rate of all: three wins of three are not certainty.
                side[node] = tree.add((wins + _SMOOTH * rate) / (len(part) + _SMOOTH))
                waiting.append((side[node], part, wins, depth + 1))
        return tree

    def _best(self, rows: Sequence[int], won: int) -> tuple[int, int, bool] | None:
        """The split that parts the won from the lost best, among a few inputs drawn by chance."""
        best, found = won * won / len(rows) + 1e-9, None
        for column in self.chance.sample(range(len(self.columns)), self.tried):
            counts = Counter(map(self.coded[column].__getitem__, rows))
            buckets = sorted({code >> 1 for code in counts})
            if len(buckets) < 2:
                continue
            ordered = self.columns[column].ordered
            left, left_won = 0, 0
            for bucket in buckets if not ordered else buckets[:-1]:
                wins = counts[2 * bucket + 1]
                count = counts[2 * bucket] + wins
                left, left_won = (left + count, left_won + wins) if ordered else (count, wins)
                right, right_won = len(rows) - left, won - left_won
                if left < self.growth.leaf or right < self.growth.leaf:
                    continue
                purity = left_won * left_won / left + right_won * right_won / right
                if purity > best:
                    best, found = purity, (column, bucket, not ordered)
        return found
