"""Authenticated encryption under a ring of named keys, so that keys can be changed without losing what is kept."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = 1


class CannotOpen(Exception):
    """The box was made for another place, under an unknown key, or was altered."""


class KeyringFaulty(Exception):
    """A key file does not hold lines of ``name key`` with 32-byte keys."""


@dataclass(frozen=True)
class Keyring:
    """Keys by name; the first one encrypts, all of them decrypt."""

    keys: tuple[tuple[str, bytes], ...]

    def __repr__(self) -> str:
        """Show names only: a key must not reach a log by accident."""
        return f"Keyring({', '.join(name for name, _ in self.keys)})"

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read lines of ``name base64key``, the current key first. Raises KeyringFaulty."""
        keys: list[tuple[str, bytes]] = []
        for line in text.splitlines():
            if not line.strip():
                continue
            name, _, encoded = line.strip().partition(" ")
            try:
                key = base64.urlsafe_b64decode(encoded.strip())
            except (binascii.Error, ValueError):
                raise KeyringFaulty("a line does not hold a name and a key") from None
            if len(key) != KEY_BYTES or not name.isascii() or not 1 <= len(name) <= 32:
                raise KeyringFaulty("a line does not hold a name and a 32-byte key")
            keys.append((name, key))
        if not keys or len({name for name, _ in keys}) != len(keys):
            raise KeyringFaulty("there is no key, or two keys have one name")
        return cls(tuple(keys))

    @classmethod
    def new(cls, name: str = "k1") -> Keyring:
        """Make a ring with one fresh random key."""
        return cls(((name, os.urandom(KEY_BYTES)),))

    def dump(self) -> str:
        """Write the ring as ``parse`` reads it."""
        return "".join(f"{name} {base64.urlsafe_b64encode(key).decode('ascii')}\n" for name, key in self.keys)

    def close(self, plain: bytes, *, bound_to: str) -> bytes:
        """Encrypt under the current key. The box opens only where ``bound_to`` is the same."""
        name, key = self.keys[0]
        encoded = name.encode("ascii")
        head = bytes([VERSION, len(encoded)]) + encoded
        nonce = os.urandom(NONCE_BYTES)
        return head + nonce + AESGCM(key).encrypt(nonce, plain, head + bound_to.encode("utf-8"))

    def open(self, box: bytes, *, bound_to: str) -> bytes:
        """Decrypt. Raises CannotOpen."""
        name = self.key_name(box)
        head, rest = box[: 2 + len(name)], box[2 + len(name) :]
        for known, key in self.keys:
            if known == name:
                try:
                    return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + bound_to.encode("utf-8"))
                except (InvalidTag, ValueError):
                    raise CannotOpen("altered, or made for another place") from None
        raise CannotOpen("made under a key that is not here")

    @staticmethod
    def key_name(box: bytes) -> str:
        """Return the name of the key a box was made under. Raises CannotOpen."""
        if len(box) < 2 or box[0] != VERSION or len(box) < 2 + box[1] + NONCE_BYTES:
            raise CannotOpen("not a box of this service")
        try:
            return box[2 : 2 + box[1]].decode("ascii")
        except UnicodeDecodeError:
            raise CannotOpen("not a box of this service") from None

    def is_current(self, box: bytes) -> bool:
        """Say whether a box was made under the current key (False: seal it anew)."""
        return self.key_name(box) == self.keys[0][0]
