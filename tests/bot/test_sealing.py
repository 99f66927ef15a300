"""Sealing: only the owner's name and one of the keys open it."""

from __future__ import annotations

import pytest

from bot.sealing import CannotOpen, Seal, WeakSecret

OLD, NEW = "o" * 40, "n" * 40


def test_what_was_sealed_opens_again() -> None:
    seal = Seal(OLD)
    assert seal.open(seal.close(b"words", "anna"), "anna") == b"words"


def test_the_words_do_not_stand_in_the_sealed_bytes() -> None:
    assert b"words" not in Seal(OLD).close(b"words" * 20, "anna")


def test_a_row_moved_to_another_owner_does_not_open() -> None:
    seal = Seal(OLD)
    with pytest.raises(CannotOpen):
        seal.open(seal.close(b"words", "anna"), "bella")


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 60])
def test_damaged_bytes_do_not_open(damaged: bytes) -> None:
    with pytest.raises(CannotOpen):
        Seal(OLD).open(damaged, "anna")


def test_during_a_rotation_the_old_key_still_opens_and_the_new_one_seals() -> None:
    rotating = Seal(f"{NEW},{OLD}")
    assert rotating.open(Seal(OLD).close(b"words", "anna"), "anna") == b"words"
    assert Seal(NEW).open(rotating.close(b"words", "anna"), "anna") == b"words"
    with pytest.raises(CannotOpen):
        Seal(OLD).open(rotating.close(b"words", "anna"), "anna")


@pytest.mark.parametrize("secret", ["", "short", ",", f"{OLD},short"])
def test_a_short_secret_is_refused(secret: str) -> None:
    with pytest.raises(WeakSecret):
        Seal(secret)
