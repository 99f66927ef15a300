"""The settings of the gateway: environment variables ``CARE_ADVICE_*``, or a ``.env`` file.

Each is described in docs/settings.md.

``python -m webhook.settings check`` says whether the service could start; ``create-secrets`` makes missing secrets.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
ORIGIN = re.compile(r"(?P<scheme>https?)://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class Settings(BaseSettings):
    """What can be set, with its bounds. The environment's name is ``CARE_ADVICE_`` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="CARE_ADVICE_", env_file=ROOT / ".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    mode: Literal["development", "service"] = "development"
    var: Path = Path("var")
    secrets_dir: Path | None = None
    database_url: str = ""
    redis_url: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    public_host: str = "127.0.0.1"
    public_port: int = Field(default=8000, ge=1, le=65535)
    staff_port: int = Field(default=8001, ge=1, le=65535)
    public_base_url: str = ""
    trusted_proxies: str = "127.0.0.1 ::1"
    widget_origins: str = ""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = Field(default=0, ge=0, le=65535)
    worker_metrics_port: int = Field(default=0, ge=0, le=65535)
    metrics_token: SecretStr | None = None
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: SecretStr | None = None
    rasa_seconds: float = Field(default=8.0, gt=0, le=20)  # a turn asks up to three times, under a lease of a minute

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr | None = None
    twilio_auth_token_next: SecretStr | None = None
    twilio_messaging_service_sid: str = ""
    twilio_sms_number: str = ""
    twilio_whatsapp_number: str = ""
    twilio_late_reply_content_sid: str = ""
    twilio_api_base: str = ""

    late_reply_minutes: int = Field(default=5, ge=1, le=60)
    silence_minutes: int = Field(default=15, ge=1, le=24 * 60)
    web_session_hours: int = Field(default=12, ge=1, le=72)
    delete_confirm_minutes: int = Field(default=15, ge=1, le=24 * 60)

    message_max_bytes: int = Field(default=16_384, ge=1_024, le=65_536)
    message_max_characters: int = Field(default=4_000, ge=200, le=20_000)
    messages_per_minute: int = Field(default=30, ge=1, le=10_000)
    sessions_per_minute: int = Field(default=60, ge=1, le=100_000)

    staff_base_url: str = ""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_ca_file: Path | None = None
    smtp_seconds: float = Field(default=10.0, gt=0, le=15)
    mail_from: str = ""
    mail_to: str = ""
    emergency_repeat_minutes: int = Field(default=10, ge=1, le=24 * 60)

    translation_seconds: float = Field(default=30.0, gt=0, le=120)
    translation_megabytes: int = Field(default=2048, ge=512, le=16_384)

    claim_emergency_minutes: int = Field(default=15, ge=1, le=24 * 60)
    claim_high_minutes: int = Field(default=60, ge=1, le=24 * 60)
    claim_minutes: int = Field(default=480, ge=1, le=7 * 24 * 60)

    text_days: int = Field(default=30, ge=1, le=90)
    message_row_days: int = Field(default=90, ge=1, le=365)
    conversation_days: int = Field(default=90, ge=1, le=365)
    number_days: int = Field(default=30, ge=1, le=90)
    opt_out_days: int = Field(default=730, ge=30, le=3650)
    deletion_receipt_days: int = Field(default=365, ge=30, le=2190)
    alert_days: int = Field(default=90, ge=7, le=365)
    case_text_days: int = Field(default=90, ge=1, le=365)
    case_row_days: int = Field(default=1095, ge=30, le=2555)
    notice_days: int = Field(default=90, ge=7, le=365)
    staff_account_days: int = Field(default=1095, ge=90, le=2555)
    audit_days: int = Field(default=2190, ge=365, le=3650)
    spool_max_bytes: int = Field(default=67_108_864, ge=65_536, le=1_073_741_824)

    @model_validator(mode="after")
    def _consistent(self) -> Settings:
        if self.message_row_days < self.text_days:
            raise ValueError("message_row_days must not be shorter than text_days")
        if self.mode == "service" and self.twilio_on and not self.public_base_url.startswith("https://"):
            raise ValueError("with Twilio on, public_base_url must be the https address that Twilio calls")
        if not _is_here(self.metrics_host) and not (self.metrics_token and self.metrics_token.get_secret_value()):
            raise ValueError("with metrics_host another than this machine itself, metrics_token must be set")
        for proxy in self.proxies:
            if not _is_network(proxy):
                raise ValueError("trusted_proxies must be addresses or networks, such as 10.0.0.2 or 10.0.0.0/24")
        for host in self.widget_hosts:
            plain = ORIGIN.fullmatch(host)
            if plain is None or (self.mode == "service" and plain["scheme"] != "https"):
                raise ValueError(
                    "widget_origins must be https addresses without a path, such as https://www.example.org"
                )
        if self.case_row_days < self.case_text_days:
            raise ValueError("case_row_days must not be shorter than case_text_days")
        if self.smtp_host and not (self.mail_from and self.mail_receivers):
            raise ValueError("with smtp_host set, mail_from and mail_to must be set too")
        if self.mode == "service" and self.smtp_host and self.smtp_security == "none" and not self._mail_stays_here:
            raise ValueError("in service mail leaves this machine only encrypted: smtp_security starttls or tls")
        return self

    def model_post_init(self, context: object) -> None:
        """Fill what depends on another setting."""
        object.__setattr__(self, "var", ROOT / self.var)  # relative to the project, wherever a process is started
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.var / 'care_advice.db'}")

    @property
    def var_dir(self) -> Path:
        """The folder of runtime state, as an absolute path."""
        return self.var

    @property
    def secrets_directory(self) -> Path:
        """The folder of the secret files."""
        return ROOT / self.secrets_dir if self.secrets_dir else self.var / "secrets"

    @property
    def spool_directory(self) -> Path:
        """The folder of the local journal that is used while the database is away."""
        return self.var / "spool"

    @property
    def huey_path(self) -> Path:
        """The SQLite file of the job queue, used without Redis."""
        return self.var / "huey.db"

    @property
    def auth_tokens(self) -> tuple[str, ...]:
        """Twilio's auth tokens that are accepted: the current one and, during a rotation, the next."""
        tokens = (self.twilio_auth_token, self.twilio_auth_token_next)
        return tuple(token.get_secret_value() for token in tokens if token is not None and token.get_secret_value())

    @property
    def twilio_on(self) -> bool:
        """Whether SMS and WhatsApp are served: an account, a token and something to send from."""
        sender = self.twilio_messaging_service_sid or self.twilio_sms_number or self.twilio_whatsapp_number
        return bool(self.twilio_account_sid and self.auth_tokens and sender)

    @property
    def widget_hosts(self) -> tuple[str, ...]:
        """The origins whose pages may show the chat in a frame."""
        return tuple(self.widget_origins.split())

    @property
    def proxies(self) -> tuple[str, ...]:
        """The proxies that are believed when they say from which address a request came."""
        return tuple(self.trusted_proxies.split())

    @property
    def mail_receivers(self) -> tuple[str, ...]:
        """Who gets the notices: the addresses in ``mail_to``."""
        return tuple(address.strip() for address in self.mail_to.split(",") if address.strip())

    @property
    def mail_on(self) -> bool:
        """Whether SHOP is told by mail; without it notices wait."""
        return bool(self.smtp_host and self.mail_from and self.mail_receivers)

    @property
    def _mail_stays_here(self) -> bool:
        return _is_here(self.smtp_host)


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _is_network(said: str) -> bool:
    """Whether it is an address or a network; not the whole world, which would let everybody name their own address."""
    try:
        return ip_network(said).prefixlen > 0
    except ValueError:
        return False


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return this process's settings. Raises pydantic's ValidationError, which names the setting and not its value."""
    return Settings()


def prepare_var(settings: Settings) -> None:
    """Make the folder of runtime state, open to its owner only."""
    for folder in (settings.var, settings.spool_directory):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)


def main(arguments: list[str]) -> int:
    """Run ``check`` or ``create-secrets``; returns the exit code."""
    from webhook.secret_files import SecretMissing, SecretUnsafe, create_missing, ensure_secrets

    try:
        settings = Settings()
        if arguments == ["create-secrets"]:
            prepare_var(settings)
            made = create_missing(settings.secrets_directory)
            print(f"Secrets in {settings.secrets_directory}: {len(made)} made.")
        elif arguments == ["check"]:
            ensure_secrets(settings)
            print(f"Mode {settings.mode}. SMS and WhatsApp are {'on' if settings.twilio_on else 'off'}.")
        else:
            print("Use: python -m webhook.settings check | create-secrets", file=sys.stderr)
            return 2
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            name = "_".join(str(part) for part in fault["loc"]).upper()
            print(f"{'CARE_ADVICE_' + name if name else 'Settings'}: {fault['msg']}", file=sys.stderr)
        return 1
    except (SecretMissing, SecretUnsafe) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
