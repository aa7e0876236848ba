"""Calls to servers that behave badly end in time, small, and nowhere private."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from leadline.infra import http
from leadline.infra.http import calling
from leadline.infra.http.circuit import FAILURES, Circuits

Serve = Callable[[Callable[[BaseHTTPRequestHandler], object]], str]


@pytest.fixture(autouse=True)
def _fresh_circuits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "circuits", Circuits())


@pytest.fixture
def private_allowed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENV, "allow_private_addresses", True)


@pytest.fixture
def serve(private_allowed: None) -> Iterator[Serve]:
    """Start a server that answers as told; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(behave: Callable[[BaseHTTPRequestHandler], object]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                behave(self)

            def log_message(self, *args: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_an_answer_is_given_as_it_is(serve: Serve) -> None:
    url = serve(lambda handler: answer(handler, 404, b'{"a": 12345678901234567890}'))
    given = http.call("GET", url)
    assert (given.status, given.ok, given.json()) == (404, False, {"a": 12345678901234567890})


def test_a_redirect_is_not_followed(serve: Serve) -> None:
    url = serve(lambda handler: answer(handler, 302, Location="http://169.254.169.254/latest"))
    assert http.call("GET", url).status == 302


def test_a_body_without_end_is_cut(serve: Serve) -> None:
    url = serve(lambda handler: answer(handler, 200, b"x" * 200_000))
    with pytest.raises(http.CallFailed, match="larger than 100000"):
        http.call("GET", url, max_bytes=100_000)


def test_a_server_that_never_answers_ends_in_time_and_may_have_got_it(serve: Serve) -> None:
    over = threading.Event()
    url = serve(lambda handler: over.wait(5))
    began = time.monotonic()
    with pytest.raises(http.CallFailed) as failed:
        http.call("GET", url, timeout=0.3)
    over.set()
    assert failed.value.sent is True
    assert time.monotonic() - began < 3


def test_a_server_that_drips_ends_in_time(serve: Serve) -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        while not over.wait(0.05):
            handler.wfile.write(b"x")

    url = serve(drip)
    with pytest.raises(http.CallFailed, match=r"too long|timed out"):
        http.call("GET", url, timeout=0.4)
    over.set()


def test_a_server_that_drips_headers_ends_in_time(serve: Serve) -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.flush_headers()
        while not over.wait(0.05):
            handler.wfile.write(b"X-More: x\r\n")

    url = serve(drip)
    began = time.monotonic()
    with pytest.raises(http.CallFailed) as failed:
        http.call("GET", url, timeout=0.4)
    over.set()
    assert failed.value.sent is True
    assert time.monotonic() - began < 2


def test_a_closed_port_was_not_reached(private_allowed: None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(http.CallFailed) as failed:
        http.call("GET", f"http://127.0.0.1:{port}/")
    assert failed.value.sent is False


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://localhost:1/", "http://10.0.0.1/", "http://[::1]:1/",
     "http://169.254.169.254/latest/meta-data", "http://0.0.0.0:1/", "http://[::ffff:127.0.0.1]:1/",
     "ftp://example.com/", "file:///etc/passwd", "http://2130706433:1/"],
)  # fmt: skip
def test_private_networks_are_never_called(url: str) -> None:
    with pytest.raises(http.CallRefused):
        http.call("GET", url)


def test_a_name_that_points_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.5", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [entry])
    with pytest.raises(http.CallRefused, match="private network"):
        http.call("GET", "http://innocent.example/")


def test_a_host_that_fails_in_a_row_is_left_alone_for_a_while(serve: Serve) -> None:
    asked: list[int] = []

    def busy(handler: BaseHTTPRequestHandler) -> None:
        asked.append(1)
        answer(handler, 503)

    url = serve(busy)
    for _ in range(FAILURES):
        assert http.call("GET", url).status == 503
    with pytest.raises(http.CallRefused) as refused:
        http.call("GET", url)
    assert refused.value.retry_after is not None
    assert len(asked) == FAILURES


def test_a_circuit_lets_one_call_through_after_its_time() -> None:
    now = [0.0]
    circuits = Circuits(monotonic=lambda: now[0])
    for _ in range(FAILURES):
        circuits.failed("provider")
    assert circuits.wait("provider") > 0
    now[0] = 21.0
    assert circuits.wait("provider") == 0
    assert circuits.wait("provider") > 0
    circuits.succeeded("provider")
    assert circuits.wait("provider") == 0
