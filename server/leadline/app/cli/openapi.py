"""`leadline openapi`: the description of the API, for whoever generates a client from it."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser("openapi", help="print the OpenAPI description of the API")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Print the description; no database is needed for it."""
    import django

    django.setup()
    sys.stdout.write(description())


def description() -> str:
    """The API as every room adds to it, as stable text: the same code gives the same bytes."""
    from django.conf import settings

    from leadline.app.api import api

    # The URL table adds the rooms; the description asks it for the first part of every address.
    import_module(settings.ROOT_URLCONF)
    schema = api.get_openapi_schema()
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
