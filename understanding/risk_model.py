"""The trained classifier of risk: a probability for each level, from a message as a whole and from its sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.encoded import Encoded
from understanding.encoder import Encoder, version
from understanding.kept_models import UNREADABLE, newest_usable
from understanding.ngrams import NgramShape
from understanding.risk_levels import LEVELS
from understanding.risk_limits import LimitsByLanguage
from understanding.risk_votes import levels_of, readings, whole_and_worst
from understanding.softmax import Softmax
from understanding.votes import Votes

FORMAT = 7
KIND = "risk"


class RiskModelUnusable(ValueError):
    """A saved model is missing, incomplete, or made for other vectors; it must be trained again."""


class RiskModel:
    """A trained classifier. `chances` may be called from several threads at once."""

    def __init__(
        self,
        votes: Votes,
        labels: Sequence[str],
        judge: Softmax,
        limits: LimitsByLanguage,
        name: str = "",
        encoder: Encoder | None = None,
    ) -> None:
        self.votes = votes
        self.labels = list(labels)
        self._levels = levels_of(labels)
        self.judge = judge
        self.limits = limits
        self.name = name
        self._encoder = encoder or Encoder()

    def chances(self, text: str, language: str, encoded: Encoded | None = None) -> dict[str, float]:
        """The probability of each level; they sum to one. `encoded`: the text with its vectors where they are known."""
        encoded = encoded or Encoded.of(text, self._encoder)
        rows = readings(self.votes.scores(encoded.texts, encoded.vectors), self._levels)
        found = np.exp(self.judge.scores(whole_and_worst(rows[0], rows[1:])[None, :]))[0]
        return dict(zip(LEVELS, map(float, found), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, NDArray[Any]] = {
            **self.votes.arrays(),
            "judge_weights": self.judge.weights,
            "judge_start": self.judge.start,
        }
        np.savez_compressed(folder / "arrays.npz", **arrays)  # type: ignore[arg-type]
        about = {
            "format": FORMAT,
            "name": self.name,
            "vectors": version(),
            "limits": self.limits.as_dict(),
            "labels": self.labels,
            "shape": vars(self.votes.ngrams.shape),
            "pieces": self.votes.ngrams.names,
        }
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> RiskModel:
        """Read a saved model. Raises RiskModelUnusable when it cannot be used as it is."""
        try:
            about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT or about["vectors"] != version():
                raise RiskModelUnusable(f"{folder}: made for {about['vectors']}, format {about['format']}")
            with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
                held = dict(arrays)
            limits = LimitsByLanguage.from_dict(about["limits"])
            judge = Softmax(held["judge_weights"], held["judge_start"])
            votes = Votes.from_arrays(held, about["pieces"], NgramShape(**about["shape"]))
            return cls(votes, about["labels"], judge, limits, about["name"], encoder)
        except UNREADABLE as error:
            raise RiskModelUnusable(f"{folder}: {error}") from error


def newest_risk(models_dir: Path, encoder: Encoder | None = None) -> RiskModel:
    """The model trained or asked for last. Raises RiskModelUnusable when there is none."""
    return newest_usable(
        models_dir,
        KIND,
        lambda folder: RiskModel.load(folder, encoder),
        RiskModelUnusable,
        "no risk model; train one with: python -m understanding train",
    )
