"""What a message asks: the topic or conversation move, with a confidence that can be believed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from understanding import topic_pieces
from understanding.calibration import Settings
from understanding.encoded import Encoded
from understanding.encoder import Encoder, version
from understanding.kept_models import UNREADABLE
from understanding.ngrams import NgramShape
from understanding.softmax import Floats
from understanding.topic_pieces import OUT_OF_SCOPE
from understanding.votes import Votes

FORMAT = 6
_RANKED = 10


class TopicModelUnusable(ValueError):
    """A saved model is missing, incomplete, or made for other vectors; it must be trained again."""


@dataclass(frozen=True)
class TopicReading:
    """The intents that may be meant, most likely first, with confidences that sum to at most one.

    `also` are further questions of the same message. `sure` is false when it is better to ask "did you mean".
    """

    ranking: tuple[tuple[str, float], ...]
    also: tuple[str, ...] = ()
    sure: bool = True

    @property
    def intent(self) -> str:
        """The most likely intent."""
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        """The confidence of the most likely intent, from 0 to 1."""
        return self.ranking[0][1]


class TopicModel:
    """A trained classifier. `read` may be called from several threads at once."""

    def __init__(
        self, intents: Sequence[str], votes: Votes, settings: Settings, name: str = "", encoder: Encoder | None = None
    ) -> None:
        self.intents = list(intents)
        self.votes = votes
        self.settings = settings
        self.name = name
        self._encoder = encoder or Encoder()

    def read(self, text: str, encoded: Encoded | None = None, after_answer: bool = False) -> TopicReading:
        """What `text` asks. `encoded` is the text with its vectors where they are known already.

        `after_answer` says that an answer was just given, so that "why?" or "and who can help?" can be meant.
        """
        return self.of_scores(self.scores(text, encoded), after_answer)

    def scores(self, text: str, encoded: Encoded | None = None) -> Floats:
        """What the examples vote on the text (first row) and on each of its sentences; no row where it says nothing."""
        if not any(letter.isalnum() for letter in text):
            return np.empty((0, len(self.intents)), dtype=np.float32)
        encoded = encoded or Encoded.of(text, self._encoder)
        scores = self.votes.scores(encoded.texts, encoded.about)
        if OUT_OF_SCOPE in self.intents:
            scores[:, self.intents.index(OUT_OF_SCOPE)] += np.float32(self.settings.scope_bias)
        return np.asarray(scores, dtype=np.float32)

    def of_scores(self, scores: Floats, after_answer: bool = False) -> TopicReading:
        """As `read`, of votes that are known already: the same may be read before and after an answer."""
        if not len(scores):
            return TopicReading(((OUT_OF_SCOPE, 0.0),), sure=False)
        rows = topic_pieces.chances(scores, self.settings, topic_pieces.allowed(self.intents, after_answer))
        found = topic_pieces.together(rows[0], rows[1:], self.intents, self.settings.sentence_share)
        return self._reading(found, rows[1:])

    def _reading(self, found: topic_pieces.Chances, pieces: topic_pieces.Chances) -> TopicReading:
        order = np.argsort(-found, kind="stable")[:_RANKED]
        ranking = tuple((self.intents[int(at)], float(found[at])) for at in order if found[at] > 0)
        others = topic_pieces.seconds(ranking[0][0], pieces, self.intents)
        also = tuple(intent for intent, chance in others if chance >= self.settings.second_from)
        heard = sum(chance for intent, chance in ranking if intent == ranking[0][0] or intent in also)
        return TopicReading(ranking, also, heard >= self.settings.unsure_below)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON, which both Pythons read alike."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = self.votes.arrays()
        np.savez_compressed(folder / "arrays.npz", **arrays)
        about = {
            "format": FORMAT,
            "name": self.name,
            "vectors": version(),
            "intents": self.intents,
            "settings": self.settings.as_dict(),
            "shape": vars(self.votes.ngrams.shape),
            "pieces": self.votes.ngrams.names,
        }
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> TopicModel:
        """Read a saved model. Raises TopicModelUnusable when it cannot be used as it is."""
        try:
            about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT or about["vectors"] != version():
                raise TopicModelUnusable(f"{folder}: made for {about['vectors']}, format {about['format']}")
            with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
                votes = Votes.from_arrays(dict(arrays), about["pieces"], NgramShape(**about["shape"]))
            return cls(about["intents"], votes, Settings(**about["settings"]), about["name"], encoder)
        except UNREADABLE as error:
            raise TopicModelUnusable(f"{folder}: {error}") from error
