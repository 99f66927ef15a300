"""This project with its English examples only, in a folder of its own: like is compared with like."""

from __future__ import annotations

import shutil
from pathlib import Path

from understanding.places import ROOT

_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".env*",
    ".venv",
    ".venv-rasa",
    ".tools",
    "var",
    "models",
    "tests",
    "docs",
    "__pycache__",
    ".*cache",
    ".hypothesis",
    ".rasa",
)


def write(folder: Path) -> None:
    """Copy the tree; the environments are linked, not copied."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT, symlinks=True)
    for kind in ("nlu", "risk"):
        for language in (folder / "data" / kind).iterdir():
            if language.name != "en":
                shutil.rmtree(language)
    for environment in (".venv", ".venv-rasa"):
        (folder / environment).symlink_to((ROOT / environment).resolve())
