from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.files import FileMalformed
from knowledge.sign_phrases import PhraseBroken, sequences
from understanding import signs_book
from understanding.risk import SIGNS, PatternReading
from understanding.risk_levels import highest
from understanding.signs import SignPatterns, read_patterns
from understanding.signs_book import Book
from understanding.signs_registry import registry
from understanding.signs_words import cut

ENGLISH = read_patterns(SIGNS)
OWN_WORDS = {
    word for rules in ENGLISH.rules.values() for known in (rules.book.words, rules.book._beginnings) for word in known
}


def level(text: str) -> str:
    return highest(sign.level for sign in ENGLISH.read(text).signs)


def ids(reading: PatternReading) -> set[str]:
    return {sign.id for sign in reading.signs}


# ---- scope


def test_a_denial_in_one_clause_does_not_hide_a_statement_in_another() -> None:
    reading = ENGLISH.read("nobody hit me but he took my passport")
    assert ids(reading) == {"documents_held"}
    assert reading.signs[0].words == "he took my passport"


@pytest.mark.parametrize(
    "text",
    [
        "I don't know what to do, he took my passport",
        "I do not know why he took my passport",
        "I can't sleep. he took my passport",
        "not only he took my passport he also shouts",
        "he doesn't pay me and he took my passport",
        "I'm not joking he took my passport",
    ],
)
def test_a_word_of_denial_elsewhere_does_not_hide_a_statement(text: str) -> None:
    assert "documents_held" in ids(ENGLISH.read(text))


def test_a_question_after_a_statement_does_not_hide_it() -> None:
    assert level("my employer has my passport, is that legal?") == "high"
    assert level("Can my employer keep my passport? He took my passport in March.") == "high"
    assert level("can i go to police, my boss has my passport") == "high"


@pytest.mark.parametrize("marks", ["", ".", "...", "?!", " please"])
@pytest.mark.parametrize("write", [str.upper, str.title, str.lower])
def test_case_and_marks_change_nothing(write, marks: str) -> None:
    assert level(write("my boss has my passport") + marks) == "high"


@pytest.mark.parametrize(
    "text",
    [
        "my bos has my pasport",
        "my employr took my passprt",
        "dem seize my passport",
        "oga carry my papers",
        "HE'S GOT MY PASSPORT",
    ],
)
def test_slips_and_other_englishes_are_read(text: str) -> None:
    assert level(text) == "high"


def test_a_joke_of_the_writer_is_told_from_a_joke_of_the_boss() -> None:
    mine = ENGLISH.read("my boss took my passport, just kidding")
    assert (mine.signs, mine.calm, mine.joke) == ((), True, True)
    his = ENGLISH.read("he took my passport and said he was just joking")
    assert (ids(his), his.joke) == ({"documents_held"}, False)


def test_a_joke_does_not_hide_an_emergency() -> None:
    assert level("he has a knife, just kidding") == "emergency"


def test_two_people_in_one_message_are_both_heard_and_the_writer_comes_first() -> None:
    reading = ENGLISH.read("my boss hit my friend. he took my passport too")
    assert {"violence", "documents_held"} <= ids(reading)
    assert reading.about == "self"


def test_whom_it_is_about_is_told() -> None:
    assert ENGLISH.read("they took her passport").about == "somebody_else"
    assert ENGLISH.read("my sister is beaten by her boss").about == "somebody_else"
    assert ENGLISH.read("my boss slapped me").about == "self"
    assert ENGLISH.read("what is the minimum wage").about == "nobody"


def test_when_it_happened_is_told_and_an_emergency_long_over_is_none() -> None:
    now, past = ENGLISH.read("he is hitting me right now"), ENGLISH.read("last year he was hitting me")
    assert (highest(sign.level for sign in now.signs), now.when) == ("emergency", "now")
    assert (highest(sign.level for sign in past.signs), past.when) == ("high", "past")


def test_a_statement_at_the_end_of_a_long_text_is_seen_with_its_words() -> None:
    text = (
        "I work in a care home and I like it. The rota is fine, we have breaks and tea. " * 40
        + "My boss has my passport."
    )
    reading = ENGLISH.read(text)
    assert [(sign.id, sign.words) for sign in reading.signs] == [("documents_held", "boss has my passport")]


def test_the_gravest_sign_stands_first() -> None:
    reading = ENGLISH.read("he took my passport. he has a knife. my wages are late")
    assert [sign.level for sign in reading.signs] == ["emergency", "high", "concern"]


