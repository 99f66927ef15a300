"""Languages told apart by pieces of words, learnt from this project's own examples, romanised ones too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from understanding.kept_models import UNREADABLE, kept_or_made, newest_usable
from understanding.ngrams import Ngrams, NgramShape
from understanding.softmax import Softmax, train

KIND = "language"
FORMAT = 2
_SHAPE = NgramShape(shortest=1, longest=4, words=1, fewest_texts=2, most=60_000)
_STRENGTH = 30.0


class Written(Protocol):
    """A text of a known language: an example of a topic, or one of risk."""

    @property
    def text(self) -> str:
        """As somebody typed it."""
        ...

    @property
    def language(self) -> str:
        """Its code."""
        ...


class OneLanguageOnly(ValueError):
    """There is nothing to tell apart."""


class LanguageModelUnusable(ValueError):
    """A saved model is missing or incomplete."""


class CharacterLanguageModel:
    """Probabilities of the languages it was trained on."""

    def __init__(self, languages: Sequence[str], ngrams: Ngrams, weights: Softmax) -> None:
        self.languages = list(languages)
        self._ngrams = ngrams
        self._weights = weights

    @classmethod
    def train(cls, examples: Sequence[Written], shape: NgramShape = _SHAPE) -> CharacterLanguageModel:
        """Learn from texts of two or more languages. Raises OneLanguageOnly.

        Languages with few examples weigh as much as those with many: who writes is not known beforehand.
        """
        examples = sorted(set(examples), key=_written)
        languages = sorted({example.language for example in examples})
        if len(languages) < 2:
            raise OneLanguageOnly(", ".join(languages) or "no examples")
        texts = [example.text for example in examples]
        labels = np.array([languages.index(example.language) for example in examples], dtype=np.int64)
        counts = np.bincount(labels, minlength=len(languages))
        ngrams = Ngrams.learn(texts, shape)
        importance = (len(labels) / (len(languages) * counts))[labels]
        fitted = train(ngrams.vectors(texts), labels, len(languages), _STRENGTH, importance)
        half = fitted.weights.astype(np.float16).astype(np.float32)
        return cls(languages, ngrams, Softmax(half, fitted.start))

    def chances(self, text: str) -> dict[str, float]:
        """The probability of each language; without a known piece, all the same."""
        rows = self._ngrams.vectors([text])
        if rows.nnz == 0:
            return dict.fromkeys(self.languages, 1 / len(self.languages))
        found = np.exp(self._weights.scores(rows)[0].astype(np.float64))
        return {code: float(chance) for code, chance in zip(self.languages, found / found.sum(), strict=True)}

    def save(self, folder: Path) -> None:
        """Write it as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "idf": self._ngrams.weights,
            "weights": self._weights.weights.astype(np.float16),
            "start": self._weights.start,
        }
        np.savez_compressed(folder / "arrays.npz", **arrays)
        about = {"languages": self.languages, "shape": vars(self._ngrams.shape), "pieces": self._ngrams.names}
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> CharacterLanguageModel:
        """Read a saved model. Raises LanguageModelUnusable."""
        try:
            about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
                ngrams = Ngrams(NgramShape(**about["shape"]), about["pieces"], arrays["idf"])
                weights = Softmax(arrays["weights"].astype(np.float32), arrays["start"])
            return cls(about["languages"], ngrams, weights)
        except UNREADABLE as error:
            raise LanguageModelUnusable(f"{folder}: {error}") from error


def train_or_reuse(examples: Sequence[Written], models_dir: Path) -> CharacterLanguageModel:
    """The model of these texts: loaded from `models_dir` where it is there, else trained. Raises OneLanguageOnly."""
    return kept_or_made(
        models_dir,
        KIND,
        _name(examples),
        CharacterLanguageModel.load,
        LanguageModelUnusable,
        lambda: CharacterLanguageModel.train(examples),
    )


def newest(models_dir: Path) -> CharacterLanguageModel:
    """The model trained or asked for last. Raises LanguageModelUnusable when there is none."""
    return newest_usable(models_dir, KIND, CharacterLanguageModel.load, LanguageModelUnusable, "no language model")


def _name(examples: Sequence[Written]) -> str:
    """Names a model by all it is made from."""
    content = json.dumps([FORMAT, vars(_SHAPE), _STRENGTH, sorted({_written(each) for each in examples})])
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def _written(example: Written) -> tuple[str, str]:
    return example.language, example.text
