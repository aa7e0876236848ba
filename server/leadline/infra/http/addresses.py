"""Which addresses an outgoing call may reach."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings


class Unreachable(Exception):
    """The name has no address, or only addresses that calls may not reach; `for_now` may pass by itself."""

    def __init__(self, detail: str, *, for_now: bool = False) -> None:
        super().__init__(detail)
        self.for_now = for_now


def resolve(url: str) -> str:
    """The IP address to call for this URL; Unreachable for private networks unless they are allowed.

    The caller connects to exactly this address, so that a name cannot change its mind between the check
    and the call.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable("Only http and https addresses can be called.")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return resolve_host(parts.hostname, port, own=is_own(url))


def resolve_host(host: str, port: int, *, own: bool = False) -> str:
    """The IP address of a server of any kind; Unreachable as for `resolve`, unless it is our own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"There is no server named {host}.", for_now=True) from error
    addresses = [str(entry[4][0]) for entry in found]
    if settings.ENV.allow_private_addresses or own:
        return addresses[0]
    public = [address for address in addresses if ipaddress.ip_address(address).is_global]
    if not public:
        raise Unreachable(f"{host} is in a private network; calls to it are not allowed.")
    return public[0]


def is_own(url: str) -> bool:
    """Whether the URL is this installation's own address, where the sandbox lives."""
    parts, own = urlsplit(url), urlsplit(settings.PUBLIC_URL)
    local = urlsplit(settings.LOCAL_URL)
    return (parts.hostname, parts.port) in {(own.hostname, own.port), (local.hostname, local.port)}