def test_an_unknown_language_is_read_by_every_language() -> None:
    assert "documents_held" in ids(ENGLISH.read("oga get my passport", "und"))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(ENGLISH.read(text), PatternReading)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "he",
                "my",
                "boss",
                "not",
                "never",
                "took",
                "has",
                "passport",
                "if",
                "can",
                "kill",
                "me",
                ".",
                ",",
                "?",
                "and",
                "but",
                "hit",
                "i",
                "'",
                "\x00",
                "�",
            ]
        ),
        max_size=60,
    )
)
def test_any_row_of_its_own_words_can_be_read(words: list[str]) -> None:
    assert isinstance(ENGLISH.read(" ".join(words)), PatternReading)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcdefgh ", min_size=5, max_size=60))
def test_no_word_of_a_message_stays_in_memory(text: str) -> None:
    before = set(signs_book._VOCAB.strings)
    ENGLISH.read(f"my boss took my passport {text}")
    assert set(signs_book._VOCAB.strings) - before <= OWN_WORDS | {signs_book._BLANK, "found"}


# ---- the registry and the files


def test_every_sign_says_itself_to_an_officer_and_to_a_worker() -> None:
    for kind in registry().values():
        assert kind.officer.endswith(".")
        assert kind.worker.endswith(".")
        assert len(kind.worker.split()) <= 15
        assert kind.tied_to


def test_every_sign_has_english_phrases() -> None:
    rules = ENGLISH.rules["en"]
    entries = {entry.key for found in rules.book._by_rarest.values() for entry in found}
    named = {key.split(":")[1] for key in entries if key.startswith("sign:")}
    assert named == set(registry())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("signs: {eaten: [he ate it]}", "eaten: no such sign"),
        ("signs: {violence: [he (hit]}", "bracket is not closed"),
        ("signs: {violence: [he hit)]}", "was not opened"),
        ("signs: {violence: ['... ..']}", "without any of its words"),
        ("signs: {violence: [<boss> hit me]}", "no word class <boss>"),
        ("signs: {violence: [he || hit]}", "alternative is empty"),
        ("signs: {violence: [{near: fear, phrases: [he hit me]}]}", "fear: no such mark"),
        ("signs: {violence: []}", "violence: must be a list of phrases"),
        ("sign: {violence: [he hit me]}", "signs: is missing"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "xx.yml").write_text(content, encoding="utf-8")
    with pytest.raises(FileMalformed, match=reason):
        read_patterns(tmp_path)


def test_a_second_language_is_read_beside_english_whatever_the_guess(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("signs: {documents_held: [has my passport]}", encoding="utf-8")
    (tmp_path / "fr.yml").write_text(
        "apostrophe: parts\ndenials: {words: [n]}\nsigns: {documents_held: [a (pris)? mon passeport]}", encoding="utf-8"
    )
    both = read_patterns(tmp_path)
    for guess in ("en", "fr", "und"):
        assert ids(both.read("l'employeur a pris mon passeport", guess)) == {"documents_held"}
        assert ids(both.read("he has my passport", guess)) == {"documents_held"}
    assert ids(both.read("il n'a pas mon passeport", "fr")) == set()


def test_a_script_without_spaces_is_read_letter_by_letter(tmp_path: Path) -> None:
    (tmp_path / "zh.yml").write_text("signs: {documents_held: [拿 走 了? 我 的 护 照]}", encoding="utf-8")
    assert ids(SignPatterns(read_patterns(tmp_path).rules).read("老板拿走了我的护照", "zh")) == {"documents_held"}


# ---- phrases


def found(phrase: str, text: str) -> list[tuple[int, int]]:
    book = Book([("x", one) for one in sequences(phrase, {})])
    return [(hit.start, hit.end) for sentence in cut(text) for hit in book.find(sentence)]


def test_phrases_have_alternatives_missing_words_beginnings_and_gaps() -> None:
    assert found("he (has | took) my passport", "so he took my passport") == [(1, 5)]
    assert found("he just? left", "he left") == [(0, 2)]
    assert found("deport* me", "deporting me") == [(0, 2)]
    assert found("he .. passport", "he has my passport") == [(0, 4)]
    assert found("he .. passport", "he really has my passport") == []
    assert found("he _ me", "he me") == []
    assert found("(at the airport)? he took it", "at the airport he took it") == [(0, 6), (3, 6)]


def test_a_gap_does_not_reach_over_a_full_stop_or_a_denial() -> None:
    assert found("he ... passport", "he left. my passport") == []
    book = Book([("x", one) for one in sequences("he ... passport", {})], frozenset({"not"}))
    assert [book.find(sentence) for sentence in cut("he has not my passport")] == [[]]


def test_a_phrase_that_means_too_much_is_refused() -> None:
    many = " ".join(["(a | b c)"] * 10)
    with pytest.raises(PhraseBroken, match="more than"):
        sequences(many, {})


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab()|<>?*._ ", max_size=30))
def test_any_phrase_is_read_or_refused(phrase: str) -> None:
    with contextlib.suppress(PhraseBroken):
        assert sequences(phrase, {})
