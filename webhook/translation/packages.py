"""Which Argos packages are on this machine. Only their metadata are read: no translator is loaded for that."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from webhook.settings import get_settings

ENGLISH = "en"
_PARTS = ("model", "metadata.json")


@dataclass(frozen=True)
class Installed:
    """One package: from which language to which, its version, and where it stands."""

    source: str
    target: str
    version: str
    folder: Path


def home() -> Path:
    """Where the packages, the index and the note of their checks stand."""
    return get_settings().var / "translation"


def packages_folder() -> Path:
    """The folder of the installed packages, as Argos lays them out."""
    return home() / "packages"


def installed(folder: Path | None = None) -> tuple[Installed, ...]:
    """The packages that are there, in the order of their languages; broken ones are left out."""
    place = folder or packages_folder()
    try:
        changed = place.stat().st_mtime_ns
    except OSError:
        return ()
    return _read(place, changed)


def can_translate(source: str, target: str) -> bool:
    """Whether this pair is installed. No third language is taken as a bridge: it doubles the mistakes."""
    return any((each.source, each.target) == (source, target) for each in installed())


def read_package(folder: Path) -> Installed | None:
    """One unpacked package; None when it is not one or not whole."""
    if not folder.is_dir() or not all((folder / part).exists() for part in _PARTS):
        return None
    try:
        about = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return described(about, folder)


def described(about: object, folder: Path) -> Installed | None:
    """What a package's metadata say; None when they say nothing of a pair of languages."""
    if not isinstance(about, Mapping):
        return None
    source, target = about.get("from_code"), about.get("to_code")
    if not (isinstance(source, str) and isinstance(target, str) and source and target):
        return None
    return Installed(source, target, str(about.get("package_version") or ""), folder)


@lru_cache(maxsize=8)
def _read(place: Path, changed: int) -> tuple[Installed, ...]:
    folders = sorted(Path(entry.path) for entry in os.scandir(place) if entry.is_dir())
    found = (read_package(folder) for folder in folders)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.source, each.target)))
