"""Choices as people name them: by number ("1 and 3"), by their words, or by a word that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.said.numbers import western_digits
from knowledge.said.spelling import plain_words
from knowledge.said.through import joining_words
from knowledge.spoken import ENGLISH, Spoken, spoken

Titles = Mapping[str, Sequence[str]]
"""What each choice is called, by its key: in the language of the question, in the worker's own and in English."""

_MARKS = r"[,;&+\u060c\u0964]"
_LONGEST_CHOICE, _SHORTEST_STEM, _FEW, _LONGEST_NUMBER = 12, 4, 2, 3


def choices_named(said: str, titles: Titles, numbered: Sequence[str], lang: str = ENGLISH) -> tuple[str, ...]:
    """The keys of the choices that a text names; none where a part of it names none for sure.

    `numbered`: the keys as they are numbered on the screen. `lang`: the worker's language.
    """
    words = _Words.of(spoken(lang))
    bare = plain_words(said)
    digits = re.findall(r"\d+", western_digits(said))
    if digits and not any(len(re.sub(r"\d", "", word)) >= _SHORTEST_STEM for word in words.telling(bare)):
        return _by_number(digits, numbered)
    whole = [key for key, known in titles.items() if bare in map(plain_words, known) or _is_key(bare, key)]
    if whole or len(bare.split()) > _LONGEST_CHOICE:
        return tuple(whole[:1])
    parts = re.split(f"{_MARKS}|{joining_words(lang)}", western_digits(said))
    parts = [part for part in parts if plain_words(part)]
    if len(parts) > 1:
        named = [choices_named(part, titles, numbered, lang) for part in parts]
        return tuple(dict.fromkeys(key for each in named for key in each)) if all(named) else ()
    within = (key for key, known in titles.items() if any(_stands_in(bare, plain_words(one), words) for one in known))
    return tuple(within) or _by_a_yes(bare, titles, words) or _by_single_words(bare, titles, words)


@dataclass(frozen=True)
class _Words:
    """Words of a language: `passing` ones, which choose nothing ("my"), `denials` ("not"), yes, and "a" and "an"."""

    passing: frozenset[str]
    denials: frozenset[str]
    yes: frozenset[str]
    articles: frozenset[str]

    @classmethod
    def of(cls, words: Spoken) -> _Words:
        lists = ("passing", "denials", "yes_begins", "number_article")
        return cls(*(frozenset(plain_words(each) for each in words[name]) for name in lists))

    def telling(self, bare: str) -> frozenset[str]:
        """The words that say something."""
        return frozenset(word for word in bare.split() if not word.isdigit()) - self.passing - self.denials

    def agree(self, one: str, other: str) -> bool:
        """Whether both deny or neither does: "not well" does not choose "well", nor "no" what begins with "not"."""
        return self.denials.isdisjoint(one.split()) == self.denials.isdisjoint(other.split())


def _is_key(bare: str, key: str) -> bool:
    """Whether the text is the key in words, where it has several ("with_me"): one alone is part of others too."""
    return "_" in key and bare == key.replace("_", " ")


def _by_number(digits: Sequence[str], numbered: Sequence[str]) -> tuple[str, ...]:
    places = [int(each) - 1 if len(each) <= _LONGEST_NUMBER else -1 for each in digits]
    known = all(0 <= place < len(numbered) for place in places)
    return tuple(dict.fromkeys(numbered[place] for place in places)) if known else ()


def _stands_in(bare: str, title: str, words: _Words) -> bool:
    """Whether the title stands in the text; one of a single word only where little else is said."""
    first, _, rest = title.partition(" ")
    title = rest if rest and first in words.articles else title
    enough = len(title.split()) > 1 or len(words.telling(bare)) <= _FEW
    return enough and f" {title} " in f" {bare} " and words.agree(bare, title)


def _by_a_yes(bare: str, titles: Titles, words: _Words) -> tuple[str, ...]:
    """A bare yes chooses the only choice that is one: "Yes, as I like"."""
    if bare not in words.yes:
        return ()
    firsts = {key: {plain_words(one.partition(",")[0]) for one in known if "," in one} for key, known in titles.items()}
    found = tuple(key for key, said in firsts.items() if not words.yes.isdisjoint(said))
    return found if len(found) == 1 else ()


def _by_single_words(bare: str, titles: Titles, words: _Words) -> tuple[str, ...]:
    """The only choice that has most of the words that say something: a word in passing chooses nothing.

    The key of a choice is a title of it too ("no_days_off").
    """
    said = words.telling(bare)
    shared: dict[str, int] = {}
    for key, known in titles.items():
        forms = [form for one in (*known, key.replace("_", " ")) if words.agree(bare, form := plain_words(one))]
        shared[key] = max((_shared(said, words.telling(form)) for form in forms), default=0)
    most = max(shared.values(), default=0)
    best = tuple(key for key, count in shared.items() if count == most)
    return best if most and 2 * most >= len(said) and len(best) == 1 else ()


def _shared(said: frozenset[str], title: frozenset[str]) -> int:
    return sum(any(_alike(word, one) for one in title) for word in said)


def _alike(one: str, other: str) -> bool:
    """The same word, or one that begins with the other: month and monthly, agency and agencies."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SHORTEST_STEM and long.startswith(short))
