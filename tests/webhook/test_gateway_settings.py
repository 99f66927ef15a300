"""Settings: documented, bounded, and never shown; secrets: made once, guarded, and needed in service."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from webhook.secret_files import SECRETS, SecretMissing, SecretUnsafe, create_missing, load_secrets
from webhook.settings import Settings, get_settings, main, prepare_var

DOCUMENT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_document_holds_exactly_the_settings_there_are_with_their_defaults() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\|", DOCUMENT, re.MULTILINE))
    fields = Settings.model_fields
    assert set(rows) == set(fields)
    for name, shown in rows.items():
        default = fields[name].default
        assert shown == ("" if default is None else str(default)), name


def test_the_document_names_every_secret() -> None:
    assert [name for name in SECRETS if f"`{name}`" not in DOCUMENT] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "production"),
        ("PUBLIC_PORT", "0"),
        ("LATE_REPLY_MINUTES", "0"),
        ("TEXT_DAYS", "9999"),
        ("MESSAGE_ROW_DAYS", "1"),
        ("SPOOL_MAX_BYTES", "lots"),
        ("RASA_SECONDS", "21"),
    ],
)
def test_a_value_out_of_bounds_stops_the_start_naming_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"CARE_ADVICE_{name}", value)
    assert main(["check"]) == 1
    assert name.lower() in capsys.readouterr().err.lower()


def test_a_setting_in_error_does_not_show_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARE_ADVICE_PUBLIC_PORT", "hunter2")
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "hunter2" not in str(caught.value)


def test_settings_do_not_show_a_token() -> None:
    settings = Settings(twilio_auth_token="hunter2", rasa_token="hunter3")  # type: ignore[arg-type]
    assert "hunter" not in repr(settings)


def test_during_a_rotation_both_tokens_are_accepted() -> None:
    settings = Settings(twilio_auth_token="one", twilio_auth_token_next="two")  # type: ignore[arg-type]
    assert settings.auth_tokens == ("one", "two")
    assert not settings.twilio_on


def test_with_twilio_on_a_service_needs_its_public_address() -> None:
    twilio = {"twilio_account_sid": "AC1", "twilio_auth_token": "t", "twilio_sms_number": "+447700900100"}
    assert Settings(**twilio).twilio_on  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Settings(**twilio, mode="service", public_base_url="http://advice.example.org")  # type: ignore[arg-type]
    Settings(**twilio, mode="service", public_base_url="https://advice.example.org")  # type: ignore[arg-type]


def test_without_a_database_url_the_file_is_in_the_runtime_folder(tmp_path: Path) -> None:
    assert Settings(var=tmp_path).database_url == f"sqlite:///{tmp_path}/care_advice.db"


def test_the_first_run_in_development_makes_what_is_missing_and_the_second_keeps_it(tmp_path: Path) -> None:
    settings = get_settings()
    assert main(["check"]) == 0
    folder = settings.secrets_directory
    assert {path.name for path in folder.iterdir()} == set(SECRETS)
    assert mode_of(settings.var) == mode_of(folder) == 0o700
    assert {mode_of(path) for path in folder.iterdir()} == {0o600}
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(set(before.values())) == len(SECRETS)
    assert main(["check"]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_ten_first_runs_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(10) as pool:
        loaded = list(pool.map(lambda _: load_secrets(tmp_path / "s", mode="development"), range(10)))
    assert len({secrets.vault.pseudonym_key for secrets in loaded}) == 1
    assert len({secrets.vault.text_keys for secrets in loaded}) == 1
    assert len({secrets.rasa_token for secrets in loaded}) == 1
    assert {path.name for path in (tmp_path / "s").iterdir()} == set(SECRETS)


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_in_service_a_missing_secret_stops_the_start_with_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARE_ADVICE_MODE", "service")
    assert main(["create-secrets"]) == 0
    assert main(["check"]) == 0
    folder = Settings().secrets_directory
    (folder / name).unlink()
    capsys.readouterr()
    assert main(["check"]) == 1
    shown = capsys.readouterr().err
    assert str(folder / name) in shown
    assert shown.count("\n") == 1
    assert not (folder / name).exists(), "in service nothing is made silently"
    with pytest.raises(SecretMissing):
        load_secrets(folder, mode="service")


@pytest.mark.parametrize(("place", "mode"), [("", 0o750), ("text_keys", 0o640), ("pseudonym_key", 0o604)])
def test_a_secret_others_can_read_stops_the_start(place: str, mode: int, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    create_missing(folder)
    (folder / place).chmod(mode)
    with pytest.raises(SecretUnsafe, match="chmod"):
        load_secrets(folder, mode="service")


@pytest.mark.parametrize(
    ("name", "content"), [("rasa_token", "\n"), ("pseudonym_key", "c2hvcnQ="), ("text_keys", "k1 c2hvcnQ=")]
)
def test_a_secret_that_does_not_hold_what_it_should_is_refused_unseen(name: str, content: str, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    create_missing(folder)
    (folder / name).write_text(content)
    with pytest.raises(SecretUnsafe) as caught:
        load_secrets(folder, mode="service")
    assert "c2hv" not in str(caught.value)


def test_no_secret_shows_in_a_repr(tmp_path: Path) -> None:
    secrets = load_secrets(tmp_path / "s", mode="development")
    assert secrets.rasa_token not in repr(secrets)
    assert secrets.tracker_key not in repr(secrets)


def test_an_open_runtime_folder_is_closed(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var")
    settings.var.mkdir(mode=0o755)
    prepare_var(settings)
    assert mode_of(settings.var) == mode_of(settings.spool_directory) == 0o700


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chek"]) == 2
    assert "create-secrets" in capsys.readouterr().err
