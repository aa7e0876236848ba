"""`leadline demo`: the product with a company that has a story, and inquiries that keep arriving."""

from __future__ import annotations

import argparse
import os

from leadline.app.cli import serve


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    command = commands.add_parser("demo", help="serve a company with a story, and inquiries that arrive")
    serve.add_address(command)
    command.add_argument("--keep", action="store_true", help="go on with the last demo instead of a new one")
    command.add_argument("--quiet", action="store_true", help="let no new inquiries arrive")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Serve the story until told to stop; the real data folder is never opened."""
    serve.take_address(arguments)
    from leadline.app.env import Environment, environment

    # Everything of a demo is in its own folder, with the built-in database, whatever the environment says.
    os.environ.pop("DATABASE_URL", None)
    from leadline.app.demo import home, traffic
    from leadline.app.serving import House, refuse_taken_port

    asked = Environment()
    refuse_taken_port(asked.host, asked.port)
    with home.opened(asked, keep=arguments.keep) as demo:
        os.environ["LEADLINE_HOME"] = str(demo.folder)
        os.environ["LEADLINE_DEMO_PASSWORD"] = demo.password
        env = environment()
        with traffic.beside(env.port, demo.password, quiet=arguments.quiet):
            House(env, parts=serve.PARTS, say=serve.say).run()
