"""Operations that call other servers, which must not happen inside a transaction."""

from __future__ import annotations

_names: set[str] = set()


def calls_out(url_name: str) -> str:
    """The operation of this url_name is authenticated but gets no transaction; its action opens its own."""
    _names.add(url_name)
    return url_name


def is_outside(url_name: str | None) -> bool:
    """Whether the operation of this url_name calls other servers."""
    return url_name in _names
