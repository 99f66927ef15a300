from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding import risk
from understanding.encoded import Encoded
from understanding.risk import LEVELS, LevelUnknown, PatternReading, Risk, RiskReader, Sign, assess, highest, reached
from understanding.risk_limits import LITTLE_KNOWN, WELL_KNOWN, Limits, LimitsByLanguage


@dataclass(frozen=True)
class Found:
    """Patterns that always find the same."""

    reading: PatternReading

    def read(self, text: str, language: str) -> PatternReading:
        return self.reading


@dataclass(frozen=True)
class Believes:
    """A classifier that always believes the same."""

    given: Mapping[str, float]

    def chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float]:
        return self.given


HELD = Sign("papers_held", "has my passport", "high")


def test_levels_rise_from_none_to_emergency() -> None:
    assert LEVELS == ("none", "concern", "high", "emergency")


@given(st.lists(st.sampled_from(LEVELS)))
def test_the_highest_is_none_of_nothing_and_otherwise_the_gravest(levels: list[str]) -> None:
    assert LEVELS.index(highest(levels)) == max((LEVELS.index(level) for level in levels), default=0)


@pytest.mark.parametrize("make", [lambda: highest(["grave"]), lambda: Sign("x", "y", "grave"), lambda: Risk("grave")])
def test_a_level_that_does_not_exist_is_refused(make) -> None:
    with pytest.raises(LevelUnknown, match="grave"):
        make()


@given(st.text())
def test_with_neither_patterns_nor_classifier_nothing_is_seen(text: str) -> None:
    assert assess(text) == Risk("none", (), "nobody", "unknown")


def test_the_gravest_sign_makes_the_level() -> None:
    signs = (Sign("late_pay", "paid late"), HELD)
    read = RiskReader(Found(PatternReading(signs, "somebody_else", "past"))).read("...")
    assert read == Risk("high", signs, "somebody_else", "past")


def test_the_classifier_can_raise_what_the_patterns_missed() -> None:
    read = RiskReader(Found(PatternReading()), Believes({"none": 0.2, "high": 0.3, "emergency": 0.5})).read("...")
    assert (read.level, read.signs, read.about) == ("emergency", (), "self")


def test_the_classifier_never_lowers_what_the_patterns_saw() -> None:
    assert RiskReader(Found(PatternReading((HELD,), "self")), Believes({"none": 1.0})).read("...").level == "high"


def test_graver_levels_count_towards_a_lower_one() -> None:
    limits = {"concern": 0.5, "high": 0.5, "emergency": 0.5}
    assert reached({"none": 0.4, "high": 0.3, "emergency": 0.3}, limits) == "high"
    assert reached({"none": 0.6, "high": 0.2, "emergency": 0.2}, limits) == "none"


def test_a_calm_message_needs_a_surer_classifier() -> None:
    calm, limits = Found(PatternReading(calm=True)), one_for_all(Limits({"high": 0.5}, {"high": 0.9}, {}))
    assert RiskReader(calm, Believes({"none": 0.2, "high": 0.8}), limits).read("...").level == "none"
    assert RiskReader(calm, Believes({"none": 0.05, "high": 0.95}), limits).read("...").level == "high"


def test_the_same_chance_means_more_in_a_language_the_classifier_hardly_knows() -> None:
    groups = {name: Limits({"high": limit}, {}, {}) for name, limit in ((WELL_KNOWN, 0.7), (LITTLE_KNOWN, 0.4))}
    limits = LimitsByLanguage(groups, {"hi": WELL_KNOWN, "tw": LITTLE_KNOWN})
    reader = RiskReader(classifier=Believes({"none": 0.5, "high": 0.5}), limits=limits)
    assert [reader.read("...", language).level for language in ("hi", "tw", "never heard")] == ["none", "high", "high"]


def one_for_all(limits: Limits) -> LimitsByLanguage:
    return LimitsByLanguage({LITTLE_KNOWN: limits}, {"en": LITTLE_KNOWN})


def test_a_folder_without_signs_has_no_patterns(tmp_path: Path) -> None:
    assert risk.patterns_in(tmp_path) is None
    assert risk.patterns_in(tmp_path / "missing") is None
