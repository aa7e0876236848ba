"""The plot: who inquires when, what is said and done, and how it ends. Pure; one seed tells one story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from leadline.app.demo import lines
from leadline.app.demo.cast import HEBREW, Casting, Character
from leadline.app.demo.lines import Project

SEED = 20260107
DAYS = 60
STAGES = ("New Inquiry", "First Contact", "Quote Sent", "Negotiation")
WON, LOST = "Closed won", "Closed lost"
_OPENS, _CLOSES = 8, 19


class Deed(StrEnum):
    """What happens in a scene."""

    WELCOMED = "welcomed"
    WROTE = "wrote"
    CALLED = "called"
    REPLIED = "replied"
    NOTED = "noted"
    VALUED = "valued"
    MOVED = "moved"
    LOST = "lost"
    PLANNED = "planned"
    ASKED_AGAIN = "asked again"


@dataclass(frozen=True)
class Scene:
    """One thing that happens to a lead."""

    at: datetime
    deed: Deed
    text: str = ""
    minor: int = 0
    due: datetime | None = None


@dataclass
class Tale:
    """One lead from its inquiry to where it stands now."""

    who: Character
    project: Project
    channel: str
    source: str
    campaign: str
    at: datetime
    text: str
    worth: int
    scenes: list[Scene] = field(default_factory=list)

    @property
    def interest(self) -> str:
        """What it is about, in the person's language."""
        return self.project.interest_he if self.who.language == HEBREW else self.project.interest


_BY_FORM = ("form", "website", "")
# Channel, source and campaign, as often as they come.
_WAYS = (
    (31, ("whatsapp", "whatsapp", "")),
    (22, ("form", "website", "")),
    (16, ("form", "google_ads", "solar_roofs_spring")),
    (8, ("form", "facebook", "warm_homes")),
    (5, ("form", "linkedin", "charge_your_fleet")),
    (8, ("phone", "phone", "")),
    (6, ("manual", "referral", "")),
    (3, ("manual", "event", "Green Building Fair")),
)
# How many leads stand where, and when they came: from so many to so many hours ago.
_ENDS = (
    (WON, 19, 12 * 24, DAYS * 24),
    (LOST, 17, 9 * 24, DAYS * 24),
    ("Negotiation", 12, 8 * 24, 40 * 24),
    ("Quote Sent", 16, 5 * 24, 26 * 24),
    ("First Contact", 18, 2 * 24, 14 * 24),
    ("New Inquiry", 9, 1, 20),
)
# How many days ago at most the leads of a stage were cared for, all but one in five.
_CARED = {"First Contact": 2.8, "Quote Sent": 6.0, "Negotiation": 6.0}
# Nobody has answered these: just come in, close to their time, or long past it.
_UNTOUCHED = ((7, 0.1, 2.0), (4, 25.0, 45.0), (2, 60.0, 90.0))
# Nobody has answered these either, though they write again and again: hot by now. Came hours ago.
_EAGER = (1.4, 25.5, 27.0, 30.0, 49.0)


def tales(now: datetime, zone: ZoneInfo, dollar: int) -> list[Tale]:
    """Every lead of the story with its scenes, all before now; `dollar` is its price in minor units."""
    return _Writer(now, zone, dollar).write()


