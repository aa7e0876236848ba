"""Connections to mail servers: to checked addresses only, encrypted, with a limit on every wait."""

from __future__ import annotations

import socket
import ssl

from leadline.channels.email.mailbox import Server
from leadline.infra.http import addresses

TIMEOUT = 10.0


def connect(server: Server, *, timeout: float = TIMEOUT) -> socket.socket:
    """A connection to the server, under TLS where it begins so; OSError when there is none.

    The address is looked up once and checked, so that a name cannot lead into a private network.
    """
    try:
        address = addresses.resolve_host(server.host, server.port)
    except addresses.Unreachable as problem:
        raise ConnectionError(str(problem)) from problem
    line = socket.create_connection((address, server.port), timeout)
    return secured(line, server) if server.security == "tls" else line


def secured(line: socket.socket, server: Server) -> ssl.SSLSocket:
    """The connection under TLS, with the server's certificate checked against its name."""
    try:
        return ssl.create_default_context().wrap_socket(line, server_hostname=server.host)
    except OSError:
        line.close()
        raise
