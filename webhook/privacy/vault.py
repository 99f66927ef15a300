"""The keys of the service, held together: who somebody is called, their number, their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from webhook.privacy import pseudonyms, sealing, text_crypto
from webhook.privacy.keyring import Keyring


@dataclass(frozen=True)
class Vault:
    """Everything that needs a key, behind one thing to hand on. Its repr shows no key."""

    pseudonym_key: bytes = field(repr=False)
    sealing_keys: Keyring
    text_keys: Keyring
    session_key: bytes = field(repr=False)

    def pseudonym(self, *, channel: str, address: str) -> str:
        """Return the pseudonym of a number (E.164) or web session on a channel. Raises NotANumber."""
        return pseudonyms.pseudonym(self.pseudonym_key, channel=channel, address=address)

    def seal_number(self, number: str, *, pseudonym: str) -> bytes:
        """Seal a number for one person."""
        return sealing.seal_number(self.sealing_keys, number, pseudonym=pseudonym)

    def unseal_number(self, sealed: bytes, *, pseudonym: str) -> str:
        """Open a sealed number. Raises CannotOpen."""
        return sealing.unseal_number(self.sealing_keys, sealed, pseudonym=pseudonym)

    def encrypt(self, value: Any, *, table: str, uid: str) -> bytes:
        """Encrypt a JSON value for one row."""
        return text_crypto.encrypt_json(self.text_keys, value, table=table, uid=uid)

    def decrypt(self, box: bytes, *, table: str, uid: str) -> Any:
        """Decrypt the JSON value of one row. Raises CannotOpen."""
        return text_crypto.decrypt_json(self.text_keys, box, table=table, uid=uid)


@lru_cache(maxsize=1)
def default_vault() -> Vault:
    """Return this process's vault, from the secret files the settings name."""
    from webhook.secret_files import load_secrets
    from webhook.settings import get_settings

    settings = get_settings()
    return load_secrets(settings.secrets_directory, mode=settings.mode).vault
