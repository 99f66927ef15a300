"""Passwords: long rather than odd, kept as Argon2, and checked in the same time whether or not there is one."""

from __future__ import annotations

from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST, LONGEST = 14, 200


class PasswordUnfit(ValueError):
    """The password is too short, too long, or easily guessed from the account. ``reason`` says which, for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_fit(password: str, email: str) -> None:
    """Raises PasswordUnfit. Length is what counts (National Cyber Security Centre: three random words)."""
    if len(password) < SHORTEST:
        raise PasswordUnfit(f"Use at least {SHORTEST} characters. Three random words are good.")
    if len(password) > LONGEST:
        raise PasswordUnfit(f"Use at most {LONGEST} characters.")
    lowered = password.casefold()
    parts = [part for part in email.casefold().replace("@", ".").split(".") if len(part) > 3]
    if len(set(lowered)) < 6 or any(part in lowered for part in parts):
        raise PasswordUnfit("This password is easy to guess. Do not use your name or your e-mail address.")


def hash_password(password: str) -> str:
    """The Argon2 hash to keep."""
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password. Without one the same work is done, so that the time tells nothing."""
    try:
        right = _hasher().verify(password[: LONGEST + 1], kept or _nobodys())
    except PwdlibError:
        return False
    return right and kept is not None


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
