"""The real Twilio library talking to a local server."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.webhook import twilio_server
from tests.webhook.twilio_server import ACCOUNT, TOKEN, Refusal, Twilio
from webhook.channels import twilio_client as client
from webhook.channels.twilio_client import Sender, TwilioSender

NUMBER = "+447700900123"
OURS = "+447700900999"


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_server.running() as server:
        yield server


@pytest.fixture
def sender(twilio: Twilio) -> TwilioSender:
    settings = Sender(
        ACCOUNT,
        TOKEN,
        sms_from=OURS,
        whatsapp_from=OURS,
        template="HX1",
        status_address="https://advice.example.org/twilio/status",
    )
    return TwilioSender(settings, base=twilio.base, timeout=2.0)


def test_an_sms_goes_out_with_its_status_address(sender: TwilioSender, twilio: Twilio) -> None:
    sid = sender.send("sms", NUMBER, "Hello")
    assert twilio.sent == [
        {
            "To": NUMBER,
            "From": OURS,
            "Body": "Hello",
            "StatusCallback": "https://advice.example.org/twilio/status",
            "sid": sid,
        }
    ]


def test_whatsapp_addresses_carry_their_channel(sender: TwilioSender, twilio: Twilio) -> None:
    sender.send("whatsapp", NUMBER, "Hello")
    assert (twilio.sent[0]["To"], twilio.sent[0]["From"]) == (f"whatsapp:{NUMBER}", f"whatsapp:{OURS}")


def test_the_template_goes_out_by_its_content_sid_and_without_text(sender: TwilioSender, twilio: Twilio) -> None:
    sender.send_template(NUMBER)
    assert twilio.sent[0]["ContentSid"] == "HX1"
    assert "Body" not in twilio.sent[0]


@pytest.mark.parametrize(
    ("refusal", "meaning"),
    [
        (Refusal(400, 21610), client.PersonOptedOut),
        (Refusal(400, 63016), client.OutsideWindow),
        (Refusal(400, 21211), client.CannotBeReached),
        (Refusal(404, 20404), client.CannotBeReached),
        (Refusal(429, 20429), client.TryAgainLater),
        (Refusal(500), client.TryAgainLater),
        (Refusal(503), client.TryAgainLater),
        (Refusal(401, 20003), client.TryAgainLater),
        (Refusal(delay=3.0), client.TryAgainLater),
    ],
)
def test_each_refusal_is_told_by_what_it_means(
    sender: TwilioSender, twilio: Twilio, refusal: Refusal, meaning: type[Exception]
) -> None:
    twilio.refusals.append(refusal)
    with pytest.raises(meaning):
        sender.send("whatsapp", NUMBER, "Hello")
    assert twilio.sent == []


def test_retry_after_is_told_in_seconds(sender: TwilioSender, twilio: Twilio) -> None:
    twilio.refusals.append(Refusal(429, 20429, {"Retry-After": "7"}))
    with pytest.raises(client.TryAgainLater) as refused:
        sender.send("sms", NUMBER, "Hello")
    assert refused.value.after == 7.0


def test_a_server_that_is_gone_is_tried_again_later() -> None:
    gone = TwilioSender(Sender(ACCOUNT, TOKEN, sms_from=OURS), base="http://127.0.0.1:9", timeout=1.0)
    with pytest.raises(client.TryAgainLater):
        gone.send("sms", NUMBER, "Hello")


def test_deleting_is_done_also_when_it_was_done_before(sender: TwilioSender, twilio: Twilio) -> None:
    sender.delete("SM1")
    twilio.refusals.append(Refusal(404, 20404))
    sender.delete("SM1")
    assert twilio.deleted == ["SM1"]


@pytest.mark.parametrize(
    "refusal", [Refusal(429, 20429), Refusal(409), Refusal(401, 20003), Refusal(403, 20403), Refusal(400, 20009)]
)
def test_what_twilio_refuses_to_delete_never_counts_as_deleted(
    sender: TwilioSender, twilio: Twilio, refusal: Refusal
) -> None:
    twilio.refusals.append(refusal)
    with pytest.raises(client.TryAgainLater):
        sender.delete("SM1")
    assert twilio.deleted == []


def test_neither_text_nor_number_is_logged_or_repeated_in_an_error(
    sender: TwilioSender, twilio: Twilio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    twilio.refusals.append(Refusal(400, 21211))
    with pytest.raises(client.SendingFailed) as refused:
        sender.send("sms", NUMBER, "canary words")
    sender.send("sms", NUMBER, "canary words")
    assert "canary" not in caplog.text + str(refused.value) + repr(refused.value)
    assert NUMBER not in caplog.text + str(refused.value)
    assert refused.value.__suppress_context__


def test_a_channel_without_its_number_is_off() -> None:
    assert not Sender("", "").serves("sms")
    assert Sender(ACCOUNT, TOKEN, sms_from=OURS).serves("sms")
    assert not Sender(ACCOUNT, TOKEN, sms_from=OURS).serves("whatsapp")
    assert Sender(ACCOUNT, TOKEN, messaging_service="MG1").serves("whatsapp")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("whatsapp:+447700900123", ("whatsapp", "+447700900123")),
        ("+447700900123", ("sms", "+447700900123")),
        ("WhatsApp:+447700900123", ("whatsapp", "+447700900123")),
    ],
)
def test_an_address_tells_its_channel(text: str, expected: tuple[str, str]) -> None:
    assert client.channel_and_number(text) == expected
