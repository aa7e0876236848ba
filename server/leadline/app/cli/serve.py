"""`leadline serve`: everything, in one command."""

from __future__ import annotations

import argparse
import os

from leadline.app.env import environment

PARTS = ("web", "worker")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser("serve", help="run everything: database, web, worker, clock, live")
    add_address(command)
    command.add_argument("--only", choices=PARTS, help="run only this part, against DATABASE_URL")
    command.set_defaults(run=run)


def add_address(command: argparse.ArgumentParser) -> None:
    """Describe where a command listens."""
    command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=int, help="port to listen on (default 8400)")


def take_address(arguments: argparse.Namespace) -> None:
    """Let the words of the command win over the environment."""
    for name in ("host", "port"):
        if getattr(arguments, name) is not None:
            os.environ[f"LEADLINE_{name.upper()}"] = str(getattr(arguments, name))


def run(arguments: argparse.Namespace) -> None:
    """Serve until told to stop."""
    take_address(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")
    env = environment()

    from leadline.app.serving import House
    from leadline.app.troubles import Trouble

    if arguments.only and not env.database_url:
        raise Trouble("A part alone needs a database that others share: set DATABASE_URL.")
    parts = [arguments.only] if arguments.only else list(PARTS)
    House(env, parts=parts, say=say).run()


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)
