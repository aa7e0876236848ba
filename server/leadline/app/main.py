"""The `leadline` command."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from leadline.app.cli import backup, demo, doctor, openapi, serve


def main(words: Sequence[str] | None = None) -> None:
    """Run one command; what goes wrong is told in one line, and the exit code says whether it did."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.app.settings")
    arguments = _parser().parse_args(words)
    try:
        sys.exit(arguments.run(arguments) or 0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        told = in_one_line(error)
        if told is None:
            raise
        print(f"leadline: {told}", file=sys.stderr)
        sys.exit(1)


def in_one_line(error: Exception) -> str | None:
    """The sentence for a trouble that people can do something about; None for a fault of ours."""
    from pydantic import ValidationError

    from leadline.app.troubles import Trouble
    from leadline.infra.postgres import DatabaseProblem

    if isinstance(error, Trouble | DatabaseProblem):
        return str(error)
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name == "DATABASE_URL" else f"LEADLINE_{name}"
        return f"The environment variable {name} is not usable: {first['msg']}."
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full: make room and start again."
    if isinstance(error, PermissionError):
        return f"{error.filename} may not be used by this user. Change its owner, or set LEADLINE_HOME."
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadline", description="Lead management that loses no inquiry.")
    commands = parser.add_subparsers(required=True, metavar="command")
    serve.add(commands)
    demo.add(commands)
    doctor.add(commands)
    backup.add(commands)
    openapi.add(commands)
    child = commands.add_parser("child")
    child.add_argument("part", choices=serve.PARTS)
    child.set_defaults(run=_be_child)
    return parser


def _be_child(arguments: argparse.Namespace) -> None:
    """One part as a process of its own, where a process cannot be copied."""
    from leadline.app.env import environment
    from leadline.app.processes import web, worker

    env = environment()
    if arguments.part == "web":
        web.run(env.host, env.port)
    else:
        import django

        django.setup()
        worker.run()


if __name__ == "__main__":
    main()
