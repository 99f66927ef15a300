"""The trained model the conversations run on: the tree's own when it is up to date, else one trained for the tests."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from benchmarks.systems import TRAIN_RASA

ROOT = Path(__file__).resolve().parents[2]
_MADE_FROM = ("data", "config.yml", "domain.yml", "bot", "understanding", "knowledge/topics.yml")
_PATIENCE_SECONDS = 1800


def model_for_tests() -> Path:
    """A model made from the tree as it is. Training one takes minutes, so it is kept under var/cache."""
    given = os.environ.get("CARE_ADVICE_TEST_MODEL")
    if given:
        return Path(given)
    trained, stamp = ROOT / "models" / "advice.tar.gz", ROOT / "models" / ".trained"
    sources = list(_sources())
    if trained.is_file() and stamp.is_file() and stamp.stat().st_mtime >= max(p.stat().st_mtime for p in sources):
        return trained
    folder = ROOT / "var" / "cache" / "test-models"
    name = _name(sources)
    model = folder / f"{name}.tar.gz"
    if not model.is_file():
        command = [*TRAIN_RASA, "--out", str(folder), "--fixed-model-name", name]
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, timeout=_PATIENCE_SECONDS, stdout=subprocess.DEVNULL
        )
    return model


def _sources() -> list[Path]:
    found: list[Path] = []
    for name in _MADE_FROM:
        path = ROOT / name
        found += [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    return found


def _name(sources: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
