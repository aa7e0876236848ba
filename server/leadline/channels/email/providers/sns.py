"""Amazon SNS: who signed a notification, and the subscription that is confirmed by calling back."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from leadline.channels.email.providers.reading import as_text
from leadline.infra import http

CONFIRMATIONS = frozenset({"SubscriptionConfirmation", "UnsubscribeConfirmation"})
_HOST = re.compile(r"sns\.[a-z0-9-]{5,30}\.amazonaws\.com(\.cn)?")
_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
# SHA-1 is Amazon's old way, which whoever set the topic up may have kept.
_ALGORITHMS: dict[str, type[HashAlgorithm]] = {"1": SHA1, "2": SHA256}
_MOST_CERTIFICATES = 20
_certificates: dict[str, bytes] = {}


class NoCertificate(Exception):
    """Amazon's certificate cannot be had now; the delivery is worth repeating."""


def is_signed(body: Mapping[str, Any]) -> bool:
    """Whether Amazon signed the notification; NoCertificate while its certificate cannot be fetched."""
    url = as_text(body.get("SigningCertURL"))
    if not _is_amazons(url) or not urlsplit(url).path.endswith(".pem"):
        return False
    algorithm = _ALGORITHMS.get(as_text(body.get("SignatureVersion")), SHA256)()
    try:
        key = x509.load_pem_x509_certificate(_certificate(url)).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        signature = base64.b64decode(as_text(body.get("Signature")), validate=True)
        key.verify(signature, signed_text(body).encode(), padding.PKCS1v15(), algorithm)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def signed_text(body: Mapping[str, Any]) -> str:
    """What Amazon signs: each name and value on a line of its own."""
    names = _CONFIRMATION if as_text(body.get("Type")) in CONFIRMATIONS else _NOTIFICATION
    return "".join(f"{name}\n{as_text(body[name])}\n" for name in names if name in body)


def confirm(body: Mapping[str, Any]) -> bool:
    """Call the address that confirms the subscription; False when it did not work and may be tried again."""
    url = as_text(body.get("SubscribeURL"))
    if not _is_amazons(url):
        return False
    try:
        return http.call("GET", url).ok
    except (http.CallRefused, http.CallFailed):
        return False


def _is_amazons(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(_HOST.fullmatch(parts.netloc))


def _certificate(url: str) -> bytes:
    if url not in _certificates:
        try:
            answer = http.call("GET", url, max_bytes=64 * 1024)
        except (http.CallRefused, http.CallFailed) as problem:
            raise NoCertificate(str(problem)) from problem
        if not answer.ok:
            raise NoCertificate(f"HTTP {answer.status}")
        if len(_certificates) >= _MOST_CERTIFICATES:
            _certificates.clear()
        _certificates[url] = answer.body
    return _certificates[url]
