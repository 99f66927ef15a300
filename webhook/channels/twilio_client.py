"""Sending by Twilio's REST interface, and what its answers mean for us. The real `twilio` library does the talking."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

PhoneChannel = Literal["sms", "whatsapp"]

OPTED_OUT = 21610
OUTSIDE_WINDOW = 63016
# Numbers that can never be reached: not valid, not a mobile, no permission for the country, not on WhatsApp.
_HOPELESS = frozenset({21211, 21214, 21217, 21265, 21408, 21612, 21614, 63003, 63024})
_RETRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class SendingFailed(Exception):
    """Twilio did not take a message. `code` is Twilio's number for the reason, or None."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(f"Twilio did not take the message (code {code})")
        self.code = code


class PersonOptedOut(SendingFailed):
    """The person has sent STOP: nothing may be sent to that address on this channel."""


class OutsideWindow(SendingFailed):
    """More than 24 hours since the person last wrote on WhatsApp: only an approved template may be sent."""


class TryAgainLater(SendingFailed):
    """Too many requests, a time-out or a fault at Twilio. `after` is the wait it asked for, in seconds, or None."""

    def __init__(self, code: int | None = None, after: float | None = None) -> None:
        super().__init__(code)
        self.after = after


class CannotBeReached(SendingFailed):
    """Trying again would not help."""


@dataclass(frozen=True, slots=True)
class Sender:
    """What we send from. Each part may be missing: that channel is then off.

    Numbers are in E.164 form ("+44..."), `template` is the ContentSid of the neutral WhatsApp template.
    """

    account: str
    token: str
    sms_from: str | None = None
    whatsapp_from: str | None = None
    messaging_service: str | None = None
    template: str | None = None
    status_address: str | None = None

    def serves(self, channel: PhoneChannel) -> bool:
        """Whether this channel can be sent on."""
        if not (self.account and self.token):
            return False
        return bool(self.messaging_service or (self.sms_from if channel == "sms" else self.whatsapp_from))


class TwilioSender:
    """Sends one message at a time and deletes messages. `base` replaces Twilio's address, for tests."""

    def __init__(self, sender: Sender, base: str | None = None, timeout: float = 10.0) -> None:
        self.sender = sender
        self._http = _QuietHttpClient(base, timeout)
        self._client = Client(sender.account, sender.token, http_client=self._http)

    def send(self, channel: PhoneChannel, number: str, text: str) -> str:
        """Hand one message to Twilio and return its MessageSid. `text` has at most 1,600 characters.

        Raises PersonOptedOut, OutsideWindow, TryAgainLater or CannotBeReached.
        """
        return self._create(channel, number, body=text)

    def send_template(self, number: str) -> str:
        """Hand the neutral WhatsApp template to Twilio; raises OutsideWindow when none is configured."""
        if not self.sender.template:
            raise OutsideWindow(OUTSIDE_WINDOW)
        return self._create("whatsapp", number, content_sid=self.sender.template)

    def delete(self, sid: str) -> None:
        """Delete one message's copy at Twilio; one that was gone before is success.

        Raises TryAgainLater for every refusal, so that nothing counts as deleted that is still there. Twilio says that
        a deleted message may linger for up to 30 days.
        """
        try:
            self._http.retry_after = None
            self._client.messages(sid).delete()
        except TwilioRestException as refused:
            if refused.status != 404:
                raise TryAgainLater(refused.code, self._http.retry_after) from None
        except (TwilioException, requests.RequestException):
            raise TryAgainLater from None

    def _create(self, channel: PhoneChannel, number: str, **what: str) -> str:
        sender = self.sender
        own = sender.sms_from if channel == "sms" else sender.whatsapp_from
        where: dict[str, Any] = {"to": address(channel, number), **what}
        if own:
            where["from_"] = address(channel, own)
        if sender.messaging_service:
            where["messaging_service_sid"] = sender.messaging_service
        if sender.status_address:
            where["status_callback"] = sender.status_address
        self._http.retry_after = None
        try:
            return str(self._client.messages.create(**where).sid)
        except TwilioRestException as refused:
            # "from None": the library's own error repeats what it sent, and that must reach no log.
            raise _meaning(refused.status, refused.code, self._http.retry_after) from None
        except (TwilioException, requests.RequestException, ValueError):
            raise TryAgainLater from None


def address(channel: PhoneChannel, number: str) -> str:
    """The number as Twilio writes it on that channel."""
    return f"whatsapp:{number}" if channel == "whatsapp" and not number.startswith("whatsapp:") else number


def channel_and_number(twilio_address: str) -> tuple[PhoneChannel, str]:
    """The channel and the bare number of an address such as "whatsapp:+447700900123"."""
    kind, colon, number = twilio_address.partition(":")
    return ("whatsapp", number) if colon and kind.lower() == "whatsapp" else ("sms", twilio_address)


def meaning_of_error(code: int | None) -> SendingFailed:
    """What an error code in a late status report means."""
    return _meaning(400, code, None)


def _meaning(status: int, code: int | None, after: float | None) -> SendingFailed:
    if code == OPTED_OUT:
        return PersonOptedOut(code)
    if code == OUTSIDE_WINDOW:
        return OutsideWindow(code)
    if status in _RETRY_LATER or code == 20429:
        return TryAgainLater(code, after)
    # A refusal of our own credentials mends itself when they are mended: the messages must not be given up meanwhile.
    if status in (401, 403) and code not in _HOPELESS:
        return TryAgainLater(code, after)
    return CannotBeReached(code)


class _QuietHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the library has no types
    """The library's HTTP client with another base address if told so, a time limit, and no log of what is sent."""

    def __init__(self, base: str | None, timeout: float) -> None:
        super().__init__(timeout=timeout, logger=_silent())
        self._base = urlsplit(base) if base else None
        self.retry_after: float | None = None

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if self._base is not None:
            parts = urlsplit(url)
            path = self._base.path.rstrip("/") + parts.path
            url = urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))
        response = super().request(method, url, *args, **kwargs)
        self.retry_after = _seconds(response.headers.get("Retry-After") if response.headers else None)
        # The library keeps the last exchange for its own tests: a worker's words have no business there.
        self._test_only_last_request = None
        self._test_only_last_response = None
        return response

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Nothing: the request holds a number and a text."""

    def log_response(self, status_code: int, response: requests.Response) -> None:
        """Nothing: the answer repeats both."""


def _seconds(retry_after: str | None) -> float | None:
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(timezone.utc)).total_seconds())
    except (ValueError, TypeError):
        return None


def _silent() -> logging.Logger:
    logger = logging.getLogger("webhook.twilio.silent")
    logger.disabled = True
    return logger
