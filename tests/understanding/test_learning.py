"""The parts a topic model is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding import calibration
from understanding.encoder import WIDTH
from understanding.folds import folds, near_groups
from understanding.kernel_ridge import LikenessNotDefinite, solve
from understanding.ngrams import Ngrams, NgramShape, pieces
from understanding.softmax import log_softmax, train
from understanding.topic_pieces import allowed, chances, seconds, together
from understanding.votes import VoteConfig, learn

INTENTS = ["ask/payslip", "ask/sick_pay", "greet", "follow_up/why"]


def test_a_word_is_read_in_pieces_within_its_borders() -> None:
    shape = NgramShape(shortest=2, longest=3, words=2)
    assert list(pieces("Pay me", shape)) == [
        " p", "pa", "ay", "y ", " pa", "pay", "ay ", " m", "me", "e ", " me", "me ", "\x01pay", "\x01me", "\x01pay me",
    ]  # fmt: skip


def test_a_learners_spelling_shares_pieces_with_the_right_one() -> None:
    ngrams = Ngrams.learn(["my passport is kept", "a passport", "holiday pay", "holiday"], NgramShape())
    rows = ngrams.vectors(["pasport", "passport", "holiday"]).toarray()
    assert rows[0] @ rows[1] > 0.2
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_rows_have_length_one_or_nothing(texts: list[str]) -> None:
    ngrams = Ngrams.learn(["pay me", "pay you", "my pay"], NgramShape())
    lengths = np.linalg.norm(ngrams.vectors(texts).toarray(), axis=1)
    assert all(length == pytest.approx(1, abs=1e-5) or length == 0 for length in lengths)


def test_of_too_many_pieces_the_frequent_stay() -> None:
    texts = ["aa bb", "aa cc", "aa bb", "dd"]
    shape = NgramShape(shortest=2, longest=2, words=1, fewest_texts=1, most=1)
    assert Ngrams.learn(texts, shape).names in ([" a"], ["a "], ["aa"], ["\x01aa"])


def test_regression_separates_what_can_be_separated_and_agrees_with_sklearn() -> None:
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(7)
    labels = random.integers(0, 3, 150)
    rows = (np.eye(3)[labels] @ random.normal(size=(3, 10)) + random.normal(size=(150, 10)) * 0.5).astype(np.float32)
    ours = np.exp(train(rows, labels, 3, 2.0).scores(rows))
    theirs = LogisticRegression(C=2.0, max_iter=1000).fit(rows, labels).predict_proba(rows)
    assert np.allclose(ours, theirs, atol=0.02)


def likeness_and_wanted(count: int) -> tuple[Any, Any]:
    random = np.random.default_rng(11)
    rows = random.normal(size=(count, 5))
    likeness = np.exp(-((rows[:, None] - rows[None]) ** 2).sum(axis=2) / 4).astype(np.float32)
    return likeness, np.eye(3, dtype=np.float32)[random.integers(0, 3, count)]


@pytest.mark.parametrize("tables", [1, 3])
def test_in_one_table_or_in_several_the_whole_is_solved(tables: int) -> None:
    likeness, wanted = likeness_and_wanted(60)
    dealt = np.arange(60) % tables
    ridge = np.full(60, 3, dtype=np.float32)
    found = solve(likeness, wanted, ridge, [np.flatnonzero(dealt == table) for table in range(tables)])
    whole = np.linalg.solve(likeness + 3 * np.eye(60), wanted)
    assert np.allclose(likeness @ found, likeness @ whole, atol=0.05)


def test_what_stands_in_no_table_is_as_if_it_had_never_been_there() -> None:
    likeness, wanted = likeness_and_wanted(60)
    kept = np.flatnonzero(np.arange(60) % 4)
    found = solve(likeness, wanted, np.full(60, 0.1, dtype=np.float32), [kept])
    anew = np.linalg.solve(likeness[np.ix_(kept, kept)] + 0.1 * np.eye(len(kept)), wanted[kept])
    assert np.allclose(found[kept], anew, atol=1e-3)
    assert not found[np.arange(60) % 4 == 0].any()


def test_an_example_is_read_out_of_fold_as_a_text_that_was_never_learnt() -> None:
    random = np.random.default_rng(3)
    texts = [f"{word} {random.integers(10, 99)}" for word in ("pay", "rota", "visa") for _ in range(12)]
    vectors = random.normal(size=(36, WIDTH)).astype(np.float32)
    wanted = np.eye(3, dtype=np.float32)[np.repeat(np.arange(3), 12)]
    dealt = random.integers(0, 8, 36)
    learnt = learn(texts, vectors, wanted, VoteConfig(folds=4, most_in_table=18), dealt)
    assert np.allclose(learnt.unseen, learnt.out_of_fold(texts, vectors, dealt % 4), atol=0.01)
    for number in range(4):
        assert not learnt.without[number][dealt % 4 == number].any()


def test_likenesses_that_cannot_be_are_refused() -> None:
    likeness, ridge = np.array([[1, 9], [9, 1]], dtype=np.float32), np.full(2, 0.1, dtype=np.float32)
    with pytest.raises(LikenessNotDefinite):
        solve(likeness, np.eye(2, dtype=np.float32), ridge, [np.arange(2)])


def test_log_softmax_sums_to_one_even_for_great_numbers() -> None:
    assert np.exp(log_softmax(np.array([[1e4, 0.0, -1e4], [0.0, 0.0, 0.0]]))).sum(axis=1) == pytest.approx([1, 1])


def test_nearly_the_same_texts_stand_in_the_same_part() -> None:
    vectors = np.random.default_rng(3).normal(size=(40, 20)).astype(np.float32)
    vectors[1] = vectors[0] + 0.001
    vectors[2] = vectors[1] + 0.001
    groups = near_groups(vectors)
    parts = folds([str(row) for row in range(40)], [0, 1] * 20, groups, 4)
    assert groups[0] == groups[1] == groups[2]
    assert parts[0] == parts[1] == parts[2]
    assert min(np.bincount(parts)) >= 8


def test_a_new_example_moves_few_others() -> None:
    texts = [f"text {row}" for row in range(100)]
    before = folds(texts, [0] * 100, np.arange(100), 4)
    after = folds([*texts, "a new one"], [0] * 101, np.arange(101), 4)[:100]
    assert len(before) == len(after)
    assert np.array_equal(folds(texts, [0] * 100, np.arange(100), 4), before)


def test_confidences_are_made_truthful() -> None:
    random = np.random.default_rng(5)
    height = random.uniform(0.2, 1, size=(6000, 1))
    truth = random.normal(size=(6000, 4)) * 2
    labels = np.array([random.choice(4, p=row) for row in np.exp(log_softmax(truth))])
    scores = ((truth - truth.max(axis=1, keepdims=True)) * 0.1 * height + height).astype(np.float32)
    chance = np.exp(log_softmax(calibration.cooled(scores, *calibration.best_temperature(scores, labels))))
    first, right = chance.max(axis=1), chance.argmax(axis=1) == labels
    for low in (0.4, 0.6, 0.8):
        among = (first >= low) & (first < low + 0.2)
        assert first[among].mean() == pytest.approx(right[among].mean(), abs=0.05)


def test_cooling_keeps_the_order_of_a_row_and_what_is_not_allowed_out() -> None:
    scores = np.array([[0.1, 0.5, -0.2, -np.inf], [-0.3, -0.1, -0.2, -np.inf]])
    found = calibration.cooled(scores, 0.01, 0.1)
    assert np.array_equal(np.argsort(found), np.argsort(scores))
    assert np.all(np.isneginf(found[:, 3]))


def test_asking_back_is_chosen_only_where_answers_are_doubtful() -> None:
    sure = np.log(np.array([[0.97, 0.01, 0.01, 0.01]] * 20))
    torn = np.log(np.array([[0.41, 0.34, 0.2, 0.05]] * 20))
    logs = np.concatenate([sure, torn]).astype(np.float32)
    labels = np.array([0] * 20 + [1] * 15 + [0] * 5)
    assert 0.41 < calibration.best_unsure(logs, labels) <= 0.97


def test_out_of_scope_is_favoured_only_as_far_as_it_costs_little() -> None:
    inside = np.log(np.tile([0.9, 0.1], (100, 1)))
    outside = np.log(np.tile([0.6, 0.4], (20, 1)))
    logs = np.concatenate([inside, outside]).astype(np.float32)
    labels = np.array([0] * 100 + [1] * 20)
    bias = calibration.best_scope_bias(logs, labels, 1)
    assert np.log(0.6 / 0.4) < bias < np.log(0.9 / 0.1)


def test_at_most_one_in_twenty_gets_a_false_second_topic() -> None:
    false = np.linspace(0, 0.9, 200)
    assert (false >= calibration.best_second(false)).mean() <= 0.05
    assert calibration.best_second(np.array([])) > 0


def test_what_is_not_allowed_has_no_chance() -> None:
    found = chances(np.zeros((1, 4)), calibration.Settings(), allowed(INTENTS, after_answer=False))
    assert found[0].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])


def test_the_surest_sentence_speaks_for_the_message() -> None:
    whole = np.array([0.3, 0.4, 0.3, 0.0])
    parts = np.array([[0.9, 0.05, 0.05, 0.0], [0.3, 0.35, 0.35, 0.0]])
    found = together(whole, parts, INTENTS, 0.5)
    assert found.argmax() == 0
    assert found.sum() == pytest.approx(1)


def test_a_greeting_does_not_take_the_place_of_a_question() -> None:
    whole = np.array([0.1, 0.1, 0.8, 0.0])
    parts = np.array([[0.0, 0.01, 0.99, 0.0], [0.6, 0.3, 0.1, 0.0]])
    assert together(whole, parts, INTENTS, 0.0).argmax() == 0


def test_a_second_question_needs_a_sentence_for_the_first() -> None:
    parts = np.array([[0.9, 0.05, 0.05, 0.0], [0.1, 0.8, 0.1, 0.0], [0.1, 0.1, 0.8, 0.0]])
    assert seconds("ask/payslip", parts, INTENTS) == [("ask/sick_pay", 0.8)]
    assert seconds("ask/annual_leave", parts, INTENTS) == []
