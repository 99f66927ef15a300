"""Misspelt words, and words with marks that few type, brought back to the word the phrases know."""

from __future__ import annotations

from collections.abc import Mapping, Set

from understanding.normal_text import unmarked
from understanding.signs_words import LONG, Sentence, corrected, neighbours


class Slips:
    """The listed misspellings of a language, its words with marks where the phrases have them without, and any slip.

    A slip is one letter wrong, missing or too many in a long word.
    """

    def __init__(self, listed: Mapping[str, str], known: Set[str]) -> None:
        self._listed = {str(wrong): tuple(str(right).split()) for wrong, right in listed.items()}
        self._known = frozenset(known)
        # Where the phrases have a word with its marks too, another mark is another word (Vietnamese).
        self._marked = {bare for word in known if (bare := unmarked(word)) != word}
        self._near: dict[str, str] = {}
        for word in sorted(known):
            if len(word) >= LONG and word.isalpha():
                for form in neighbours(word):
                    self._near.setdefault(form, word)

    def mend(self, sentence: Sentence) -> Sentence:
        """The sentence with its slips corrected; the words as written are kept beside it."""
        if not self._may_mend(sentence):
            return sentence
        return corrected(sentence, {word: right for word in sentence.distinct if (right := self._right(word))})

    def _may_mend(self, sentence: Sentence) -> bool:
        """Whether it is worth while to look at the words one by one."""
        return not (
            self._listed.keys().isdisjoint(sentence.distinct)
            and self._known.isdisjoint(sentence.bare)
            and self._near.keys().isdisjoint(sentence.near)
        )

    def _right(self, word: str) -> tuple[str, ...] | None:
        if word in self._listed:
            return self._listed[word]
        if word in self._known:
            return None
        bare = unmarked(word)
        if bare in self._known and bare not in self._marked:
            return (bare,)
        for form in neighbours(word):
            found = self._near.get(form)
            if found and found[0] == word[0] and found[-1] == word[-1]:
                return (found,)
        return None
