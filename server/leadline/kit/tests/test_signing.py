from __future__ import annotations

import base64

from leadline.kit.signing import equal, hmac_sha256_base64, hmac_sha256_hex, random_token, token_digest

SECRET = "app-secret-1"


def test_the_worked_example_of_the_whatsapp_protocol() -> None:
    body = b'{"object":"whatsapp_business_account","entry":[]}'

    assert hmac_sha256_hex(SECRET, body) == "0ca28c0f1996234eb6829e59ad3c11a18161f6eb043943d601e420c312432cdf"


def test_the_body_is_signed_as_it_was_sent_not_as_it_reads() -> None:
    escaped = hmac_sha256_hex(SECRET, b'{"t":"\\u00e9"}')
    readable = hmac_sha256_hex(SECRET, '{"t":"é"}'.encode())

    assert escaped == "8309b948c610a80a3d8cf83d142d9bf379132ae970c5d83600a70728706e1256"
    assert readable == "b8897209d2c67d90189b328f64f2677b5ba8c32e7328ef53728893effd951cc5"


def test_hex_and_base64_are_the_same_digest() -> None:
    assert base64.b64decode(hmac_sha256_base64(b"key", b"body")).hex() == hmac_sha256_hex("key", b"body")


def test_comparing_never_raises_whatever_a_stranger_sends() -> None:
    assert equal("sha256=é", "sha256=é".encode())
    assert not equal("abc", "abd")
    assert not equal("abc", "")
    assert not equal("\ud800", "abc")


def test_tokens_are_unguessable_and_only_their_digest_need_be_kept() -> None:
    first, second = random_token(), random_token(32)

    assert first != second
    assert len(first) == 32
    assert len(second) == 43
    assert token_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
