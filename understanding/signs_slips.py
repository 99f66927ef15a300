"""Misspelt words, and words with marks that few type, brought back to the word the phrases know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from understanding.normal_text import unmarked
from understanding.signs_words import Sentence, corrected

# Shorter words have too many neighbours that are words themselves ("locked", "looked").
_SHORTEST = 8


class Slips:
    """The listed misspellings of a language, its words with marks where the phrases have them without, and any slip.

    A slip is one letter wrong, missing or too many in a long word.
    """

    def __init__(self, listed: Mapping[str, str], known: Set[str]) -> None:
        self._listed = {str(wrong): tuple(str(right).split()) for wrong, right in listed.items()}
        self._known = frozenset(known)
        # Where the phrases have a word with its marks too, another mark is another word (Vietnamese).
        self._unmarked = self._known - {bare for word in known if (bare := unmarked(word)) != word}
        self._near: dict[str, str] = {}
        for word in sorted(known):
            if len(word) >= _SHORTEST and word.isalpha():
                for form in (word, *_shortened(word)):
                    self._near.setdefault(form, word)

    def mend(self, sentence: Sentence) -> Sentence:
        """The sentence with its slips corrected; the words as written are kept beside it."""
        instead = {word: right for word in sentence.words if (right := self._right(word))}
        return corrected(sentence, instead) if instead else sentence

    def _right(self, word: str) -> tuple[str, ...] | None:
        if word in self._listed:
            return self._listed[word]
        if word in self._known:
            return None
        bare = unmarked(word)
        if bare in self._unmarked:
            return (bare,)
        if len(word) < _SHORTEST - 1:
            return None
        for form in (word, *_shortened(word)):
            found = self._near.get(form)
            if found and found[0] == word[0] and found[-1] == word[-1]:
                return (found,)
        return None


def _shortened(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
