"""Operations that run outside the request's transaction."""

from __future__ import annotations

_names: set[str] = set()
_gathered: set[tuple[str, str]] = set()


def calls_out(url_name: str) -> str:
    """The operation calls other servers: it runs without a transaction, and its action opens its own."""
    _names.add(url_name)
    return url_name


def gathers(method: str, path: str) -> str:
    """The operation shares one transaction with others of its kind, and keeps its Idempotency-Key itself.

    Named by verb and path, for the reading operations at the same address are like all others.
    """
    _gathered.add((method, path))
    return path


def is_outside(method: str, path: str, url_name: str | None) -> bool:
    """Whether this operation of the API gets no transaction of its own."""
    return url_name in _names or (method, path) in _gathered
