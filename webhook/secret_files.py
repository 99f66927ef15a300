"""The service's secrets: one file each, in a folder only its owner can open.

In development they are made on first run. In service mode a missing or badly protected one stops the start.
``python -m webhook.secret_files`` does the same as ``python -m webhook.settings check``.
"""

from __future__ import annotations

import base64
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from webhook.privacy.keyring import Keyring, KeyringFaulty
from webhook.privacy.vault import Vault
from webhook.settings import Settings, main, prepare_var


class SecretMissing(Exception):
    """A secret file is not there. The message says which, and what to do."""


class SecretUnsafe(Exception):
    """A secret file or its folder can be read by others, or does not hold what it should."""


def _random_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode("ascii") + "\n"


def _random_token() -> str:
    return secrets.token_urlsafe(32) + "\n"


SECRETS: dict[str, Callable[[], str]] = {
    "pseudonym_key": _random_key,
    "sealing_keys": lambda: Keyring.new().dump(),
    "text_keys": lambda: Keyring.new().dump(),
    "tracker_key": _random_key,
    "rasa_token": _random_token,
    "session_key": _random_key,
}
"""File name to how a fresh one is made. Keys are 32 random bytes in base64; ``*_keys`` hold lines of ``name key``."""


@dataclass(frozen=True)
class Secrets:
    """What the secret files hold. Its repr shows nothing of it."""

    vault: Vault = field(repr=False)
    tracker_key: str = field(repr=False)
    rasa_token: str = field(repr=False)


def create_missing(directory: Path) -> list[str]:
    """Make the folder (0700) and every secret (0600) that is not there; return the names of those made."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.chmod(0o700)
    made = []
    for name, fresh in SECRETS.items():
        # Written whole under another name and linked into place: of two first runs at once one wins, none sees half.
        temporary = directory / f".{name}.{secrets.token_hex(8)}"
        if (directory / name).exists():
            continue
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(fresh())
                file.flush()
                os.fsync(file.fileno())
            os.link(temporary, directory / name)
            made.append(name)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return made


def read_secret(directory: Path, name: str) -> str:
    """Return one secret's text. Raises SecretMissing, SecretUnsafe."""
    path = directory / name
    try:
        folder, file = directory.stat(), path.stat()
    except FileNotFoundError:
        raise SecretMissing(
            f"The secret {path} is missing: copy it from your backup, or for a new service make the files with "
            f"'python -m webhook.settings create-secrets'."
        ) from None
    for place, mode, wanted in ((directory, folder.st_mode, 0o700), (path, file.st_mode, 0o600)):
        if stat.S_IMODE(mode) & 0o077:
            raise SecretUnsafe(f"{place} can be read by other users: run 'chmod {wanted:o} {place}'.")
    value = path.read_text(encoding="ascii", errors="replace").strip()
    if not value:
        raise SecretUnsafe(f"The secret {path} is empty.")
    return value


def ensure_secrets(settings: Settings) -> None:
    """Make the runtime folder and, in development, missing secrets; check them all. Raises as ``load_secrets``."""
    prepare_var(settings)
    load_secrets(settings.secrets_directory, mode=settings.mode)


def load_secrets(directory: Path, *, mode: str) -> Secrets:
    """Read every secret; in ``development`` make the missing ones first. Raises SecretMissing, SecretUnsafe."""
    if mode != "service":
        create_missing(directory)
    values = {name: read_secret(directory, name) for name in SECRETS}
    return Secrets(
        vault=Vault(
            pseudonym_key=_key(directory, "pseudonym_key", values),
            sealing_keys=_ring(directory, "sealing_keys", values),
            text_keys=_ring(directory, "text_keys", values),
            session_key=_key(directory, "session_key", values),
        ),
        tracker_key=values["tracker_key"],
        rasa_token=values["rasa_token"],
    )


def _key(directory: Path, name: str, values: dict[str, str]) -> bytes:
    try:
        key = base64.urlsafe_b64decode(values[name])
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SecretUnsafe(f"The secret {directory / name} does not hold 32 bytes in base64.")
    return key


def _ring(directory: Path, name: str, values: dict[str, str]) -> Keyring:
    try:
        return Keyring.parse(values[name])
    except KeyringFaulty as fault:
        raise SecretUnsafe(f"The secret {directory / name} is faulty: {fault}.") from None


if __name__ == "__main__":
    raise SystemExit(main(["check"]))
