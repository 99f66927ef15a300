from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.files import FileMalformed
from understanding import risk, risk_training, votes
from understanding.embedding_cache import EmbeddingCache
from understanding.encoded import Encoded
from understanding.encoder import Encoder
from understanding.out_of_fold import TooFewExamples
from understanding.risk import SIGNS, PatternReading, RiskReader, Sign, assess, made_of, patterns_in
from understanding.risk_data import RiskExample, ordinary, read_risk_examples
from understanding.risk_limits import (
    ENGLISH,
    LITTLE_KNOWN,
    MANY,
    WELL_KNOWN,
    Limits,
    LimitsByLanguage,
    Outcome,
    choose_limits,
)
from understanding.risk_model import RiskModel, RiskModelUnusable, newest_risk
from understanding.risk_training import train_risk_or_reuse
from understanding.training_data import Example

WHO = ["my boss", "the manager", "the agent", "madam", "the owner", "my sponsor", "his wife"]
EXAMPLES = (
    [RiskExample(f"{who} is beating me now with a stick", "emergency", "violence_now") for who in WHO]
    + [RiskExample(f"{who} took my passport and will not give it back", "high", "documents_held") for who in WHO]
    + [RiskExample(f"{who} pays me late and only half of my wages", "concern", "wages_late") for who in WHO]
    + [
        RiskExample(f"when does {who} publish the new rota for holiday cover", "none", "rota", weight=0.5)
        for who in WHO
    ]
    + [RiskExample(f"{who} never took my passport, I have it at home", "none", "denial") for who in WHO]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, cache: EmbeddingCache) -> Path:
    where = tmp_path_factory.mktemp("risk-models")
    train_risk_or_reuse(EXAMPLES, where, patterns_in(SIGNS), SIGNS, cache=cache)
    return where


@pytest.fixture(scope="module")
def classifier(folder: Path) -> RiskModel:
    return newest_risk(folder)


def test_the_chances_of_the_levels_sum_to_one(classifier: RiskModel) -> None:
    for text in ("", "?", "he beats me", "when is my holiday. I need to know. Thank you so much"):
        assert sum(classifier.chances(text, "en").values()) == pytest.approx(1, abs=1e-4)


def test_a_grave_message_has_greater_chances_than_an_ordinary_one(classifier: RiskModel) -> None:
    grave = classifier.chances("my uncle is beating me now with a belt", "en")
    plain = classifier.chances("when is the rota published", "en")
    assert grave["emergency"] > plain["emergency"]
    assert plain["none"] > grave["none"]


def test_languages_without_examples_are_read_by_what_they_mean(classifier: RiskModel) -> None:
    grave = classifier.chances("mon patron me frappe maintenant avec un bâton", "fr")
    plain = classifier.chances("quand est publié le planning des congés", "fr")
    assert grave["emergency"] > plain["emergency"]


def test_a_vector_known_already_is_taken(classifier: RiskModel) -> None:
    text = "the owner took my passport"
    encoded = Encoded.of(text, Encoder())
    assert classifier.chances(text, "en", encoded) == pytest.approx(classifier.chances(text, "en"), abs=1e-4)


def test_a_grave_sentence_in_a_long_story_raises_the_whole(classifier: RiskModel) -> None:
    story = "The rota for holiday cover is on the wall. When is it published. The tea is good in this house."
    worse = classifier.chances(f"{story} My boss is beating me now with a stick.", "en")
    assert worse["none"] < classifier.chances(story, "en")["none"]


def test_more_examples_than_one_table_holds_are_dealt_into_several_which_say_the_same(
    monkeypatch: pytest.MonkeyPatch, cache: EmbeddingCache, classifier: RiskModel
) -> None:
    asked: list[int] = []
    solve = votes.solve

    def counting(likeness: Any, wanted: Any, ridge: Any, tables: Any) -> Any:
        asked.append(max(len(rows) for rows in tables))
        return solve(likeness, wanted, ridge, tables)

    monkeypatch.setattr(votes, "solve", counting)
    monkeypatch.setattr(risk_training, "RISK", replace(risk_training.RISK, most_in_table=12))
    dealt = risk_training.train_risk(EXAMPLES, patterns_in(SIGNS), cache=cache)
    # Near-copies stay together, so that a table may hold some more.
    assert max(asked) < len(EXAMPLES)
    for text in ("my uncle is beating me now with a belt", "when is the rota published"):
        assert dealt.chances(text, "en") == pytest.approx(classifier.chances(text, "en"), abs=0.1)


