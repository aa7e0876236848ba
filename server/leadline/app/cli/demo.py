"""`leadline demo`: the product with a company that has a story, and inquiries that keep arriving."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec

from leadline.app.cli import serve

STORY = "leadline.app.demo"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command, where the story is installed."""
    if find_spec(STORY) is None:
        return
    command = commands.add_parser("demo", help="serve a company with a story, and inquiries that arrive")
    serve.add_address(command)
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Serve the story until told to stop."""
    serve.take_address(arguments)
    import_module(STORY).main()
