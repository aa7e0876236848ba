"""What can go wrong with the embedded database, said so that the reader knows what to do."""

from __future__ import annotations


class DatabaseProblem(Exception):
    """The database cannot be used; the message is a whole sentence that says what to do."""


class AlreadyRunning(DatabaseProblem):
    """Another process owns this data home; the message names the folder and, if known, the process."""
