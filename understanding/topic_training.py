"""Training of the topic model, or its reuse when nothing it is made from has changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, version
from understanding.out_of_fold import Say, prepare, read_out_of_fold, silent
from understanding.topic import FORMAT, TopicModel, TopicModelUnusable
from understanding.topic_layers import TopicConfig, learn
from understanding.topic_settings import choose_settings
from understanding.training_data import Example

_KEPT = 3


def model_name(examples: Sequence[Example], config: TopicConfig) -> str:
    """Names a model by all it is made from: the same name, the same model."""
    content = json.dumps(
        [FORMAT, version(), config.as_dict(), sorted([e.language, e.intent, e.text] for e in examples)], sort_keys=True
    )
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def made_as(config: TopicConfig | None = None) -> str:
    """Names the way a model is made, apart from its examples."""
    content = json.dumps([FORMAT, version(), (config or TopicConfig()).as_dict()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def train_topics(
    examples: Sequence[Example],
    config: TopicConfig | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> TopicModel:
    """A model of all the examples, with settings chosen by cross-validation over them.

    Raises TooFewExamples when there are not two intents to tell apart.
    """
    config = config or TopicConfig()
    data = prepare(examples, config, encoder, cache, say)
    say(f"comparing {len(data.examples)} examples with each other")
    learnt = learn(data.texts, data.vectors, data.labels, len(data.intents), config, data.dealt)
    say("choosing when to ask back")
    settings = choose_settings(data, read_out_of_fold(data, learnt, config.folds, say))
    return TopicModel(data.intents, learnt.layers, settings, model_name(data.examples, config), encoder)


def train_or_reuse(
    examples: Sequence[Example],
    models_dir: Path,
    config: TopicConfig | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> TopicModel:
    """The model of these examples: loaded from `models_dir` when it is there, trained and saved when it is not.

    Each model has a folder named by what it is made from; it appears whole or not at all. The newest three are kept.
    """
    config = config or TopicConfig()
    folder = models_dir / f"topic-{model_name(sorted(set(examples)), config)}"
    try:
        model = TopicModel.load(folder, encoder)
        os.utime(folder)
        return model
    except TopicModelUnusable:
        model = train_topics(examples, config, encoder, cache, say)
    models_dir.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=models_dir))
    try:
        model.save(made)
        made.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    _forget_old(models_dir)
    return model


def newest(models_dir: Path, encoder: Encoder | None = None) -> TopicModel:
    """The model trained or asked for last. Raises TopicModelUnusable when there is none."""
    folders = _by_age(models_dir)
    if not folders:
        raise TopicModelUnusable(f"{models_dir}: no topic model; train one with: python -m understanding train")
    return TopicModel.load(folders[-1], encoder)


def _forget_old(models_dir: Path) -> None:
    for folder in _by_age(models_dir)[:-_KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _by_age(models_dir: Path) -> list[Path]:
    return sorted(models_dir.glob("topic-*"), key=lambda folder: (folder.stat().st_mtime, folder.name))
