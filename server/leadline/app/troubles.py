"""What stops a command, said in one line that tells what to do."""

from __future__ import annotations


class Trouble(Exception):
    """The command cannot go on; the message is a sentence for the person at the terminal."""
