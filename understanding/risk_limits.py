"""From which probability on a message counts as a level, chosen from how examples were read by models new to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, LEVELS, rank

# Of grave messages so many (a share) should be seen; no limit is set lower than is needed for that.
RECALL = 0.97
# Of the rest so many (a share) may be called grave, where hard look-alikes and ordinary questions count half each.
FALSE_ALARMS = 0.09
# Of the same so many as an emergency, where the fixed words say 999 first.
FALSE_EMERGENCIES = 0.055
# A calm message (a denial, a question, an idiom) may cost so much.
CALM_FALSE_ALARMS, CALM_FALSE_EMERGENCIES = 0.045, 0.025
# Of grave messages that the patterns saw, so many (a share) may be lost by doubting the patterns.
LOST_BY_DOUBT = 0.01
# All that is chosen by hand here: part of the model's name.
AIMS = (RECALL, FALSE_ALARMS, FALSE_EMERGENCIES, CALM_FALSE_ALARMS, CALM_FALSE_EMERGENCIES, LOST_BY_DOUBT)
_STEPS = tuple(round(step * 0.01, 2) for step in range(3, 98))


@dataclass(frozen=True)
class Outcome:
    """An example: its rank, the chances it was given, the rank the patterns gave it, whether they found it calm.

    `plain`: an ordinary question or sentence, no look-alike of danger.
    """

    rank: int
    chances: Mapping[str, float]
    patterns: int
    calm: bool
    plain: bool = False

    def at_least(self, level: str) -> float:
        """The chance of that level and those above."""
        return sum(self.chances[name] for name in LEVELS[rank(level) :])


def choose_limits(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """The limits for each state of the patterns (see `understanding.risk.RiskReader`)."""
    calm = [one for one in outcomes if one.calm]
    rest = [one for one in outcomes if not one.calm]
    return {
        "thresholds": {
            CONCERN: 0.5,
            HIGH: _limit(rest, HIGH, FALSE_ALARMS),
            EMERGENCY: _limit(rest, EMERGENCY, FALSE_EMERGENCIES),
        },
        "calm_thresholds": {
            CONCERN: 0.6,
            HIGH: _limit(calm, HIGH, CALM_FALSE_ALARMS),
            EMERGENCY: _limit(calm, EMERGENCY, CALM_FALSE_EMERGENCIES),
        },
        "doubt": {HIGH: _doubt(outcomes)},
    }


def _limit(outcomes: Sequence[Outcome], level: str, false_alarms: float) -> float:
    """The lowest limit within the false alarms allowed, but none lower than RECALL needs."""
    grave = np.array([one.rank >= rank(level) for one in outcomes])
    chance = np.array([one.at_least(level) for one in outcomes])
    if not grave.any() or grave.all():
        return 0.5
    quiet = ~np.array([one.rank >= rank(HIGH) for one in outcomes])
    plain = quiet & np.array([one.plain for one in outcomes])
    hard = quiet & ~plain
    for step in _STEPS:
        if _mean([_share(chance[part] >= step) for part in (hard, plain) if part.any()]) <= false_alarms:
            enough = float(np.quantile(chance[grave], 1 - RECALL))
            return max(step, round(enough, 2))
    return _STEPS[-1]


def _doubt(outcomes: Sequence[Outcome]) -> float:
    """The chance under which what the patterns found grave is not believed."""
    seen = np.array([one.at_least(HIGH) for one in outcomes if one.patterns >= rank(HIGH) and one.rank >= rank(HIGH)])
    return round(float(np.quantile(seen, LOST_BY_DOUBT)), 3) if len(seen) else 0.0


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
