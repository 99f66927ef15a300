"""What stands around a phrase and takes its force: a denial, a general question, an idiom, a joke, a third party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.sign_files import DENIAL, UNLESS
from understanding.signs_book import Hit
from understanding.signs_rules import Rules
from understanding.signs_words import Sentence

# How far (in words) what takes the force may stand before the phrase.
_FRAME_REACH, _SUBJECT_REACH, _WORD_REACH, _QUESTION_REACH = 3, 3, 4, 2


@dataclass(frozen=True)
class Scope:
    """One sentence with everything that was found in it."""

    rules: Rules
    sentence: Sentence
    hits: Sequence[Hit]

    def of(self, key: str) -> list[Hit]:
        """What was found under that key."""
        return [hit for hit in self.hits if hit.key == key]

    def taken_back(self, hit: Hit, sign: str, about_self: bool) -> bool:
        """Whether the sentence does not state what the phrase says."""
        return (
            bool(self.of(f"{UNLESS}:{sign}"))
            or (bool(self.of("elsewhere")) and not about_self)
            or any(hit.overlaps(idiom) for idiom in self.of("idioms"))
            or self.asked(hit)
            or self.denied(hit)
        )

    def joked(self) -> bool:
        """Whether the writer calls it a joke."""
        unharmed = self.of(f"{DENIAL}:except")
        return any(not any(joke.overlaps(other) for other in unharmed) for joke in self.of("jokes"))

    def asked(self, hit: Hit) -> bool:
        """Whether it is asked in general or supposed ("can my employer ...", "what if ..."), not told."""
        for question in self.of("questions"):
            if question.start < hit.start <= question.end + _QUESTION_REACH and self.begins(hit) <= question.start:
                return True
        return False

    def denied(self, hit: Hit) -> bool:
        """Whether the same statement says that it is not so."""
        begins = self.begins(hit)
        unharmed = self.of(f"{DENIAL}:except")

        def before(part: str, reach: int) -> bool:
            return any(
                begins <= denial.start and denial.end <= hit.start <= denial.end + reach
                for denial in self.of(f"{DENIAL}:{part}")
                if not any(denial.overlaps(other) for other in unharmed)
            )

        if before("frames", _FRAME_REACH) or before("subjects", _SUBJECT_REACH):
            return True
        own_subject = self.sentence.words[hit.start] in self.rules.subjects
        own_denial = any(hit.start <= denial.start < hit.end for denial in self.of(f"{DENIAL}:words"))
        return not own_subject and not own_denial and before("words", _WORD_REACH)

    def begins(self, hit: Hit) -> int:
        """Where the statement that holds the phrase begins."""
        at = hit.start
        while at > 0:
            word = self.sentence.words[at]
            if at in self.sentence.commas and word in self.rules.subjects:
                return at
            if self.sentence.words[at - 1] in self.rules.joints:
                return at
            at -= 1
        return 0
