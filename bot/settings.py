"""Where the bot listens and keeps its state: from the environment, with defaults for a developer's machine."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class SecretMissing(Exception):
    """A secret is needed and neither the environment nor the folder of secrets has it."""


@dataclass(frozen=True)
class Settings:
    """The bot's settings. Times are in the unit their name says."""

    var_dir: Path
    secrets_dir: Path
    host: str
    port: int
    actions_url: str
    model: str
    tracker_url: str
    tracker_events: int
    tracker_keep_hours: float
    reply_seconds: float
    in_service: bool

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the environment now (not at import, so that a test or a supervisor can set it)."""
        var_dir = Path(_env("VAR", str(ROOT / "var"))).absolute()
        address = urlsplit(_env("RASA_URL", "http://127.0.0.1:5005"))
        actions_port = _env("ACTIONS_PORT", "5055")
        return cls(
            var_dir=var_dir,
            secrets_dir=Path(_env("SECRETS_DIR", str(var_dir / "secrets"))),
            host=_env("RASA_HOST", "127.0.0.1"),
            port=int(_env("RASA_PORT", str(address.port or 5005))),
            actions_url=_env("ACTIONS_URL", f"http://127.0.0.1:{actions_port}/webhook"),
            model=_env("RASA_MODEL", str(ROOT / "models")),
            tracker_url=_env("TRACKER_URL", f"sqlite:///{var_dir / 'tracker.db'}"),
            tracker_events=int(_env("TRACKER_EVENTS", "30")),
            tracker_keep_hours=float(_env("TRACKER_KEEP_HOURS", "24")),
            reply_seconds=float(_env("RASA_REPLY_SECONDS", "20")),
            in_service=_env("MODE", "development") == "service",
        )

    def secret(self, name: str) -> str:
        """A secret by its file name ("rasa_token"), from the environment (RASA_TOKEN) or from var/secrets.

        On a developer's machine a missing one is made, readable by its owner only; in service it is an error.
        """
        from_environment = _env(name.upper(), "")
        if from_environment:
            return from_environment
        path = self.secrets_dir / name
        if not path.exists():
            if self.in_service:
                raise SecretMissing(f"{name.upper()} is not set and {path} is not there")
            _make(path)
        found = path.read_text(encoding="ascii").strip()
        if not found:
            raise SecretMissing(f"{path} is empty")
        return found


def _env(name: str, default: str) -> str:
    """The environment's CARE_ADVICE_<name>, else its <name>, else the default; an empty value counts as none."""
    return os.environ.get(f"CARE_ADVICE_{name}") or os.environ.get(name) or default


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _make(path: Path) -> None:
    """Make a secret that appears under its name only once it is whole: another process may read it at once."""
    handle, made = tempfile.mkstemp(dir=private_folder(path.parent), prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first; its secret is the one to use
            os.link(made, path)
    finally:
        os.unlink(made)
