"""Packages of the tests' own making, installed as `make languages` does, and the process that runs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webhook.translation import toy_packages
from webhook.translation import answers, installing, work
from webhook.translation.process import TranslationProcess
from webhook.translation.translator import Translator

SECONDS, MEGABYTES = 30.0, 1500


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Polish to English and back, as .argosmodel files."""
    return toy_packages.both_ways(tmp_path_factory.mktemp("packages"))


@pytest.fixture
def polish(files: tuple[Path, Path]) -> None:
    """Both are installed in this test's runtime folder."""
    work._seen.clear()
    answers._failures.clear()
    for file in files:
        installing.install(file)


@pytest.fixture
def process() -> Iterator[TranslationProcess]:
    made = TranslationProcess(seconds=SECONDS, megabytes=MEGABYTES)
    yield made
    made.close()


@pytest.fixture
def translator(polish: None, process: TranslationProcess) -> Translator:
    return Translator(process)
