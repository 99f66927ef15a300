"""The parts the gateway works with, put together once for each process and handed to whatever needs them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from webhook.channels.twilio_client import Sender, TwilioSender
from webhook.channels.twilio_signature import public_address
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.rasa_client import RasaClient
from webhook.secret_files import load_secrets
from webhook.settings import Settings, get_settings
from webhook.spool import Spool
from webhook.told_already import ToldAlready


class Jobs(Protocol):
    """Nudges to the worker. A lost one costs a minute at most: the rows themselves are the jobs."""

    def answer(self) -> None:
        """There is a message to answer."""

    def send(self) -> None:
        """There is a message to send."""

    def drain(self) -> None:
        """There is something in the local journal."""

    def erase(self) -> None:
        """Somebody's data is to be erased."""

    def notify(self) -> None:
        """SHOP may have to be told of something."""

    def translate(self) -> None:
        """There are words to translate for an officer."""


@dataclass(frozen=True)
class Gateway:
    """Everything a message needs on its way. Its parts show no secret when printed."""

    settings: Settings
    database: Database
    vault: Vault
    rasa: RasaClient
    spool: Spool
    told: ToldAlready
    jobs: Jobs
    twilio: TwilioSender | None = None

    def close(self) -> None:
        """Give connections back."""
        self.rasa.close()
        self.database.dispose()


def build(settings: Settings, jobs: Jobs) -> Gateway:
    """The parts as the settings say. Raises SecretMissing or SecretUnsafe."""
    secrets = load_secrets(settings.secrets_directory, mode=settings.mode)
    token = settings.rasa_token.get_secret_value() if settings.rasa_token else secrets.rasa_token
    return Gateway(
        settings=settings,
        database=Database(settings.database_url),
        vault=secrets.vault,
        rasa=RasaClient(settings.rasa_url, token, settings.rasa_seconds),
        spool=Spool.open(settings, secrets.vault.text_keys),
        told=ToldAlready(settings.spool_directory / "told_already", secrets.vault.session_key),
        jobs=jobs,
        twilio=twilio_sender(settings),
    )


def twilio_sender(settings: Settings) -> TwilioSender | None:
    """The way to Twilio, or None without its credentials: SMS and WhatsApp are then off."""
    if not settings.twilio_on:
        return None
    sender = Sender(
        account=settings.twilio_account_sid,
        token=settings.auth_tokens[0],
        sms_from=settings.twilio_sms_number or None,
        whatsapp_from=settings.twilio_whatsapp_number or None,
        messaging_service=settings.twilio_messaging_service_sid or None,
        template=settings.twilio_late_reply_content_sid or None,
        status_address=public_address(settings.public_base_url, "/twilio/status") if settings.public_base_url else None,
    )
    return TwilioSender(sender, base=settings.twilio_api_base or None)


@lru_cache(maxsize=1)
def default_gateway() -> Gateway:
    """This process's gateway, with the settings of its environment and the real queue."""
    from webhook.tasks import QueuedJobs

    return build(get_settings(), QueuedJobs())
