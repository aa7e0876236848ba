from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from leadline.infra.postgres import accounts, processes, running_connection, sockets, testing
from leadline.infra.postgres.connection import Connection
from leadline.infra.postgres.layout import Layout, default_data_home
from leadline.infra.postgres.supervisor import AlreadyRunning, DatabaseProblem, EmbeddedPostgres
from leadline.infra.postgres.testing import session_server


def answer(connection: Connection, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(connection.url(), autocommit=True) as database:
        return database.execute(question.encode()).fetchall()


def test_the_first_start_makes_a_database_whose_owner_cannot_look_past_its_walls(home: Path) -> None:
    said: list[str] = []
    with EmbeddedPostgres(home, on_progress=said.append) as server:
        connection = server.start()

        assert "Making the database; this happens once." in said
        roles = answer(connection, "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls FROM pg_roles")
        assert {role for role in roles if str(role[0]).startswith("leadline")} == {
            ("leadline_owner", True, False, False),
            ("leadline_app", False, False, False),
        }
        with psycopg.connect(connection.url()) as database:
            database.execute("SET ROLE leadline_app")
            assert database.execute("SELECT current_user").fetchone() == ("leadline_app",)
        extensions = answer(connection, "SELECT extname FROM pg_extension")
        assert {("pg_trgm",), ("btree_gin",)} <= set(extensions)
    assert not server.is_running()


def test_what_is_acknowledged_is_on_the_disk_and_nobody_listens_on_the_network(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        connection = server.start()
        for setting, value in {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "jit": "off",
        }.items():
            assert answer(connection, f"SHOW {setting}") == [(value,)]


def test_hebrew_names_have_trigrams_and_umlauts_a_lower_case() -> None:
    connection = session_server()
    assert answer(connection, "SELECT similarity('שלום כהן', 'שלום כהנא') > 0.5, lower('ÄÖÜ')") == [
        (True, "äöü")
    ]


def test_the_owner_can_make_and_remove_databases_for_tests() -> None:
    connection = session_server()
    with psycopg.connect(connection.url(), autocommit=True) as database:
        database.execute("CREATE DATABASE made_by_a_test")
        with psycopg.connect(connection.url("made_by_a_test"), autocommit=True) as made:
            made.execute("CREATE EXTENSION pg_trgm")
        database.execute("DROP DATABASE made_by_a_test")


def test_data_is_there_again_after_a_stop(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.start().url(), autocommit=True) as database:
        database.execute("CREATE TABLE over_a_stop AS SELECT 7 AS number")
    server.stop()
    server.stop()

    assert answer(server.start(), "SELECT number FROM over_a_stop") == [(7,)]


def test_starting_twice_is_one_server(server: EmbeddedPostgres, used: Layout) -> None:
    assert server.start() == server.start()
    with pytest.raises(AlreadyRunning, match=str(used.home)):
        EmbeddedPostgres(used.home).start()
    assert server.is_running()


def test_a_wrong_password_does_not_log_in(server: EmbeddedPostgres) -> None:
    connection = server.start()
    stranger = Connection(connection.socket_dir, connection.port, "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger.url())


def test_secrets_are_for_their_owner_only(server: EmbeddedPostgres, used: Layout) -> None:
    connection = server.start()
    assert connection.password not in repr(connection)
    assert stat.S_IMODE(used.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(used.superuser_password.stat().st_mode) == 0o600
    assert stat.S_IMODE(connection.socket_dir.stat().st_mode) == 0o700
    assert used.password.read_text() != used.superuser_password.read_text()


def test_a_lost_password_is_replaced(server: EmbeddedPostgres, used: Layout) -> None:
    before = server.start()
    server.stop()
    used.password.unlink()

    after = server.start()
    assert after.password != before.password
    assert answer(after, "SELECT 1") == [(1,)]


def test_the_server_lives_on_when_the_thread_that_asked_for_it_ends(server: EmbeddedPostgres) -> None:
    asking = threading.Thread(target=server.start)
    asking.start()
    asking.join()

    assert server.is_running()
    assert answer(server.start(), "SELECT 1") == [(1,)]


def test_a_server_that_dies_is_started_again_with_everything_acknowledged(used: Layout) -> None:
    with EmbeddedPostgres(used.home) as server:
        with psycopg.connect(server.start().url(), autocommit=True) as database:
            database.execute("CREATE TABLE over_a_death AS SELECT 7 AS number")
        assert server.restart_if_dead() is False

        assert server._keeper is not None
        server._keeper.tell(signal.SIGKILL)
        assert server._keeper.exited.wait(20)
        assert server.restart_if_dead() is True
        assert answer(server.start(), "SELECT number FROM over_a_death") == [(7,)]


def test_a_stopped_server_is_not_started_by_the_watch(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    assert server.restart_if_dead() is False
    assert not server.is_running()


def test_another_program_finds_the_running_database(server: EmbeddedPostgres, used: Layout) -> None:
    assert running_connection(used.home) is None
    connection = server.start()
    assert running_connection(used.home) == connection
    server.stop()
    assert running_connection(used.home) is None


def test_a_home_with_a_long_name_gets_its_socket_elsewhere(home: Path) -> None:
    deep = home / ("long-" * 20) / "Ünusual, name"
    with EmbeddedPostgres(deep, durable=False) as server:
        connection = server.start()
        assert deep not in connection.socket_dir.parents
        assert len(os.fsencode(connection.socket_dir / f".s.PGSQL.{sockets.PORT}")) <= 103
        assert answer(connection, "SELECT 1") == [(1,)]
    assert not connection.socket_dir.exists()


def test_a_socket_folder_somebody_else_laid_out_is_not_used(home: Path, new_home: Callable[[], Path]) -> None:
    layout = Layout(home / ("long-" * 20))
    account = accounts.account_for(layout.cluster)
    first = sockets.socket_folder(layout, account)
    first.rmdir()
    first.symlink_to(new_home())
    second = sockets.socket_folder(layout, account)
    try:
        assert second != first
        assert not second.is_symlink()
        assert stat.S_IMODE(second.stat().st_mode) == 0o700
    finally:
        first.unlink()
        second.rmdir()


def test_an_old_home_of_killed_tests_is_removed_and_a_used_one_is_not(
    server: EmbeddedPostgres, used: Layout, new_home: Callable[[], Path]
) -> None:
    left, server_home = new_home(), used.home
    Layout(left).lock.touch()
    server.start()
    for home in (left, server_home):
        os.utime(Layout(home).lock, (0, 0))

    testing._remove_left_over_homes()
    assert not left.exists()
    assert server.is_running()
    assert used.cluster.exists()


def test_folders_that_were_there_keep_their_modes(home: Path) -> None:
    home.chmod(0o751)
    with EmbeddedPostgres(home / "made" / "by us", durable=False):
        assert stat.S_IMODE(home.stat().st_mode) == 0o751


def test_root_is_told_when_the_servers_user_cannot_enter(home: Path) -> None:
    if not accounts.runs_as_root():
        pytest.skip("an ordinary user's server has the same rights as the user")
    home.chmod(0o700)
    with pytest.raises(DatabaseProblem, match="LEADLINE_HOME"):
        EmbeddedPostgres(home / "inside").start()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_server_never_runs_as_root(server: EmbeddedPostgres, used: Layout) -> None:
    server.start()
    owners = set()
    for pid in processes.servers_in(used.cluster):
        # One that ends while it is asked belonged to nobody any more.
        with contextlib.suppress(FileNotFoundError):
            owners.add(os.stat(f"/proc/{pid}").st_uid)
    assert owners == {used.cluster.stat().st_uid}
    assert 0 not in owners


def test_the_data_home_is_chosen_by_the_environment() -> None:
    assert default_data_home({"LEADLINE_HOME": "/srv/crm"}) == Path("/srv/crm")
    if accounts.runs_as_root():
        assert default_data_home({"XDG_DATA_HOME": "/x"}) == Path("/var/lib/leadline")
    else:
        assert default_data_home({"XDG_DATA_HOME": "/x"}) == Path("/x/leadline")
        assert default_data_home({"HOME": "/home/rita"}) == Path("/home/rita/.local/share/leadline")


def test_two_homes_have_two_servers(new_home: Callable[[], Path]) -> None:
    with (
        EmbeddedPostgres(new_home(), durable=False) as one,
        EmbeddedPostgres(new_home(), durable=False) as two,
    ):
        assert one.start().socket_dir != two.start().socket_dir
        one.stop()
        assert answer(two.start(), "SELECT 1") == [(1,)]
