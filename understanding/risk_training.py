"""Training of the risk classifier: readings out of fold, the judge over them, and the limits chosen from both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding import places, risk_limits
from understanding.embedding_cache import EmbeddingCache
from understanding.encoder import Encoder, Vectors, about, version
from understanding.folds import folds, near_groups
from understanding.kept_models import kept_or_made
from understanding.out_of_fold import Say, TooFewExamples, counting, silent
from understanding.risk import PatternReading, Patterns
from understanding.risk_data import RiskExample
from understanding.risk_levels import LEVELS, highest, rank
from understanding.risk_limits import Outcome, choose_limits
from understanding.risk_model import FORMAT, KIND, RiskModel, RiskModelUnusable
from understanding.risk_votes import labels_of, levels_of, readings, wanted, whole_and_worst
from understanding.sentences import sentences
from understanding.softmax import Floats, train
from understanding.votes import Learnt, VoteConfig, learn, tables_needed
from understanding.written_signs import read_all

_FOLDS = 5
# Chosen by cross-validation (docs/understanding.md).
RISK = VoteConfig(ngram_share=0.22, ridge=0.06, folds=_FOLDS)
_JUDGE_STRENGTH = 1.0
# Why an example is harmless that has nothing of danger in it at all.
EVERYDAY = "everyday"


@dataclass(frozen=True)
class PreparedRisk:
    """Examples as numbers; of those with several sentences the sentences too, each with the row it belongs to.

    `dealt` gives each example its fold, and by whole multiples of the folds its table.
    """

    examples: Sequence[RiskExample]
    vectors: Vectors
    parts: list[str]
    part_vectors: Vectors
    owners: NDArray[np.int64]
    dealt: NDArray[np.int64]

    @property
    def fold(self) -> NDArray[np.int64]:
        """The fold of each example."""
        return self.dealt % _FOLDS

    @property
    def levels(self) -> NDArray[np.int64]:
        """The rank of each example's level."""
        return np.array([rank(example.level) for example in self.examples], dtype=np.int64)


def prepare_risk(
    examples: Sequence[RiskExample],
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> PreparedRisk:
    """Encode the examples (vectors made before come from the cache) and deal them into folds.

    Raises TooFewExamples when a level has fewer examples than there are folds.
    """
    encoder = encoder or Encoder()
    cache = cache or EmbeddingCache(places.cache() / "embeddings.sqlite", version())
    examples = sorted(set(examples))
    counts = {level: sum(example.level == level for example in examples) for level in LEVELS}
    if min(counts.values()) < _FOLDS:
        raise TooFewExamples(f"examples of risk by level: {counts}")
    texts = [example.text for example in examples]
    cut = [sentences(text) for text in texts]
    parts = [part for pieces in cut if len(pieces) > 1 for part in pieces]
    owners = [row for row, pieces in enumerate(cut) if len(pieces) > 1 for _ in pieces]
    vectors = encoder.encode_for_training(texts + parts, cache, counting(say))
    own, rest = vectors[: len(texts)], vectors[len(texts) :]
    count = _FOLDS * tables_needed(len(texts), RISK)
    dealt = folds(texts, [example.label for example in examples], near_groups(about(own)), count)
    return PreparedRisk(examples, own, parts, rest, np.array(owners, dtype=np.int64), dealt)


def risk_out_of_fold(data: PreparedRisk, learnt: Learnt, label_levels: NDArray[np.int64]) -> Floats:
    """The readings of every example, whole and worst sentence, by votes that leave out its fold."""
    whole = readings(learnt.unseen, label_levels)
    parts = readings(learnt.out_of_fold(data.parts, data.part_vectors, data.fold[data.owners]), label_levels)
    return np.stack([whole_and_worst(row, parts[data.owners == at]) for at, row in enumerate(whole)])


def outcomes(data: PreparedRisk, readings: Floats, patterns: Patterns | None) -> list[Outcome]:
    """What each example would have been given by a judge that had not seen it, beside what the patterns say."""
    found = np.zeros((len(data.examples), len(LEVELS)))
    weights = np.array([example.weight for example in data.examples], dtype=np.float32)
    for number in range(_FOLDS):
        seen, kept = data.fold != number, data.fold == number
        importance = weights[seen] / weights[seen].mean()
        judge = train(readings[seen], data.levels[seen], len(LEVELS), _JUDGE_STRENGTH, importance)
        found[kept] = np.exp(judge.scores(readings[kept]))
    texts = [(example.text, example.language) for example in data.examples]
    by_patterns = read_all(patterns, texts) if patterns else [PatternReading()] * len(texts)
    listed = []
    for row, (example, seen_by_patterns) in enumerate(zip(data.examples, by_patterns, strict=True)):
        listed.append(
            Outcome(
                rank(example.level),
                dict(zip(LEVELS, map(float, found[row]), strict=True)),
                rank(highest(sign.level for sign in seen_by_patterns.signs)),
                seen_by_patterns.calm,
                example.weight < 1 or example.kind == EVERYDAY,
                example.language,
            )
        )
    return listed


def train_risk(
    examples: Sequence[RiskExample],
    patterns: Patterns | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
    name: str = "",
) -> RiskModel:
    """A model of all the examples, with limits chosen by cross-validation over them. Raises TooFewExamples."""
    data = prepare_risk(examples, encoder, cache, say)
    weights = np.array([example.weight for example in data.examples], dtype=np.float32)
    labels = labels_of(data.examples)
    say(f"risk: comparing {len(data.examples)} examples with each other")
    texts = [example.text for example in data.examples]
    learnt = learn(texts, data.vectors, wanted(data.examples, labels), RISK, data.dealt, weights)
    read = risk_out_of_fold(data, learnt, levels_of(labels))
    say("risk: choosing from where on there is an alarm")
    limits = choose_limits(outcomes(data, read, patterns))
    judge = train(read, data.levels, len(LEVELS), _JUDGE_STRENGTH, weights / weights.mean())
    return RiskModel(learnt.votes, labels, judge, limits, name, encoder)


def risk_model_name(examples: Sequence[RiskExample], signs: str) -> str:
    """Names a model by all it is made from, the written signs too: its limits were chosen beside them."""
    rows = sorted([e.language, e.level, e.kind, e.text, e.weight] for e in examples)
    content = json.dumps([FORMAT, version(), RISK.as_dict(), risk_limits.CHOSEN, signs, rows], sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def train_risk_or_reuse(
    examples: Sequence[RiskExample],
    models_dir: Path,
    patterns: Patterns | None = None,
    signs: Path | None = None,
    encoder: Encoder | None = None,
    cache: EmbeddingCache | None = None,
    say: Say = silent,
) -> RiskModel:
    """The model of these examples and signs: loaded from `models_dir` when it is there, trained and saved when not.

    `signs` is the folder of the written phrases; the registry of signs lies beside it under the same name.
    """
    files = [*sorted(signs.glob("*.yml")), signs.with_suffix(".yml")] if signs else []
    written = "".join(path.read_text(encoding="utf-8") for path in files if path.is_file())
    name = risk_model_name(sorted(set(examples)), written)
    return kept_or_made(
        models_dir,
        KIND,
        name,
        lambda folder: RiskModel.load(folder, encoder),
        RiskModelUnusable,
        lambda: train_risk(examples, patterns, encoder, cache, say, name),
    )