def test_a_saved_model_says_the_same_when_loaded(folder: Path, classifier: RiskModel, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    again = RiskModel.load(tmp_path)
    assert again.chances(EXAMPLES[0].text, "en") == pytest.approx(classifier.chances(EXAMPLES[0].text, "en"))
    assert (again.limits, again.name) == (classifier.limits, classifier.name)


def test_the_same_examples_and_signs_are_not_trained_again(folder: Path, cache: EmbeddingCache) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*/arrays.npz")}
    train_risk_or_reuse(EXAMPLES, folder, patterns_in(SIGNS), SIGNS, cache=cache)
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*/arrays.npz")} == before


def test_a_model_that_is_missing_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(RiskModelUnusable, match="train"):
        newest_risk(tmp_path)
    (tmp_path / "risk-broken").mkdir()
    (tmp_path / "risk-broken" / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(RiskModelUnusable):
        newest_risk(tmp_path)


@pytest.mark.parametrize("left", [0, 1, 1000])
def test_of_a_file_cut_off_the_model_before_it_is_read_and_without_one_the_patterns(
    left: int, folder: Path, tmp_path: Path
) -> None:
    whole = next(folder.glob("risk-*"))
    broken = tmp_path / "risk-newest"
    shutil.copytree(whole, broken)
    arrays = broken / "arrays.npz"
    arrays.write_bytes(arrays.read_bytes()[:left])
    with pytest.raises(RiskModelUnusable):
        newest_risk(tmp_path)
    assert made_of(patterns_in(SIGNS), tmp_path).read("he has a knife").level == "emergency"
    shutil.copytree(whole, tmp_path / whole.name)
    os.utime(broken)
    os.utime(tmp_path / whole.name, (1, 1))
    assert newest_risk(tmp_path).name == newest_risk(folder).name


def test_too_few_examples_are_refused(tmp_path: Path, cache: EmbeddingCache) -> None:
    with pytest.raises(TooFewExamples):
        train_risk_or_reuse(EXAMPLES[:7], tmp_path, cache=cache)


# ---- the reader of the process


def test_the_gateway_is_ready_without_a_model(tmp_path: Path) -> None:
    risk.use(made_of(patterns_in(SIGNS), tmp_path / "nothing"))
    assert assess("my boss has my passport").level == "high"
    assert assess("warm up").level == "none"


def test_a_broken_model_leaves_the_patterns(tmp_path: Path) -> None:
    (tmp_path / "risk-x").mkdir()
    assert made_of(patterns_in(SIGNS), tmp_path).read("he has a knife").level == "emergency"


def test_the_newest_model_is_read_with_its_limits(folder: Path) -> None:
    reader = made_of(patterns_in(SIGNS), folder)
    assert reader.limits.languages == {"en": ENGLISH}
    assert reader.limits.of("en").alarm["high"] != 0.5
    assert reader.read("my boss is beating me now with a stick").level == "emergency"


def test_patterns_that_fail_leave_the_classifier(classifier: RiskModel, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def read(self, text: str, language: str) -> PatternReading:
            raise ValueError(text)

    reader = RiskReader(Broken(), classifier, classifier.limits)
    assert reader.read("my boss is beating me now with a stick").level == "emergency"
    assert "stick" not in caplog.text


class Fails:
    """A classifier that cannot do its work."""

    def chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float]:
        raise MemoryError


@dataclass(frozen=True)
class Believes:
    given: Mapping[str, float]

    def chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float]:
        return self.given


def test_a_classifier_that_fails_leaves_the_patterns(caplog: pytest.LogCaptureFixture) -> None:
    read = RiskReader(patterns_in(SIGNS), Fails()).read("my boss has my passport, call 07700 900123")
    assert (read.level, [sign.id for sign in read.signs]) == ("high", ["documents_held"])
    assert "passport" not in caplog.text


def test_the_patterns_are_doubted_only_in_a_language_the_classifier_learned() -> None:
    limits = LimitsByLanguage({ENGLISH: Limits({}, {}, {"high": 0.01})}, {"en": ENGLISH})
    doubting = RiskReader(patterns_in(SIGNS), Believes({"none": 0.999, "high": 0.001}), limits)
    assert doubting.read("my boss has my passport", "en").level == "none"
    assert doubting.read("my boss has my passport", "fr").level == "high"
    less = RiskReader(patterns_in(SIGNS), Believes({"none": 0.9, "high": 0.1}), limits)
    assert less.read("my boss has my passport", "en").signs == (Sign("documents_held", "boss has my passport", "high"),)


# ---- limits


def outcome(rank: int, high: float, **more: object) -> Outcome:
    return Outcome(rank, {"none": 1 - high, "concern": 0.0, "high": high, "emergency": 0.0}, 0, False, **more)  # type: ignore[arg-type]


def test_the_limit_lies_between_what_can_be_told_apart() -> None:
    seen = [outcome(2, 0.8)] * 50 + [outcome(0, 0.2)] * 50
    assert 0.2 < choose_limits(seen).of("en").alarm["high"] <= 0.8


def test_an_ordinary_question_and_a_look_alike_count_half_each() -> None:
    mixed = [outcome(2, 0.9)] * 50 + [outcome(0, 0.5)] * 10 + [outcome(0, 0.1, plain=True)] * 1000
    assert choose_limits(mixed).of("en").alarm["high"] > 0.5


def test_a_language_with_few_grave_examples_has_limits_of_its_own_and_english_does_not_move_them() -> None:
    english = [outcome(2, 0.9)] * 200 + [outcome(0, 0.1)] * 200
    many = [outcome(2, 0.8, language="hi")] * MANY + [outcome(0, 0.6, language="hi")] * 50
    few = [outcome(2, 0.5, language="tw")] * 20 + [outcome(0, 0.3, language="tw")] * 20
    chosen = choose_limits(english + many + few)
    assert chosen.languages == {"en": ENGLISH, "hi": WELL_KNOWN, "tw": LITTLE_KNOWN}
    assert 0.1 < chosen.of("en").alarm["high"] <= 0.9
    assert 0.6 < chosen.of("hi").alarm["high"] <= 0.8
    assert 0.3 < chosen.of("tw").alarm["high"] <= 0.5
    assert chosen.of("tw") == choose_limits(few).of("tw")
    assert LimitsByLanguage.from_dict(json.loads(json.dumps(chosen.as_dict()))) == chosen


def test_doubt_begins_below_what_nearly_every_true_finding_has() -> None:
    seen = [Outcome(2, {"none": 0.4, "high": 0.6}, 2, False) for _ in range(100)]
    rest = [Outcome(0, {"none": 0.99, "high": 0.01}, 2, False) for _ in range(100)]
    full = [
        Outcome(one.rank, {"concern": 0.0, "emergency": 0.0, **one.chances}, one.patterns, one.calm)
        for one in seen + rest
    ]
    assert 0.01 < choose_limits(full).of("en").doubt["high"] <= 0.6


# ---- examples


def test_examples_of_risk_are_read_with_level_and_kind(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    file = tmp_path / "en" / "high.yml"
    file.write_text(
        "language: en\nlevel: high\nexamples:\n  - {text: he has it, sign: documents_held, about: self, when: now}\n",
        encoding="utf-8",
    )
    assert read_risk_examples(tmp_path) == [RiskExample("he has it", "high", "documents_held")]
    file.write_text("language: en\nlevel: grave\nexamples: [{text: x}]", encoding="utf-8")
    with pytest.raises(FileMalformed, match="level"):
        read_risk_examples(tmp_path)


def test_the_same_words_under_two_levels_are_refused(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for level in ("high", "none"):
        content = {"language": "en", "level": level, "examples": [{"text": "he has it"}]}
        (tmp_path / "en" / f"{level}.yml").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FileMalformed, match="stands elsewhere as high"):
        read_risk_examples(tmp_path)


def test_topics_that_often_tell_of_danger_are_not_taken_as_ordinary() -> None:
    topics = [Example("a", "ask/annual_leave"), Example("b", "ask/passport_withheld"), Example("c", "greet")]
    found = ordinary(topics, [RiskExample("c", "none")], 0.5)
    assert found == [RiskExample("a", "none", "ask/annual_leave", "en", 0.5)]


def test_the_projects_own_examples_of_risk_are_in_order() -> None:
    levels = {example.level for example in read_risk_examples()}
    assert levels == {"none", "concern", "high", "emergency"}
