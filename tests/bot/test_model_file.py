"""Rasa without a model: it is said what is missing, at once and then less often, and a model is taken when it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model_file import LOOK_SECONDS, model_in, wait_for_model


def test_a_model_is_a_file_or_a_trained_one_in_the_folder(tmp_path: Path) -> None:
    assert not model_in(tmp_path)
    assert not model_in(tmp_path / "advice.tar.gz")
    (tmp_path / "advice.tar.gz").touch()
    assert model_in(tmp_path)
    assert model_in(tmp_path / "advice.tar.gz")


def test_with_a_model_nothing_is_said_and_nothing_waited(tmp_path: Path) -> None:
    (tmp_path / "advice.tar.gz").touch()
    wait_for_model(tmp_path, say=pytest.fail, sleep=lambda _: pytest.fail("waited"))


def test_until_a_model_comes_it_is_said_what_to_do_and_not_too_often(tmp_path: Path) -> None:
    said: list[str] = []
    slept = 0.0

    def sleep(seconds: float) -> None:
        nonlocal slept
        slept += seconds
        if slept >= 24 * 3600:
            (tmp_path / "advice.tar.gz").touch()

    wait_for_model(tmp_path, say=said.append, sleep=sleep)
    assert "make train" in said[0]
    assert str(tmp_path) in said[0]
    assert 3 < len(said) < 40
    assert slept < 24 * 3600 + 2 * LOOK_SECONDS
