"""The settings of the console: environment variables ``CARE_ADVICE_STAFF_*``, or the ``.env`` file.

Each is described in docs/console.md.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from webhook.settings import ROOT


class StaffSettings(BaseSettings):
    """What can be set, with its bounds. The environment's name is ``CARE_ADVICE_STAFF_`` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="CARE_ADVICE_STAFF_", env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    host: str = "127.0.0.1"
    idle_minutes: int = Field(default=30, ge=5, le=120)
    session_hours: int = Field(default=10, ge=1, le=24)
    signs_in_per_minute: int = Field(default=20, ge=1, le=10_000)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_trust_email: bool = False
    fonts: Path = Path("/usr/share/fonts/truetype/noto")
    feed_token: SecretStr | None = Field(default=None, min_length=32)

    @property
    def oidc_on(self) -> bool:
        """Whether staff may sign in at their organisation's provider in place of a password."""
        return bool(self.oidc_issuer and self.oidc_client_id and self.oidc_client_secret)

    @property
    def idle(self) -> timedelta:
        """After how long without a request a session ends."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def session(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(hours=self.session_hours)


@lru_cache(maxsize=1)
def get_staff_settings() -> StaffSettings:
    """Return this process's settings. Raises pydantic's ValidationError, which names the setting and not its value."""
    return StaffSettings()
