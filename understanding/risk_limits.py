"""From which probability on a message counts as a level: chosen by group of languages, from examples out of fold.

English, languages with many grave examples and languages with few get limits of their own: the same probability means
more danger where the classifier has read little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, LEVELS, rank

ENGLISH, WELL_KNOWN, LITTLE_KNOWN = "English", "well known", "little known"
# From so many grave examples on a language is well known.
MANY = 80
# Of grave messages so many (a share) should be seen; no limit is set lower than is needed for that.
RECALL = 0.97
# With fewer calm examples than this a group takes the calm ones of all languages.
ENOUGH_CALM = 100
_STEPS = tuple(round(step * 0.01, 2) for step in range(3, 98))


@dataclass(frozen=True)
class Aims:
    """Shares of what is not grave that may be called grave, and called an emergency (999 comes first there).

    Hard look-alikes and ordinary questions count half each. `calm` are those of messages the patterns found calm.
    `lost_by_doubt`: of grave messages that the patterns saw, the share that may be lost by doubting the patterns.
    """

    alarms: float
    emergencies: float
    calm_alarms: float
    calm_emergencies: float
    lost_by_doubt: float


AIMS = {
    ENGLISH: Aims(0.048, 0.025, 0.03, 0.015, 0.02),
    WELL_KNOWN: Aims(0.065, 0.04, 0.03, 0.02, 0.01),
    LITTLE_KNOWN: Aims(0.055, 0.03, 0.03, 0.015, 0.01),
}
# All that is chosen by hand here: part of the model's name.
CHOSEN = (MANY, RECALL, ENOUGH_CALM, *((group, *vars(aims).values()) for group, aims in AIMS.items()))


@dataclass(frozen=True)
class Limits:
    """Probabilities, by level, that a message has at least that level.

    `alarm`: reached, it counts as that level; `calm`: the same where the patterns found the message calm; `doubt`:
    below it a level that the patterns found is not believed.
    """

    alarm: Mapping[str, float]
    calm: Mapping[str, float]
    doubt: Mapping[str, float]


_EVEN = {CONCERN: 0.5, HIGH: 0.5, EMERGENCY: 0.5}


@dataclass(frozen=True)
class LimitsByLanguage:
    """The limits of each group, and to which group a language belongs that the classifier learned."""

    groups: Mapping[str, Limits] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def of(self, language: str) -> Limits:
        """The limits for a language. One the classifier never learned is little known, and doubts no pattern."""
        group = self.languages.get(language)
        if group is not None:
            return self.groups[group]
        return replace(self.groups.get(LITTLE_KNOWN, Limits(_EVEN, _EVEN, {})), doubt={})

    def as_dict(self) -> dict[str, Any]:
        """Plain, as JSON holds it."""
        groups = {
            name: {state: dict(levels) for state, levels in vars(own).items()} for name, own in self.groups.items()
        }
        return {"groups": groups, "languages": dict(self.languages)}

    @classmethod
    def from_dict(cls, held: Mapping[str, Any]) -> LimitsByLanguage:
        """Read back what `as_dict` gave. Raises KeyError and TypeError where something is missing or too much."""
        return cls({group: Limits(**each) for group, each in held["groups"].items()}, held["languages"])


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
    language: str = "en"

    def at_least(self, level: str) -> float:
        """The chance of that level and those above."""
        return sum(self.chances[name] for name in LEVELS[rank(level) :])


def choose_limits(outcomes: Sequence[Outcome]) -> LimitsByLanguage:
    """The limits of each group of languages; a group without examples takes those of all languages together."""
    languages = _groups(outcomes)
    chosen = {}
    for group, aims in AIMS.items():
        own = [one for one in outcomes if languages.get(one.language) == group] or list(outcomes)
        calm = [one for one in own if one.calm]
        if len(calm) < ENOUGH_CALM:
            calm = [one for one in outcomes if one.calm]
        chosen[group] = _chosen(own, calm, aims)
    return LimitsByLanguage(chosen, languages)


def _groups(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """A language is known when it has grave messages to learn from."""
    grave = Counter(one.language for one in outcomes if one.rank >= rank(HIGH))
    return {
        language: ENGLISH if language == "en" else WELL_KNOWN if count >= MANY else LITTLE_KNOWN
        for language, count in sorted(grave.items())
    }


def _chosen(own: Sequence[Outcome], calm: Sequence[Outcome], aims: Aims) -> Limits:
    rest = [one for one in own if not one.calm]
    alarm = {HIGH: _limit(rest, HIGH, aims.alarms), EMERGENCY: _limit(rest, EMERGENCY, aims.emergencies)}
    surer = {HIGH: _limit(calm, HIGH, aims.calm_alarms), EMERGENCY: _limit(calm, EMERGENCY, aims.calm_emergencies)}
    return Limits(
        {CONCERN: 0.5, **alarm},
        # Few grave examples are calm: chance alone must not make a calm message easier to alarm about.
        {CONCERN: 0.6, **{level: max(limit, alarm[level]) for level, limit in surer.items()}},
        {HIGH: _doubt(own, aims.lost_by_doubt)},
    )


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


def _doubt(outcomes: Sequence[Outcome], lost: float) -> float:
    """The chance under which what the patterns found grave is not believed."""
    seen = np.array([one.at_least(HIGH) for one in outcomes if one.patterns >= rank(HIGH) and one.rank >= rank(HIGH)])
    return round(float(np.quantile(seen, lost)), 3) if len(seen) else 0.0


def _share(hits: NDArray[np.bool_]) -> float:
    return float(hits.mean()) if len(hits) else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
