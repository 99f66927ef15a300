"""Twilio's own signer against our check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from webhook.channels.twilio_signature import is_genuine, public_address

BASE = "https://advice.example.org"
ADDRESS = BASE + "/twilio/messages"
FIELDS: Mapping[str, Sequence[str]] = {"From": ["+447700900123"], "Body": ["Hello £ नमस्ते"], "MessageSid": ["SM1"]}


def sign(address: str, fields: Mapping[str, Sequence[str]], key: str = "one") -> str:
    flat = {name: values[0] for name, values in fields.items()}
    return str(RequestValidator(key).compute_signature(address, flat))


def test_a_signed_request_is_genuine() -> None:
    assert is_genuine(ADDRESS, FIELDS, sign(ADDRESS, FIELDS), ["one"])


def test_both_tokens_hold_while_one_is_being_replaced() -> None:
    assert is_genuine(ADDRESS, FIELDS, sign(ADDRESS, FIELDS, "two"), ["one", "two"])
    assert not is_genuine(ADDRESS, FIELDS, sign(ADDRESS, FIELDS, "three"), ["one", "two"])


def test_an_empty_token_signs_nothing() -> None:
    assert not is_genuine(ADDRESS, FIELDS, sign(ADDRESS, FIELDS, ""), ["", "one"])
    assert not is_genuine(ADDRESS, FIELDS, sign(ADDRESS, FIELDS), [])


@pytest.mark.parametrize("signature", [None, "", "x", "é", "=" * 28])
def test_a_request_without_a_signature_is_not_genuine(signature: str | None) -> None:
    assert not is_genuine(ADDRESS, FIELDS, signature, ["one"])


@pytest.mark.parametrize(
    "changed",
    [
        {**FIELDS, "Body": ["Hello"]},
        {**FIELDS, "Extra": ["1"]},
        {name: values for name, values in FIELDS.items() if name != "MessageSid"},
        {**FIELDS, "Body": ["Hello £ नमस्ते", "more"]},
    ],
)
def test_an_altered_request_is_not_genuine(changed: Mapping[str, Sequence[str]]) -> None:
    assert not is_genuine(ADDRESS, changed, sign(ADDRESS, FIELDS), ["one"])


def test_fields_of_tomorrow_are_part_of_the_signature_too() -> None:
    fields = {**FIELDS, "ChannelMetadata": ['{"type":"whatsapp"}'], "Zeta": [""]}
    assert is_genuine(ADDRESS, fields, sign(ADDRESS, fields), ["one"])


@pytest.mark.parametrize("signed", [ADDRESS, ADDRESS + "/"])
@pytest.mark.parametrize("seen", [ADDRESS, ADDRESS + "/"])
def test_a_slash_at_the_end_may_come_or_go(signed: str, seen: str) -> None:
    assert is_genuine(seen, FIELDS, sign(signed, FIELDS), ["one"])


@pytest.mark.parametrize(
    "address", ["https://other.example.org/twilio/messages", BASE + "/twilio/status", ADDRESS + "?a=1"]
)
def test_a_signature_for_another_address_is_not_genuine(address: str) -> None:
    assert not is_genuine(ADDRESS, FIELDS, sign(address, FIELDS), ["one"])


def test_the_port_may_be_named_or_not() -> None:
    assert is_genuine(ADDRESS, FIELDS, sign("https://advice.example.org:443/twilio/messages", FIELDS), ["one"])


def test_the_public_address_keeps_a_path_before_it_and_the_query() -> None:
    assert public_address("https://x.example/advice/", "/twilio/messages", "a=1") == (
        "https://x.example/advice/twilio/messages?a=1"
    )


@given(st.dictionaries(st.text(min_size=1), st.lists(st.text(), min_size=1, max_size=3)), st.text(max_size=40))
def test_whatever_is_posted_is_judged_and_never_breaks(fields: dict[str, list[str]], signature: str) -> None:
    assert not is_genuine(ADDRESS, fields, signature, ["one"])
