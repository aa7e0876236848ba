"""Learn spam from marked texts: logistic regression over signs, measured on texts it has not seen. Pure.

The same texts give the same filter; the order of learning is drawn with a fixed seed. Run as
`python -m leadline.channels.webforms.spam.learning` it reads texts from its input and answers in JSON:
learning has a process of its own, so that a worker's other jobs keep their pace.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from leadline.channels.webforms.spam.signs import signs

FEWEST_EACH = 20
# Of a thousand good inquiries, so many may be held back by mistake.
FALSE_ALARMS_PER_THOUSAND = 5
_FOLDS = 4
_ROUNDS = 12
_RATE = 4.0
_DECAY = 1e-6
_SMALLEST = 0.02
_MOST_SIGNS = 60_000
_SHOWN_SIGNS = 4
_SEED = 7


@dataclass(frozen=True)
class Example:
    """A text somebody judged."""

    said: str
    spam: bool


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How the filter did on marked texts that it had not learned from, at the limit it uses."""

    spam: int
    good: int
    caught: int
    false_alarms: int

    @property
    def recall(self) -> float:
        """The share of the spam that was caught."""
        return self.caught / self.spam if self.spam else 0.0


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What each sign speaks for (above zero: spam), and from which sum on a text is held back."""

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0
    limit: float = 0.0

    def score(self, said: str) -> float:
        """The sum of what the signs of the text speak for."""
        found = signs(said)
        return self.bias + sum(self.weights.get(sign, 0.0) for sign in found) / math.sqrt(len(found) or 1)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Whether a text is held back, how sure that is, and the signs that speak most for spam."""

    spam: bool
    chance: float
    signs: Sequence[str]


def enough(examples: Sequence[Example]) -> bool:
    """Whether there are enough texts of both kinds to learn from."""
    spam = sum(example.spam for example in examples)
    return spam >= FEWEST_EACH and len(examples) - spam >= FEWEST_EACH


def learn(examples: Sequence[Example]) -> tuple[Learned, Quality]:
    """The filter for these texts, and how good it is on texts it has not seen."""
    rows = [signs(example.said) for example in examples]
    labels = [example.spam for example in examples]
    scores = _unseen_scores(rows, labels)
    limit = limit_for([score for score, spam in zip(scores, labels, strict=True) if not spam])
    weights, bias = _fit(rows, labels)
    kept = {sign: round(weight, 3) for sign, weight in weights.items() if abs(weight) >= _SMALLEST}
    flagged = [score > limit for score in scores]
    quality = Quality(
        spam=sum(labels),
        good=len(labels) - sum(labels),
        caught=sum(held and spam for held, spam in zip(flagged, labels, strict=True)),
        false_alarms=sum(held and not spam for held, spam in zip(flagged, labels, strict=True)),
    )
    return Learned(weights=kept, bias=round(bias, 3), limit=round(limit, 3)), quality


def judge(learned: Learned, said: str) -> Judgement:
    """What the filter says of a text."""
    score = learned.score(said)
    found = sorted(signs(said), key=lambda sign: -learned.weights.get(sign, 0.0))
    speaking = [s for s in found if learned.weights.get(s, 0.0) > 0 and not s.startswith("c:")]
    return Judgement(spam=score > learned.limit, chance=_chance(score), signs=speaking[:_SHOWN_SIGNS])


def limit_for(good_scores: Sequence[float]) -> float:
    """The score that at most five in a thousand good texts exceed, and never one below even odds."""
    ordered = sorted(good_scores, reverse=True)
    allowed = len(ordered) * FALSE_ALARMS_PER_THOUSAND // 1000
    return max(ordered[allowed] if allowed < len(ordered) else 0.0, 0.0)


def _unseen_scores(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> list[float]:
    """The score of each text by a filter that has not learned from it."""
    order = list(range(len(rows)))
    random.Random(_SEED).shuffle(order)  # noqa: S311 - a draw that has to be the same every time
    scores = [0.0] * len(rows)
    for fold in range(_FOLDS):
        held_out = order[fold::_FOLDS]
        apart = set(held_out)
        rest = [index for index in order if index not in apart]
        weights, bias = _fit([rows[i] for i in rest], [labels[i] for i in rest])
        for index in held_out:
            row = rows[index]
            total = sum(weights.get(sign, 0.0) for sign in row)
            scores[index] = bias + total / math.sqrt(len(row) or 1)
    return scores


def _fit(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> tuple[dict[str, float], float]:
    counted = Counter(sign for row in rows for sign in row)
    # What was seen once says nothing about the next text.
    known = [sign for sign, times in counted.most_common(_MOST_SIGNS) if times > 1]
    places = {sign: place for place, sign in enumerate(known)}
    vectors = [[places[sign] for sign in row if sign in places] for row in rows]
    sizes = [1.0 / math.sqrt(len(row) or 1) for row in rows]
    weights, bias = [0.0] * len(known), 0.0
    draw = random.Random(_SEED)  # noqa: S311 - a draw that has to be the same every time
    order = list(range(len(rows)))
    for number in range(_ROUNDS):
        draw.shuffle(order)
        rate = _RATE / (1.0 + number / 3)
        for index in order:
            row, size = vectors[index], sizes[index]
            wrong = float(labels[index]) - _chance(bias + size * sum([weights[place] for place in row]))
            step = rate * wrong * size
            if abs(step) < _DECAY:
                continue
            bias += 0.1 * rate * wrong
            for place in row:
                weights[place] += step
    return dict(zip(known, weights, strict=True)), bias


def _chance(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))


def _main() -> None:
    """Learn from `[[text, is spam], …]` and write what was learned."""
    os.nice(10)
    learned, quality = learn([Example(said, spam) for said, spam in json.load(sys.stdin)])
    json.dump({"learned": asdict(learned), "quality": asdict(quality)}, sys.stdout)


if __name__ == "__main__":
    _main()
