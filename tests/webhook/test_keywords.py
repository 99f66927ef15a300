"""Orders of one word: the whole message or none."""

from __future__ import annotations

import pytest

from webhook.keywords import Keyword, keyword

STOPS = [
    "STOP",
    "stop",
    " Stop. ",
    "STOPALL",
    "UNSUBSCRIBE",
    "cancel",
    "End",
    "QUIT!!!",
    "revoke",
    "OptOut",
    "ＳＴＯＰ",
]


@pytest.mark.parametrize("text", STOPS)
@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_stop_and_its_kin_are_orders_on_a_phone(text: str, channel: str) -> None:
    assert keyword(text, channel) is Keyword.STOP


@pytest.mark.parametrize("text", STOPS)
def test_on_the_web_stop_is_no_opt_out(text: str) -> None:
    assert keyword(text, "web") is None


@pytest.mark.parametrize(
    "text",
    ["stop hitting me", "help he has a knife", "please cancel my visa", "delete it", "the end", "", "?!", "help help"],
)
def test_a_keyword_inside_a_message_is_none(text: str) -> None:
    assert keyword(text, "sms") is None
    assert keyword(text, "sms", opted_out=True) is None


@pytest.mark.parametrize("text", ["yes", "START", "unstop"])
def test_start_words_count_only_after_a_stop(text: str) -> None:
    assert keyword(text, "sms") is None
    assert keyword(text, "sms", opted_out=True) is Keyword.START
    assert keyword(text, "web", opted_out=True) is None


@pytest.mark.parametrize("text", ["HELP", "help!", "Info"])
def test_help_is_an_order_everywhere(text: str) -> None:
    assert keyword(text, "sms") is Keyword.HELP
    assert keyword(text, "web") is Keyword.HELP


@pytest.mark.parametrize("text", ["DELETE", "delete my data", "Erase my data."])
def test_delete_is_an_order_everywhere(text: str) -> None:
    assert keyword(text, "whatsapp") is Keyword.DELETE
    assert keyword(text, "web") is Keyword.DELETE
