from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.understanding.small_set import EXAMPLES
from understanding import __main__ as command
from understanding import risk
from understanding.evaluate import Prediction, in_the_sets_naming, score, table
from understanding.evaluation_set import Message, parse
from understanding.places import ROOT
from understanding.wilson import lower_bound


def predicted(
    ident: str, topic: str, risk_level: str = "none", language: str = "en", top3: tuple[str, ...] = ()
) -> Prediction:
    return Prediction(ident, language, topic, top3 or (topic,), 0.9, risk_level, ())


def test_each_bad_line_is_named_and_the_good_ones_are_read() -> None:
    lines = [
        '{"id": "a", "text": "hello"}',
        "",
        "{not json",
        '["a"]',
        '{"text": "no id"}',
        '{"id": "b"}',
        '{"id": "c", "text": 5}',
        '{"id": "", "text": "x"}',
        '{"id": "a", "text": "again"}',
        '{"id": "d", "text": "x", "risk": "grave"}',
        '{"id": "e", "text": "x", "also_ok": [1]}',
        '\ufeff{"id": 7, "text": "", "lang": null, "also_ok": ["greet"], "risk_ok": "high", "extra": 1}',
    ]
    messages, faults = parse(lines)
    assert [message.id for message in messages] == ["a", "7"]
    assert messages[1] == Message("7", "", also_ok=("greet",), risk_ok=("high",))
    assert [str(fault).split(":")[0] for fault in faults] == [
        f"line {number}" for number in (3, 4, 5, 6, 7, 8, 9, 10, 11)
    ]
    assert "stands in line 1 already" in str(faults[6])
    assert "none, concern, high, emergency" in str(faults[7])


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_no_line_can_break_the_reading(line: str) -> None:
    messages, faults = parse([line])
    assert len(messages) + len(faults) <= 1


def test_topics_count_with_what_is_also_right() -> None:
    messages = [
        Message("1", "", "en", "payslip"),
        Message("2", "", "en", "payslip", also_ok=("greet",)),
        Message("3", "", "en", "ask/payslip"),
        Message("4", "", "en", "out_of_scope"),
        Message("5", "", "en", "payslip"),
    ]
    predictions = [
        predicted("1", "ask/payslip"),
        predicted("2", "greet"),
        predicted("3", "thank", top3=("thank", "greet", "ask/payslip")),
        predicted("4", "out_of_scope"),
        predicted("5", "out_of_scope", language="fr"),
    ]
    found = score(messages, predictions)[0]
    assert (found.first.hits, found.first.of) == (3, 5)
    assert found.among_three.hits == 4
    assert (found.scope_recall.hits, found.scope_recall.of) == (1, 1)
    assert (found.scope_false.hits, found.scope_false.of) == (1, 4)
    assert (found.language_right.hits, found.language_right.of) == (4, 5)


def test_alarms_count_as_the_set_states_them() -> None:
    messages = [
        Message("1", "", "en", risk="high"),
        Message("2", "", "en", risk="emergency"),
        Message("3", "", "en", risk="emergency", risk_ok=("high",)),
        Message("4", "", "en", risk="none"),
        Message("5", "", "en", risk="concern", risk_ok=("high",)),
        Message("6", "", "en"),
    ]
    predictions = [
        predicted("1", "greet", "concern"),
        predicted("2", "greet", "high"),
        predicted("3", "greet", "high"),
        predicted("4", "greet", "emergency"),
        predicted("5", "greet", "high"),
        predicted("6", "greet", "high"),
    ]
    found = score(messages, predictions)[0]
    assert (found.high_recall.hits, found.high_recall.of) == (2, 3)
    assert (found.emergency_recall.hits, found.emergency_recall.of) == (1, 2)
    assert (found.precision.hits, found.precision.of) == (3, 4)
    assert (found.false_alarms.hits, found.false_alarms.of) == (1, 1)


def test_each_language_is_scored_and_then_all() -> None:
    messages = [Message("1", "", "hi", "greet"), Message("2", "", "en", "greet")]
    scores = score(messages, [predicted("1", "greet", language="hi"), predicted("2", "thank")])
    assert [(found.language, found.first.hits) for found in scores] == [("en", 0), ("hi", 1), ("all", 1)]
    assert "topic first             50.0% (1/2)" in table(scores)


