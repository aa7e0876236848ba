"""A program to be killed: runs the database, writes numbers from four sides, says which were acknowledged."""

from __future__ import annotations

import itertools
import os
import sys
import threading
from pathlib import Path

import psycopg

from leadline.infra.postgres.supervisor import EmbeddedPostgres

WRITERS = 4


def main(home: Path, first: int) -> None:
    """Write for ever; a line on standard output is an acknowledged commit."""
    url = EmbeddedPostgres(home).start().url()
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept (number bigint PRIMARY KEY)")
    writers = [
        threading.Thread(target=write, args=(url, first + side), daemon=True) for side in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def write(url: str, first: int) -> None:
    """Insert and commit one number after the other, until the database goes."""
    with psycopg.connect(url, autocommit=True) as database:
        for number in itertools.count(first, WRITERS):
            database.execute("INSERT INTO kept VALUES (%s)", [number])
            os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
