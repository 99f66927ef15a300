"""One small model for all the tests of this folder, made with the real encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.understanding.small_set import EXAMPLES
from understanding import language, risk
from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import version
from understanding.topic import TopicModel
from understanding.topic_training import train_or_reuse


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingCache:
    return EmbeddingCache(tmp_path_factory.mktemp("cache") / "embeddings.sqlite", version())


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory, cache: EmbeddingCache) -> Path:
    folder = tmp_path_factory.mktemp("models")
    train_or_reuse(EXAMPLES, folder, cache=cache)
    return folder


@pytest.fixture(scope="session")
def model(models_dir: Path, cache: EmbeddingCache) -> TopicModel:
    return train_or_reuse(EXAMPLES, models_dir, cache=cache)


@pytest.fixture(autouse=True)
def _nothing_trained_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """What is trained on this machine does not change a test."""
    monkeypatch.setenv("CARE_ADVICE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path / "var"))
    language.use_model(None)
    risk.use(risk.RiskReader())
    yield
    language.forget_model()
    risk.use(None)