def test_topics_are_named_as_the_set_names_them() -> None:
    prediction = predicted("1", "ask/payslip", top3=("ask/payslip", "start_check/pay"))
    bare = in_the_sets_naming([Message("1", "", topic="payslip")], [prediction])[0]
    assert (bare.topic, bare.top3) == ("payslip", ("payslip", "start_check/pay"))
    assert in_the_sets_naming([Message("1", "", topic="ask/payslip")], [prediction]) == [prediction]


@pytest.mark.parametrize(("hits", "of", "bound"), [(490, 500, 0.964), (100, 100, 0.963), (0, 10, 0.0), (0, 0, 0.0)])
def test_the_lower_bound_is_wilsons(hits: int, of: int, bound: float) -> None:
    assert lower_bound(hits, of) == pytest.approx(bound, abs=5e-4)


@given(st.integers(1, 1000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_lower_bound_is_never_above_the_share(pair: tuple[int, int]) -> None:
    assert 0 <= lower_bound(*pair) <= pair[0] / pair[1] + 1e-12


@pytest.fixture
def run(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("CARE_ADVICE_MODELS", str(models_dir))
    return lambda *arguments: command.main(["evaluate", *map(str, arguments)])


def test_a_set_is_read_scored_and_written(run: Callable[..., int], tmp_path: Path, capsys) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "new" / "out.jsonl"
    rows = [
        {"id": "1", "text": "they took my passport when i came", "lang": "en", "topic": "passport_withheld"},
        {"id": "2", "text": "", "lang": "en", "topic": "out_of_scope", "risk": "none"},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(source, target) == command.FINE
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert list(lines[0]) == ["id", "language", "topic", "top3", "confidence", "risk", "signs"]
    assert (lines[0]["topic"], lines[0]["language"], lines[0]["risk"]) == ("passport_withheld", "en", "none")
    assert len(lines[0]["top3"]) == 3
    assert lines[1]["topic"] == "out_of_scope"
    assert "en: n = 2" in capsys.readouterr().out


def test_broken_lines_are_named_and_the_rest_is_read(run: Callable[..., int], tmp_path: Path, capsys) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "1", "text": "hello"}\n{"id": \n', encoding="utf-8")
    assert run(source, tmp_path / "out.jsonl") == command.LINES_PASSED_OVER
    assert "line 2: not JSON" in capsys.readouterr().err
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_what_cannot_be_read_or_written_is_said(run: Callable[..., int], tmp_path: Path, capsys) -> None:
    assert run(tmp_path / "none.jsonl", tmp_path / "out.jsonl") == command.UNUSABLE
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    assert run(tmp_path / "empty.jsonl", tmp_path / "out.jsonl") == command.UNUSABLE
    (tmp_path / "in.jsonl").write_text('{"id": "1", "text": "hello"}\n', encoding="utf-8")
    assert run(tmp_path / "in.jsonl", tmp_path) == command.UNUSABLE
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert "holds no message" in said
    assert "cannot be written" in said


def test_the_commands_train_and_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(command, "read_examples", lambda language: EXAMPLES)
    monkeypatch.setattr(command, "read_risk_examples", list)
    assert command.main(["train"]) == command.FINE
    assert "of 8 intents" in capsys.readouterr().err
    assert command.main(["report", "--wrong", "3"]) == command.FINE
    page = capsys.readouterr().out
    assert all(intent in page for intent in {example.intent for example in EXAMPLES})
    assert "most often mixed up" in page


def test_a_broken_training_file_stops_the_training_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bad.yml").write_text("nlu: [", encoding="utf-8")
    read = command.read_examples
    monkeypatch.setattr(command, "read_examples", lambda language: read(language, tmp_path))
    assert command.main(["train"]) == command.UNUSABLE
    assert "bad.yml" in capsys.readouterr().err


def test_the_module_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "understanding", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "evaluate" in done.stdout


def test_a_message_is_read_with_its_risk(model, monkeypatch: pytest.MonkeyPatch) -> None:
    from understanding.encoder import Encoder
    from understanding.evaluate import predict

    class Held:
        def read(self, text: str, language: str) -> risk.PatternReading:
            return risk.PatternReading((risk.Sign("papers_held", "my passport", "high"),) * 2, "self")

    found = predict([Message("1", "they took my passport")], model, risk.RiskReader(Held()), Encoder())
    assert (found[0].risk, found[0].signs) == ("high", ("papers_held",))
