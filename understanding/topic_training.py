"""Training of the topic model, or its reuse when nothing it is made from has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, version
from understanding.kept_models import kept_or_made, newest_usable
from understanding.out_of_fold import Say, prepare, read_out_of_fold, silent
from understanding.topic import FORMAT, TopicModel, TopicModelUnusable
from understanding.topic_settings import choose_settings
from understanding.training_data import Example
from understanding.votes import VoteConfig, learn, one_of

KIND = "topic"


def model_name(examples: Sequence[Example], config: VoteConfig) -> str:
    """Names a model by all it is made from: the same name, the same model."""
    content = json.dumps(
        [FORMAT, version(), config.as_dict(), sorted([e.language, e.intent, e.text] for e in examples)], sort_keys=True
    )
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def made_as(config: VoteConfig | None = None) -> str:
    """Names the way a model is made, apart from its examples."""
    content = json.dumps([FORMAT, version(), (config or VoteConfig()).as_dict()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def train_topics(
    examples: Sequence[Example],
    config: VoteConfig | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> TopicModel:
    """A model of all the examples, with settings chosen by cross-validation over them.

    Raises TooFewExamples when there are not two intents to tell apart.
    """
    config = config or VoteConfig()
    data = prepare(examples, config, encoder, cache, say)
    say(f"comparing {len(data.examples)} examples with each other")
    learnt = learn(data.texts, data.vectors, one_of(data.labels, len(data.intents)), config, data.dealt)
    say("choosing when to ask back")
    settings = choose_settings(data, read_out_of_fold(data, learnt, config.folds))
    return TopicModel(data.intents, learnt.votes, settings, model_name(data.examples, config), encoder)


def train_or_reuse(
    examples: Sequence[Example],
    models_dir: Path,
    config: VoteConfig | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> TopicModel:
    """The model of these examples: loaded from `models_dir` when it is there, trained and saved when it is not."""
    chosen = config or VoteConfig()
    return kept_or_made(
        models_dir,
        KIND,
        model_name(sorted(set(examples)), chosen),
        lambda folder: TopicModel.load(folder, encoder),
        TopicModelUnusable,
        lambda: train_topics(examples, chosen, encoder, cache, say),
    )


def newest(models_dir: Path, encoder: Encoder | None = None) -> TopicModel:
    """The model trained or asked for last. Raises TopicModelUnusable when there is none."""
    return newest_usable(
        models_dir,
        KIND,
        lambda folder: TopicModel.load(folder, encoder),
        TopicModelUnusable,
        "no topic model; train one with: python -m understanding train",
    )
