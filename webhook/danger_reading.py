"""Which parts read danger in this process: the written signs, the sentence vectors, the trained classifier.

Where one is missing or broken the others go on alone, and a worker still gets the words. Whoever runs the service must
see it: it is counted, and `/readyz` says it.
"""

from __future__ import annotations

from collections.abc import Iterable

from understanding.risk_levels import CLASSIFIER, WRITTEN
from webhook import metrics

VECTORS = "vectors"
PARTS = (WRITTEN, VECTORS, CLASSIFIER)

_lacked: frozenset[str] = frozenset()


def note(lacking: Iterable[str]) -> None:
    """A message was read without these parts."""
    global _lacked
    _lacked = frozenset(lacking)
    for part in PARTS:
        metrics.READING_LACKS.labels(part=part).set(part in _lacked)
        if part in _lacked:
            metrics.READ_WITHOUT.labels(part=part).inc()


def parts() -> dict[str, str]:
    """Each part, on or off, as it was for the last message."""
    return {part: "off" if part in _lacked else "on" for part in PARTS}
