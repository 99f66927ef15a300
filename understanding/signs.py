"""Signs of danger by written rules: patterns for every language there is, and what takes their force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.sign_files import MARK, SIGN
from understanding.risk import PatternReading
from understanding.risk_levels import EMERGENCY, NOBODY, NOW, PAST, SELF, SOMEBODY_ELSE, UNKNOWN, Sign, rank
from understanding.signs_book import Hit
from understanding.signs_rules import Rules, read_rules
from understanding.signs_scope import Scope
from understanding.signs_words import Sentence, cut

_ENGLISH = "en"
# A joke takes the force of a short message; in a long one it is one sentence among others.
_SHORT = 30


@dataclass(frozen=True)
class _Found:
    """A sign in a message before it is known what else the message says."""

    sign: str
    words: str
    about: str
    when: str


class SignPatterns:
    """Reads signs by the rules of every language at once: nobody's language is known for certain from one message.

    Whether a message is calm is told by the rules of its own language, and by the English ones.
    """

    def __init__(self, rules: Mapping[str, Rules]) -> None:
        self.rules = dict(rules)

    def read(self, text: str, language: str = _ENGLISH) -> PatternReading:
        """The signs in `text`, the gravest first."""
        joined = cut(text)
        parted = cut(text, True) if any("'" in word for sentence in joined for word in sentence.shown) else joined
        signs: dict[str, Sign] = {}
        about, when, calm, joke = set(), set(), False, False
        for code, rules in self.rules.items():
            found = _Reading(rules, parted if rules.apostrophe_parts else joined)
            for one in found.signs():
                signs.setdefault(one.sign, Sign(one.sign, one.words, rules.kinds[one.sign].level))
                about.add(one.about)
                when.add(one.when)
            if code in (language, _ENGLISH):
                calm, joke = calm or found.calm, joke or found.joke
        return PatternReading(
            tuple(sorted(signs.values(), key=lambda sign: -rank(sign.level))),
            next((who for who in (SELF, SOMEBODY_ELSE) if who in about), NOBODY),
            next((time for time in (NOW, PAST) if time in when), UNKNOWN),
            calm and not signs,
            joke,
        )


class _Reading:
    """One message by the rules of one language."""

    def __init__(self, rules: Rules, sentences: Sequence[Sentence]) -> None:
        self.rules = rules
        mended = [rules.slips.mend(sentence) for sentence in sentences]
        found = [(sentence, rules.book.find(sentence)) for sentence in mended]
        self.scopes = [Scope(rules, sentence, hits) for sentence, hits in found if hits]
        self.marks = {hit.key for scope in self.scopes for hit in scope.hits if hit.key.startswith(f"{MARK}:")}
        joked = any(scope.joked() for scope in self.scopes)
        self.joke = joked and sum(len(sentence.words) for sentence in mended) <= _SHORT
        self.calm = self.joke or any(scope.of("questions") or scope.of("idioms") for scope in self.scopes)

    def signs(self) -> Iterator[_Found]:
        """Every sign that is stated, raised by what stands beside it, lowered by being over."""
        for scope in self.scopes:
            when = _when(scope)
            for hit in scope.hits:
                name = self._named(hit)
                if name is None:
                    continue
                about = self._about(scope, hit)
                if scope.taken_back(hit, name, self._speaks_of_self(scope, hit)) or self._joked(name):
                    self.calm = True
                    continue
                yield _Found(self._weighed(name, when), scope.sentence.said(hit.start, hit.end), about, when)

    def _named(self, hit: Hit) -> str | None:
        kind, _, rest = hit.key.partition(":")
        if kind != SIGN:
            return None
        name, _, near = rest.partition(":")
        return name if not near or f"{MARK}:{near}" in self.marks else None

    def _speaks_of_self(self, scope: Scope, hit: Hit) -> bool:
        return any(hit.overlaps(other) for other in scope.of("self"))

    def _joked(self, name: str) -> bool:
        return self.joke and self.rules.kinds[name].level != EMERGENCY

    def _weighed(self, name: str, when: str) -> str:
        if when != PAST:
            for (sign, mark), graver in self.rules.rises.items():
                if sign == name and f"{MARK}:{mark}" in self.marks:
                    return graver
            return name
        return self.rules.kinds[name].past or name

    def _about(self, scope: Scope, hit: Hit) -> str:
        """Whom the phrase is about; where it does not say, the sentence, then the message."""
        everything = [other for one in self.scopes for other in one.hits]
        inside = [other for other in scope.hits if hit.overlaps(other)]
        for hits in (inside, scope.hits, everything):
            keys = {other.key for other in hits}
            if "self" in keys:
                return SELF
            if "somebody_else" in keys:
                return SOMEBODY_ELSE
        return SELF


def _when(scope: Scope) -> str:
    if scope.of("now"):
        return NOW
    return PAST if scope.of("past") else UNKNOWN


def read_patterns(folder: Path) -> SignPatterns:
    """The rules of every language in the folder. Raises FileMalformed where one is broken."""
    return SignPatterns({path.stem: read_rules(path) for path in sorted(folder.glob("*.yml"))})
