"""Trained models on disk: each in a folder named by what it is made from, whole or not there at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

_KEPT = 3


class Kept(Protocol):
    """A model that can be written to a folder."""

    def save(self, folder: Path) -> None:
        """Write everything that is needed to load it again."""
        ...


# What reading a file of arrays and JSON raises when it is not there, cut off or of another form.
UNREADABLE = (OSError, KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)

Model = TypeVar("Model", bound=Kept)


def kept_or_made(
    models_dir: Path,
    kind: str,
    name: str,
    load: Callable[[Path], Model],
    unusable: type[Exception],
    make: Callable[[], Model],
) -> Model:
    """The model of that kind and name: loaded where it is there, made and saved where it is not.

    `load` raises `unusable` when there is none or it cannot be used. Of each kind the newest three are kept.
    """
    folder = models_dir / f"{kind}-{name}"
    try:
        model = load(folder)
        os.utime(folder)
        return model
    except unusable:
        model = make()
    models_dir.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=models_dir))
    try:
        model.save(made)
        made.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for old in by_age(models_dir, kind)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return model


def by_age(models_dir: Path, kind: str) -> list[Path]:
    """The folders of the models of that kind, the one trained or asked for last at the end."""
    return sorted(models_dir.glob(f"{kind}-*"), key=lambda folder: (_made_at(folder), folder.name))


def _made_at(folder: Path) -> float:
    """0 for one that a training took away meanwhile."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def newest_usable(
    models_dir: Path, kind: str, load: Callable[[Path], Model], unusable: type[Exception], missing: str
) -> Model:
    """The model of that kind trained or asked for last; where its files are broken, the one before it.

    Raises `unusable`: with `missing` where there is none, else with what is wrong with the newest.
    """
    wrong: Exception | None = None
    for folder in reversed(by_age(models_dir, kind)):
        try:
            return load(folder)
        except unusable as error:
            wrong = wrong or error
    raise wrong or unusable(f"{models_dir}: {missing}")