class _Writer:
    def __init__(self, now: datetime, zone: ZoneInfo, dollar: int) -> None:
        self._rng = Random(SEED)  # noqa: S311 - a story, not a secret
        self._casting = Casting(self._rng)
        self._now, self._zone, self._dollar = now, zone, dollar

    def write(self) -> list[Tale]:
        told = [self._tale(end, *hours) for end, count, *hours in _ENDS for _ in range(count)]
        for count, youngest, oldest in _UNTOUCHED:
            told += [self._opening(self._moment(youngest, oldest, awake=False)) for _ in range(count)]
        told += [self._eager(self._now - timedelta(hours=hours)) for hours in _EAGER]
        return sorted(told, key=lambda tale: tale.at)

    def _moment(self, youngest: float, oldest: float, *, awake: bool = True) -> datetime:
        at = self._now - timedelta(hours=self._rng.uniform(youngest, oldest))
        return min(self._awake(at), self._now - timedelta(minutes=3)) if awake else at

    def _awake(self, at: datetime) -> datetime:
        """The same day, at a time when people work."""
        local = at.astimezone(self._zone)
        if _OPENS <= local.hour < _CLOSES:
            return at
        hour = self._rng.randrange(_OPENS, _CLOSES)
        return datetime.combine(local.date(), time(hour, self._rng.randrange(60)), self._zone)

    def _eager(self, at: datetime) -> Tale:
        """Answers the welcome at once, and fills in the form of the website as well."""
        business = [project for project in lines.PROJECTS if project.business]
        tale = self._opening(at, ("whatsapp", "whatsapp", ""), business)
        reply = self._rng.choice(lines.REPLIES[tale.who.language])
        tale.scenes.append(Scene(at + timedelta(minutes=3), Deed.REPLIED, reply))
        tale.scenes.append(Scene(at + timedelta(minutes=9), Deed.ASKED_AGAIN, tale.text))
        again = Scene(
            self._now - timedelta(minutes=self._rng.randrange(8, 50)),
            Deed.REPLIED,
            lines.URGENT[tale.who.language],
        )
        tale.scenes.append(again)
        return tale

    def _opening(
        self,
        at: datetime,
        way: tuple[str, str, str] | None = None,
        projects: Sequence[Project] = lines.PROJECTS,
    ) -> Tale:
        weights, ways = zip(*_WAYS, strict=True)
        channel, source, campaign = way or self._rng.choices(ways, weights)[0]
        project = self._rng.choice(projects)
        who = self._casting.somebody(hebrew=self._rng.random() < 0.3, business=project.business)
        what = project.interest_he if who.language == HEBREW else project.interest.lower()
        worth = self._rng.randrange(project.low, project.high, 100) * self._dollar
        text = self._rng.choice(lines.OPENINGS[who.language]).format(what=what)
        tale = Tale(who, project, channel, source, campaign, at, text, worth)
        if channel == "whatsapp":
            tale.scenes.append(Scene(at + timedelta(seconds=2), Deed.WELCOMED))
        return tale

    def _tale(self, end: str, youngest: float, oldest: float) -> Tale:
        # The company has used WhatsApp for a few weeks only: most of what is closed came by the form.
        at = self._moment(youngest, oldest)
        form = end in (WON, LOST) and self._rng.random() < 0.5
        tale = self._opening(at, _BY_FORM if form else None)
        span = (self._now - tale.at) * self._rng.uniform(0.55, 0.9)
        if end in (WON, LOST):
            span = min(span, timedelta(days=self._rng.uniform(6, 24)))
        passed = self._passed(end)
        tale.scenes += self._first_contact(tale)
        moments = self._moments(tale.scenes[-1].at, tale.at + span, len(passed))
        for stage, at in zip(passed, moments, strict=True):
            tale.scenes += self._in_stage(tale, stage, at)
        tale.scenes += self._care(tale, end)
        if end in STAGES[2:] or (end in STAGES and self._rng.random() < 0.7):
            due = self._now + timedelta(hours=self._rng.uniform(-10, 90))
            step = self._rng.choice(lines.NEXT_STEPS)
            tale.scenes.append(Scene(self._latest(tale), Deed.PLANNED, step, due=due))
        if self._rng.random() < 0.08 and end in STAGES[1:]:
            tale.scenes.append(Scene(self._latest(tale), Deed.ASKED_AGAIN, "Just asking: any news for me?"))
        # Nothing of the story lies in the future, whatever the hour at which it is told.
        tale.scenes = [scene for scene in tale.scenes if scene.at < self._now]
        return tale

    def _passed(self, end: str) -> tuple[str, ...]:
        """The stages after the first, in order, up to the last."""
        if end == WON:
            return (*STAGES[1:], WON)
        if end == LOST:
            return (*STAGES[1 : self._rng.randrange(1, 5)], LOST)
        return STAGES[1 : STAGES.index(end) + 1]

    def _moments(self, begin: datetime, end: datetime, count: int) -> list[datetime]:
        if not count:
            return []
        first = begin + timedelta(minutes=self._rng.randrange(4, 90))
        rest = sorted(self._rng.uniform(0.15, 1.0) for _ in range(count - 1))
        last = max(end, first + timedelta(hours=1))
        found = [first, *(self._awake(first + (last - first) * part) for part in rest)]
        # Two stages on one morning still follow each other.
        return [max(at, first + timedelta(minutes=20 * place)) for place, at in enumerate(sorted(found))]

    def _first_contact(self, tale: Tale) -> Iterator[Scene]:
        late = self._rng.random() < 0.2
        wait = timedelta(hours=self._rng.uniform(5, 50)) if late else timedelta(minutes=self._gauss(22))
        at = tale.at + wait
        language = tale.who.language
        if tale.channel == "whatsapp":
            yield Scene(at, Deed.WROTE, self._rng.choice(lines.ANSWERS[language]))
            if self._rng.random() < 0.75:
                at += timedelta(minutes=self._gauss(9))
                yield Scene(at, Deed.REPLIED, self._rng.choice(lines.REPLIES[language]))
        else:
            yield Scene(at, Deed.CALLED, self._rng.choice(lines.CALLS))
        if tale.channel == "whatsapp":
            # Who writes by WhatsApp says what it is worth, and who they are, only when asked.
            yield Scene(at + timedelta(minutes=2), Deed.VALUED, minor=tale.worth)

    def _in_stage(self, tale: Tale, stage: str, at: datetime) -> Iterator[Scene]:
        language, soon = tale.who.language, timedelta(minutes=self._rng.randrange(3, 50))
        if stage == LOST:
            yield Scene(at, Deed.LOST, str(self._rng.randrange(len(lines.LOSSES))))
            return
        if stage == WON:
            if tale.channel == "whatsapp":
                yield Scene(at - timedelta(minutes=1), Deed.REPLIED, lines.THANKS[language])
            yield Scene(at, Deed.MOVED, stage, minor=tale.worth * self._rng.randrange(90, 106) // 100)
            return
        yield Scene(at, Deed.MOVED, stage)
        if stage == "Quote Sent" and tale.channel == "whatsapp":
            yield Scene(at + timedelta(minutes=2), Deed.WROTE, lines.OFFERS[language])
        if stage == "Negotiation" and tale.channel == "whatsapp":
            yield Scene(at + soon, Deed.REPLIED, self._rng.choice(lines.HAGGLING[language]))
        elif stage == "Negotiation" and self._rng.random() < 0.6:
            yield Scene(at + soon, Deed.CALLED, self._rng.choice(lines.CALLS))
        if self._rng.random() < 0.25:
            yield Scene(at + soon + timedelta(minutes=5), Deed.NOTED, self._rng.choice(lines.NOTES))

    def _care(self, tale: Tale, end: str) -> Iterator[Scene]:
        """What the rep did lately, so that the lead does not rot; one in five is forgotten."""
        if end not in _CARED or self._rng.random() < 0.2:
            return
        at = self._awake(self._now - timedelta(days=self._rng.uniform(0.1, _CARED[end])))
        at = max(min(at, self._now - timedelta(minutes=5)), self._latest(tale))
        if tale.channel == "whatsapp":
            yield Scene(at, Deed.WROTE, lines.CHECK_INS[tale.who.language])
        else:
            yield Scene(at, Deed.CALLED, self._rng.choice(lines.FOLLOW_UPS))

    def _latest(self, tale: Tale) -> datetime:
        return max(scene.at for scene in tale.scenes) + timedelta(minutes=1)

    def _gauss(self, mean: float) -> float:
        return max(self._rng.gauss(mean, mean / 2), 1.0)
