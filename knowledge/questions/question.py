"""A question of a check: its name, how its answer is read, and what an answer looks like when it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from knowledge.checks import QuestionWords
from knowledge.said.language import language_of_units

Given = Mapping[str, Any]
"""The answers so far, by question, as plain JSON values; None is a question passed over or not known."""


@dataclass(frozen=True)
class Asking:
    """What a question is read and written with: its words, both languages, today, and the answers so far."""

    words: QuestionWords
    lang: str
    spoken: str
    today: date
    given: Given
    numbered: Sequence[str] = ()
    """The choices as they are numbered on the screen."""
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What each choice is called in the language of the question, in the worker's own and in English."""


@dataclass(frozen=True)
class Read:
    """An answer, as a plain JSON value. `rough`: it was said to be not exact."""

    value: Any
    rough: bool = False


@dataclass(frozen=True)
class Unfit:
    """An answer that was understood and cannot be used. `reason` is the key of the words that say why."""

    reason: str


class Kind(Protocol):
    """How one kind of answer is read and repeated."""

    @property
    def hint(self) -> str:
        """The key of the words that say how to answer."""

    @property
    def counts(self) -> bool:
        """Whether a number, and so nothing at all, can be the answer."""

    def read(self, said: str, asking: Asking) -> Read | Unfit | None:
        """The answer in a text; None where it holds none."""

    def tell(self, value: Any, asking: Asking) -> str:
        """The answer repeated in words."""


@dataclass(frozen=True)
class Question:
    """`words`: whose words ask it, where they are not its own. `about`: the choice of another question it goes with."""

    name: str
    kind: Kind
    words: str = ""
    about: tuple[str, str] | None = None

    @property
    def worded(self) -> str:
        """The question in the file of words."""
        return self.words or self.name


def read_answer(question: Question, said: str, asking: Asking) -> Read | Unfit | None:
    """The answer in a text, in the language of its units where they are another's; None where it holds none."""
    return question.kind.read(said, replace(asking, spoken=language_of_units(said, asking.spoken)))


def decimal(given: Given, name: str) -> Decimal | None:
    """A number that was given."""
    value = given.get(name)
    return None if value is None else Decimal(str(value))


def amount(given: Given, name: str) -> Decimal:
    """A number that was given, nothing where it was not."""
    return decimal(given, name) or Decimal(0)


def whole(given: Given, name: str) -> int | None:
    """A number that was given, without its part."""
    value = decimal(given, name)
    return None if value is None else int(value)


def when(given: Given, name: str) -> date | None:
    """A day that was given."""
    value = given.get(name)
    return None if not value else date.fromisoformat(str(value))


def chosen(given: Given, name: str) -> tuple[str, ...]:
    """The choices that were made."""
    return tuple(given.get(name) or ())
