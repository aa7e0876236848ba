"""`leadline backup FILE` and `leadline restore FILE`."""

from __future__ import annotations

import argparse
from pathlib import Path

from leadline.app import database, keys
from leadline.app.env import environment


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe both commands."""
    backup = commands.add_parser("backup", help="write everything into one file, and prove that it restores")
    backup.add_argument("file", type=Path, help="the backup file to write")
    backup.add_argument("--unproved", action="store_true", help="do not restore it on the side to prove it")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup in the place of the present data")
    restore.add_argument("file", type=Path, help="the backup file to read")
    restore.add_argument("--replace", action="store_true", help="even though there is a company already")
    restore.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> None:
    """Write a backup; Leadline may run meanwhile."""
    from leadline.app.archive.access import reach
    from leadline.app.archive.saving import save

    env = environment()
    home = database.home(env)
    target = arguments.file.absolute()
    with reach(env, say) as access:
        manifest = save(
            access,
            target,
            key=keys.secret_key(env, home),
            files=home / "files",
            verify=not arguments.unproved,
            say=say,
        )
    proved = "not proved" if arguments.unproved else "proved by restoring it"
    size = target.stat().st_size / 1024 / 1024
    say(f"{target}: {sum(manifest['rows'].values()):,} rows, {size:.1f} MB, {proved}.")


def run_restore(arguments: argparse.Namespace) -> None:
    """Restore a backup; Leadline must not run meanwhile."""
    from leadline.app.archive.access import reach
    from leadline.app.archive.restoring import KEPT, restore

    env = environment()
    home = database.home(env)
    home.mkdir(parents=True, exist_ok=True)
    with reach(env, say) as access:
        manifest = restore(access, arguments.file.absolute(), home=home, replace=arguments.replace, say=say)
    say(f"Restored the backup of {manifest['made_at']}: {sum(manifest['rows'].values()):,} rows.")
    say(f"What was there before is kept as the database {KEPT} until the next restore.")
    if env.secret_key.get_secret_value():
        say(
            "LEADLINE_SECRET_KEY is set: it must be the key of the backup, or stored secrets stay unreadable."
        )


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)
