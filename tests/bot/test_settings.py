"""Settings and secrets of the bot."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from bot.settings import SecretMissing, Settings


def test_a_missing_secret_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path / "var"))
    settings = Settings.from_environment()
    made = settings.secret("rasa_token")
    path = tmp_path / "var" / "secrets" / "rasa_token"
    assert len(made) >= 32
    assert settings.secret("rasa_token") == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_that_make_a_secret_at_once_read_the_same_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path))
    both, open_file = Barrier(2), os.fdopen

    def wait_before_writing(*given: object, **named: object) -> object:
        both.wait(timeout=20)
        return open_file(*given, **named)  # type: ignore[call-overload]

    def read(_: int) -> str:
        return Settings.from_environment().secret("rasa_token")

    monkeypatch.setattr("bot.settings.os.fdopen", wait_before_writing)
    with ThreadPoolExecutor(2) as processes:
        first, second = processes.map(read, range(2))
    assert first == second
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["rasa_token"]


def test_a_secret_is_not_there_before_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path))
    seen: list[bool] = []

    def look_first(_: int) -> str:
        seen.append((tmp_path / "secrets" / "rasa_token").exists())
        return "whole"

    monkeypatch.setattr("bot.settings.secrets.token_urlsafe", look_first)
    assert Settings.from_environment().secret("rasa_token") == "whole"
    assert seen == [False]


def test_in_service_a_missing_secret_is_an_error_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path))
    monkeypatch.setenv("CARE_ADVICE_MODE", "service")
    with pytest.raises(SecretMissing, match="TRACKER_KEY"):
        Settings.from_environment().secret("tracker_key")


def test_an_empty_secret_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path))
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "tracker_key").write_text("\n")
    with pytest.raises(SecretMissing, match="empty"):
        Settings.from_environment().secret("tracker_key")


def test_the_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path))
    monkeypatch.setenv("TRACKER_KEY", "from the environment")
    assert Settings.from_environment().secret("tracker_key") == "from the environment"


def test_the_port_is_that_of_the_gateways_address_for_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_RASA_URL", "http://127.0.0.1:6123")
    assert Settings.from_environment().port == 6123
    monkeypatch.setenv("CARE_ADVICE_RASA_PORT", "6124")
    assert Settings.from_environment().port == 6124
