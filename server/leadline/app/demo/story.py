"""Fill a workspace with a story: two months of a company that sells, told through the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from leadline.app.demo import lines, plot, team
from leadline.app.demo.doors import Doors
from leadline.app.demo.plot import Scene
from leadline.app.demo.telling import Part, Teller
from leadline.infra.jobs import nothing_follows
from leadline.kit import clock, money, signing
from leadline.scoring import actions as scoring
from leadline.scoring import queries as scores
from leadline.workspaces import offers
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

# What a dollar of the story's prices is worth, roughly; other currencies take the number as it is.
_DOLLAR = {
    "ILS": 4,
    "JPY": 150,
    "INR": 80,
    "SEK": 10,
    "NOK": 10,
    "DKK": 7,
    "CZK": 23,
    "HUF": 350,
    "KRW": 1300,
}
_CLOCKS_LOOK = timedelta(hours=4)
# When the team last looked; what came since is new to them.
_LAST_READ = timedelta(hours=5)
_MOST = 500


@offers.on_sample_data
def fill(actor: Actor) -> None:
    """Tell the whole story in the actor's workspace; nothing of it sends, rings or runs afterwards."""
    workspace = own_workspace(actor)
    now = clock.now()
    dollar = _DOLLAR.get(workspace.currency, 1) * 10 ** money.exponent(workspace.currency)
    with nothing_follows():
        with clock.telling(now - timedelta(days=plot.DAYS + 1)):
            members = team.hire(actor, workspace, password=password(), dollar=dollar)
            teller = Teller(actor, members, doors := Doors(workspace.currency))
        _tell(teller, plot.tales(now, ZoneInfo(workspace.timezone), dollar), now)
        for hours, text in zip((7, 30), lines.SPAM, strict=True):
            with clock.telling(now - timedelta(hours=hours)):
                doors.send_spam(text)
        for workspace_id, lead_ids in scores.due_fadings(now, _MOST).items():
            scoring.fade(workspace_id, lead_ids)


def _tell(teller: Teller, tales: list[plot.Tale], now: datetime) -> None:
    """Every scene of every tale in the order of time, and what the clocks say in between."""
    parts = [Part(tale) for tale in tales]
    waiting: list[tuple[datetime, Part, Scene | None]] = []
    for part in parts:
        waiting.append((part.tale.at, part, None))
        waiting += [(scene.at, part, scene) for scene in part.tale.scenes]
    read_at, read = now - _LAST_READ, False
    waiting.sort(key=lambda one: one[0])
    looked = waiting[0][0]
    for at, part, scene in waiting:
        if at > read_at and not read:
            read = True
            with clock.telling(read_at):
                teller.everybody_reads(part for part in parts if part.lead_id)
        if at - looked > _CLOCKS_LOOK:
            looked = at
            with clock.telling(looked):
                teller.let_clocks_speak(looked)
        with clock.telling(at):
            if scene is None:
                teller.open(part)
            else:
                teller.play(part, scene)
    with clock.telling(now):
        teller.let_clocks_speak(now)


def password() -> str:
    """The one `leadline demo` tells; in a company of one's own nobody can log in as the invented people."""
    return settings.ENV.demo_password.get_secret_value() or signing.random_token()
