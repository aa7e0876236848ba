"""`leadline doctor`: is everything well, and if not, what to do."""

from __future__ import annotations

import argparse

from leadline.app import database
from leadline.app.doctor import Finding
from leadline.app.env import Environment, environment


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser("doctor", help="check this installation and say what to do")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when something is bad."""
    from leadline.app import doctor

    env = environment()
    worst = False
    for finding in (*doctor.before_database(env), *_with_database(env)):
        worst = worst or finding.level is doctor.Level.BAD
        print(f"{finding.level:<5} {finding.text}")
    return int(worst)


def _with_database(env: Environment) -> list[Finding]:
    from leadline.app import doctor
    from leadline.app.archive.access import reach
    from leadline.app.serving import use_database
    from leadline.app.troubles import Trouble
    from leadline.infra.postgres import DatabaseProblem

    if not env.database_url and not (database.home(env) / "postgres" / "cluster").exists():
        return [doctor.note("There is no database yet; the first `leadline serve` makes it.")]
    import django

    try:
        with reach(env, lambda _: None) as access:
            access.connect().close()
            django.setup()
            use_database(access.url)
            return list(doctor.with_database(env))
    except (Trouble, DatabaseProblem) as trouble:
        return [doctor.bad(str(trouble))]
