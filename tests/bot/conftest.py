"""What the bot's tests share: a domain like the bot's, and an environment of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the state of this machine's own service."""
    for name in ("RASA_TOKEN", "TRACKER_KEY", "TRACKER_URL", "MODE", "RASA_URL", "RASA_PORT", "SECRETS_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"CARE_ADVICE_{name}", raising=False)
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path / "var"))


@pytest.fixture(scope="session")
def domain() -> Domain:
    """The bot's own domain."""
    return Domain.load(str(ROOT / "domain.yml"))
