from __future__ import annotations

import pytest

from leadline.kit.errors import Conflict
from leadline.kit.secretbox import decrypt, encrypt, new_key, rotate


def test_a_secret_comes_back_as_it_was_and_cannot_be_read_without_the_key() -> None:
    keys = [new_key()]
    secret = encrypt("token של ריטה", keys=keys)

    assert "token" not in secret
    assert decrypt(secret, keys=keys) == "token של ריטה"


def test_after_a_new_key_old_secrets_still_open_and_after_rotation_the_old_key_can_go() -> None:
    old, new = new_key(), new_key()
    secret = encrypt("app-secret", keys=[old])

    rotated = rotate(secret, keys=[new, old])

    assert decrypt(secret, keys=[new, old]) == "app-secret"
    assert decrypt(rotated, keys=[new]) == "app-secret"


def test_a_secret_without_its_key_says_what_to_do() -> None:
    secret = encrypt("app-secret", keys=[new_key()])

    for attempt in (decrypt, rotate):
        with pytest.raises(Conflict, match="Put the old key back") as refusal:
            attempt(secret, keys=[new_key()])
        assert refusal.value.code == "secret_unreadable"


@pytest.mark.parametrize("broken", ["", "not a secret", "סוד"])
def test_what_was_never_encrypted_is_refused_and_not_returned(broken: str) -> None:
    with pytest.raises(Conflict):
        decrypt(broken, keys=[new_key()])


def test_without_any_key_nothing_is_stored() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        encrypt("app-secret", keys=[])
