"""`rasa data validate` finds domain and rules whole. Training leaves that step out: it takes as long as training."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The rules, and examples of some intents: which intents there are is held by other tests."""
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "rules")
    (tmp_path / "en").mkdir()
    for name in ("moves", "follow_ups", "out_of_scope", "minimum_wage"):
        shutil.copy(ROOT / "data" / "nlu" / "en" / f"{name}.yml", tmp_path / "en")
    return tmp_path


def check(data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasa", "data", "validate", "--data", str(data)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)


def warned(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """What Rasa's warnings name first."""
    return [line.split("'")[1] for line in ended.stderr.splitlines() if "UserWarning" in line and "'" in line]


def test_domain_and_rules_are_whole(data: Path) -> None:
    ended = check(data)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "No story structure conflicts found" in ended.stderr
    # The gateway alone sets these two: nobody says them, so they have no examples.
    assert warned(ended) == ["check", "sharing"]


def test_a_rule_with_an_action_nobody_knows_is_found(data: Path) -> None:
    rule = "- rule: broken\n  steps:\n  - intent: greet\n  - action: utter_unheard_of\n"
    (data / "rules" / "broken.yml").write_text(f'version: "3.1"\nrules:\n{rule}', encoding="utf-8")
    assert "utter_unheard_of" in warned(check(data))
