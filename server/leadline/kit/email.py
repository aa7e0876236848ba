"""Mail addresses: one spelling to store, one key to compare, and what the domain tells."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

_GOOGLE = frozenset({"gmail.com", "googlemail.com"})
_MAX_LENGTH = 320


def normalise(address: str) -> str | None:
    """The address in lower case with an ASCII domain, as it may be written to; None when it is none."""
    return _normalised(address[: 2 * _MAX_LENGTH])


@lru_cache(maxsize=4096)
def _normalised(address: str) -> str | None:
    # Every inquiry asks for its address several times, and reading it by the standard takes long.
    parsed = _parse(address)
    if parsed is None or parsed.ascii_domain is None:
        return None
    return f"{parsed.local_part.lower()}@{parsed.ascii_domain.lower()}"


def match_key(address: str) -> str | None:
    """The key under which variants of one mailbox meet: without plus-tag, and without dots at Gmail."""
    normal = normalise(address)
    if normal is None:
        return None
    local, _, at = normal.rpartition("@")
    if not local.startswith('"'):
        local = local.partition("+")[0] or local
    if at in _GOOGLE:
        local, at = local.replace(".", "") or local, "gmail.com"
    return f"{local}@{at}"


def domain(address: str) -> str | None:
    """The ASCII domain in lower case, None when this is no address."""
    normal = normalise(address)
    return normal.rpartition("@")[2] if normal else None


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address there, so that it does not name a company."""
    return _ascii(domain) in _listed("free_mail_domains.txt") or is_disposable(domain)


def is_disposable(domain: str) -> bool:
    """Whether addresses there are made to be thrown away; subdomains count too."""
    labels = _ascii(domain).split(".")
    listed = _listed("disposable_mail_domains.txt")
    return any(".".join(labels[start:]) in listed for start in range(len(labels) - 1))


def _parse(address: str) -> ValidatedEmail | None:
    # Addresses are pasted with what stands around them in a sentence, and typed in full width.
    text = unicodedata.normalize("NFKC", address).strip().rstrip(".,;").strip()
    text = text[len("mailto:") :] if text.lower().startswith("mailto:") else text
    if len(text) > _MAX_LENGTH:
        return None
    try:
        # Whether the mailbox exists is found out by writing to it, never by asking the network here.
        # The test environment is the reserved .test domain, which sandbox and demo people live in.
        parsed = validate_email(
            text,
            check_deliverability=False,
            strict=True,
            allow_display_name=True,
            allow_quoted_local=True,
            test_environment=True,
        )
    except (EmailNotValidError, UnicodeError, ValueError):
        return None
    return parsed if "." in parsed.domain else None


def _ascii(domain: str) -> str:
    name = domain.strip().rstrip(".").lower()
    if name.isascii():
        return name
    try:
        return validate_email(f"a@{name}", check_deliverability=False).ascii_domain.lower()
    except (EmailNotValidError, UnicodeError, ValueError):
        return name


@lru_cache(maxsize=2)
def _listed(name: str) -> frozenset[str]:
    lines = files("leadline.kit").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
