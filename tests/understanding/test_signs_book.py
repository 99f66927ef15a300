from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from spacy.tokens import Doc

from knowledge.sign_phrases import sequences
from understanding import signs_book
from understanding.signs_book import Book
from understanding.signs_words import cut


def book(*phrases: str) -> Book:
    return Book((phrase, one) for phrase in phrases for one in sequences(phrase, {}))


def keys(of: Book, text: str) -> list[str]:
    return [hit.key for sentence in cut(text) for hit in of.find(sentence)]


def test_words_of_which_a_phrase_knows_the_beginning_are_found_however_long_it_is() -> None:
    known = book("go* home", "deport* me", "passport me")
    assert keys(known, "going home") == ["go* home"]
    assert keys(known, "go home") == ["go* home"]
    assert keys(known, "deporting me") == ["deport* me"]
    assert keys(known, "depot me") == []
    assert keys(known, "passports me") == []


def test_only_the_phrases_last_looked_for_stay_in_the_form_that_takes_memory() -> None:
    many = [f"word{number} again" for number in range(signs_book._MOST_MATCHERS + 50)]
    known = book(*many)
    assert [keys(known, phrase) for phrase in many] == [[phrase] for phrase in many]
    assert signs_book._matcher.cache_info().currsize <= signs_book._MOST_MATCHERS
    assert keys(known, many[0]) == [many[0]]


def test_one_thread_at_a_time_uses_the_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    make = Doc
    counting = threading.Lock()

    def slow(*args: object, **values: object) -> object:
        nonlocal inside, most
        with counting:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        with counting:
            inside -= 1
        return make(*args, **values)

    monkeypatch.setattr(signs_book, "Doc", slow)
    known = book("he hit me")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: keys(known, text), ["so he hit me"] * 8))
    assert (most, found) == (1, [["he hit me"]] * 8)


def test_an_endless_word_takes_no_more_memory_than_itself() -> None:
    (sentence,) = cut("ab" * 5_000)
    assert sentence.near == frozenset()
    assert sentence.heads == {"a", "ab", "aba"}
