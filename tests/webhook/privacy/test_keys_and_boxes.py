"""Pseudonyms, sealed numbers and encrypted words."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.privacy.keyring import CannotOpen, Keyring, KeyringFaulty
from webhook.privacy.pseudonyms import NotANumber, pseudonym
from webhook.privacy.sealing import seal_number, unseal_number
from webhook.privacy.text_crypto import PADDING, decrypt_json, encrypt_json
from webhook.privacy.vault import Vault

KEYS = Keyring.new()
NUMBER = "+447700900123"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_a_box_opens_to_what_was_put_in(plain: bytes, place: str) -> None:
    assert KEYS.open(KEYS.close(plain, bound_to=place), bound_to=place) == plain


@given(st.binary(max_size=50), st.data())
def test_a_box_with_any_byte_altered_does_not_open(plain: bytes, data: st.DataObject) -> None:
    box = bytearray(KEYS.close(plain, bound_to="x"))
    place = data.draw(st.integers(0, len(box) - 1))
    box[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        KEYS.open(bytes(box), bound_to="x")


@given(st.binary(max_size=120))
def test_bytes_that_are_no_box_do_not_open(garbage: bytes) -> None:
    with pytest.raises(CannotOpen):
        KEYS.open(garbage, bound_to="x")


def test_a_box_cut_anywhere_does_not_open() -> None:
    box = KEYS.close(b"plain", bound_to="x")
    for end in range(len(box)):
        with pytest.raises(CannotOpen):
            KEYS.open(box[:end], bound_to="x")


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_box_opens_in_its_own_place_only(here: str, there: str) -> None:
    box = KEYS.close(b"plain", bound_to=here)
    if here != there:
        with pytest.raises(CannotOpen):
            KEYS.open(box, bound_to=there)


@given(JSON)
def test_any_json_value_is_read_back(value: object) -> None:
    assert decrypt_json(KEYS, encrypt_json(KEYS, value, table="t", uid="u"), table="t", uid="u") == value


def test_the_same_words_look_different_each_time_and_hide_their_length() -> None:
    boxes = [encrypt_json(KEYS, text, table="t", uid="u") for text in ("hi", "hi", "a" * (PADDING - 4))]
    assert boxes[0] != boxes[1]
    assert len({len(box) for box in boxes}) == 1


def test_words_moved_to_another_row_or_table_do_not_open() -> None:
    box = encrypt_json(KEYS, "words", table="messages", uid="1")
    for table, uid in (("messages", "2"), ("menus", "1")):
        with pytest.raises(CannotOpen):
            decrypt_json(KEYS, box, table=table, uid=uid)


def test_a_number_opens_for_its_own_person_only() -> None:
    sealed = seal_number(KEYS, NUMBER, pseudonym="a")
    assert unseal_number(KEYS, sealed, pseudonym="a") == NUMBER
    with pytest.raises(CannotOpen):
        unseal_number(KEYS, sealed, pseudonym="b")


def test_after_a_change_of_keys_old_boxes_open_and_new_ones_are_under_the_new_key() -> None:
    old = Keyring.parse(KEYS.dump())
    ring = Keyring((("k2", os.urandom(32)), *old.keys))
    box = KEYS.close(b"plain", bound_to="x")
    assert ring.open(box, bound_to="x") == b"plain"
    assert not ring.is_current(box)
    fresh = ring.close(b"plain", bound_to="x")
    assert ring.is_current(fresh)
    with pytest.raises(CannotOpen):
        KEYS.open(fresh, bound_to="x")


@pytest.mark.parametrize("text", ["", "\n", "k1", "k1 abc", "k1 " + "A" * 44 + "!", "k1 " + "é" * 43])
def test_a_faulty_key_file_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(KeyringFaulty) as caught:
        Keyring.parse(text)
    assert "AAA" not in str(caught.value)


def test_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(KeyringFaulty):
        Keyring.parse(KEYS.dump() + Keyring.new().dump())


def test_no_key_shows_in_a_repr(vault: Vault) -> None:
    shown = repr(vault) + repr(vault.text_keys)
    assert repr(vault.pseudonym_key)[2:-1] not in shown
    assert repr(vault.text_keys.keys[0][1])[2:-1] not in shown


def test_a_pseudonym_is_stable_and_differs_by_key_channel_and_number() -> None:
    key, other = os.urandom(32), os.urandom(32)
    made = pseudonym(key, channel="sms", address=NUMBER)
    assert made == pseudonym(key, channel="sms", address=NUMBER)
    others = {
        pseudonym(other, channel="sms", address=NUMBER),
        pseudonym(key, channel="whatsapp", address=NUMBER),
        pseudonym(key, channel="sms", address="+447700900124"),
    }
    assert made not in others
    assert len(others) == 3
    assert "7700900123" not in made


@pytest.mark.parametrize(
    "address", ["", "07700900123", "whatsapp:+447700900123", "+44 7700 900123", "+0", "+447700900123\n", "+" + "1" * 16]
)
def test_what_is_not_an_international_number_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(NotANumber) as caught:
        pseudonym(b"k" * 32, channel="sms", address=address)
    assert not address or address not in str(caught.value)


def test_a_vault_of_other_keys_opens_nothing(vault: Vault) -> None:
    box = vault.encrypt({"a": 1}, table="t", uid="u")
    stranger = replace(vault, text_keys=Keyring.new())
    with pytest.raises(CannotOpen):
        stranger.decrypt(box, table="t", uid="u")
