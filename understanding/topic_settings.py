"""The settings of a topic model, chosen by how the examples are read out of fold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from understanding import calibration, topic_pieces
from understanding.calibration import Settings
from understanding.out_of_fold import OutOfFold, Prepared
from understanding.softmax import Floats
from understanding.topic_pieces import OUT_OF_SCOPE

_SENTENCE_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def choose_settings(data: Prepared, read: OutOfFold) -> Settings:
    """The settings under which the out-of-fold readings are best."""
    bias = 0.0
    if OUT_OF_SCOPE in data.intents:
        bias = calibration.best_scope_bias(read.whole, data.labels, data.intents.index(OUT_OF_SCOPE))
    temperature, rise = calibration.best_temperature(_scoped(read.whole, data, bias), data.labels)
    chosen = Settings(scope_bias=bias, temperature=temperature, temperature_rise=rise)
    tried = {step: readings(data, read, replace(chosen, sentence_share=step)) for step in _SENTENCE_SHARES}
    best = max(tried, key=lambda step: (round(calibration.right(tried[step], data.labels), 4), -step))
    chosen = replace(chosen, sentence_share=best)
    logs = np.log(np.maximum(tried[best], 1e-12)).astype(np.float32)
    return replace(
        chosen,
        unsure_below=calibration.best_unsure(logs, data.labels),
        second_from=calibration.best_second(_false_seconds(data, read, chosen)),
    )


def readings(data: Prepared, read: OutOfFold, settings: Settings) -> NDArray[np.float64]:
    """The confidences a model with these settings would have given every example, had it not seen it."""
    rows, pieces = _chances(data, read, settings)
    found = rows.copy()
    for owner, places in _pieces_of(data).items():
        found[owner] = topic_pieces.together(rows[owner], pieces[places], data.intents, settings.sentence_share)
    return found


def _false_seconds(data: Prepared, read: OutOfFold, settings: Settings) -> NDArray[np.float64]:
    """For each example with several sentences, the greatest confidence of a second topic it was not written for."""
    rows, pieces = _chances(data, read, settings)
    false = []
    for owner, places in _pieces_of(data).items():
        found = topic_pieces.together(rows[owner], pieces[places], data.intents, settings.sentence_share)
        others = topic_pieces.seconds(data.intents[int(found.argmax())], pieces[places], data.intents)
        label = data.intents[int(data.labels[owner])]
        false.append(max((chance for intent, chance in others if intent != label), default=0.0))
    return np.array(false)


def _chances(data: Prepared, read: OutOfFold, settings: Settings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mask = topic_pieces.allowed(data.intents, after_answer=True)
    rows = topic_pieces.chances(_scoped(read.whole, data, settings.scope_bias), settings, mask)
    if not len(read.parts):
        return rows, np.zeros((0, len(data.intents)))
    return rows, topic_pieces.chances(_scoped(read.parts, data, settings.scope_bias), settings, mask)


def _pieces_of(data: Prepared) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, owner in enumerate(data.owners.tolist()):
        found.setdefault(owner, []).append(place)
    return found


def _scoped(logs: Floats, data: Prepared, bias: float) -> Floats:
    moved = logs.copy()
    if OUT_OF_SCOPE in data.intents:
        moved[:, data.intents.index(OUT_OF_SCOPE)] += np.float32(bias)
    return moved
