"""Orders of one word: the whole message or none."""

from __future__ import annotations

import pytest

from knowledge.files import ROOT, read_yaml
from knowledge.validation.keyword_rules import KINDS
from webhook.keywords import Keyword, keyword, spelling, takes_back

LANGUAGES = sorted(path.stem for path in (ROOT / "keywords").glob("*.yml"))

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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_language_gives_its_order(lang: str) -> None:
    words = read_yaml(ROOT / "keywords" / f"{lang}.yml")
    assert set(words) == set(KINDS)
    for kind, order in {"start_when_stopped": Keyword.START, **{each.value: each for each in Keyword}}.items():
        assert [word for word in words[kind] if keyword(word, "sms", opted_out=True) is not order] == []
    assert all(takes_back(f"sorry {said}.") for said in words["joke"])
    assert all(keyword(spelling(order, lang), "sms", opted_out=True) is order for order in Keyword)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("मदद", Keyword.HELP),
        ("मैसेज बंद करो।", Keyword.STOP),
        ("Șterge tot", Keyword.DELETE),
        ("ŞTERGE", Keyword.DELETE),
        ("മായ്ക്കൂ", Keyword.DELETE),
        ("مدد۔", Keyword.HELP),
        ("ਮਿਟਾ ਦਿਓ", Keyword.DELETE),
        ("delete karo", Keyword.DELETE),
        ("n\u2019envoyez plus", Keyword.STOP),
    ],
)
def test_a_word_counts_in_its_own_script_and_in_latin_letters(text: str, order: Keyword) -> None:
    assert keyword(text, "sms") is order


@pytest.mark.parametrize(
    "text", ["acha", "accha", "bas", "pare", "para", "naam", "tama na", "mira", "ok", "ji", "dost"]
)
def test_an_everyday_word_of_one_language_stops_nothing_in_another(text: str) -> None:
    """What is "stop" in Swahili, acha, is "all right" in Hindi; pare is so between Portuguese and Tagalog."""
    assert keyword(text, "sms") is not Keyword.STOP


@pytest.mark.parametrize(
    "text", ["मारना बंद करो उसे", "مدد کرو وہ مجھے مار رہا ہے", "ajutor ma bate", "tulong sinasaktan ako"]
)
def test_a_cry_in_any_language_is_no_keyword(text: str) -> None:
    assert keyword(text, "sms") is None
