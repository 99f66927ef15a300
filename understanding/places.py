"""Where training data, trained models and rebuildable caches lie on disk."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data" / "nlu"


def models() -> Path:
    """The folder of the trained models; the environment's CARE_ADVICE_MODELS moves it."""
    return Path(os.environ.get("CARE_ADVICE_MODELS") or ROOT / "models" / "understanding")


def cache() -> Path:
    """The folder of what can be built again at any time; CARE_ADVICE_VAR moves it."""
    return Path(os.environ.get("CARE_ADVICE_VAR") or ROOT / "var") / "cache"
