"""The signs of modern slavery in what a worker tells, and how grave they are together. It is never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge import clock
from knowledge.rules.outcome import AnswersRefused, Finding, Note, Outcome, Refusal, Vocabulary, names
from knowledge.rules.sign_levels import EMERGENCY, HIGH, LEVELS, NONE, level_of, level_together
from knowledge.rules.situation_questions import QUESTIONS, TOPICS

__all__ = [
    "VOCABULARY", "AnswersRefused", "SituationAnswers", "SituationFinding", "SituationOutcome", "check_situation",
    "next_question", "refusals",
]  # fmt: skip

HELP_TOPICS = ("get_help", "safety_planning")
CALM_TOPICS = ("signs_of_modern_slavery",)


class SituationOutcome(Outcome):
    """How grave the signs are. There is no member that says what somebody's situation is."""

    EMERGENCY = "emergency"
    HIGH = "high"
    CONCERN = "concern"
    NO_SIGN_TOLD = "no_sign_told"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class SituationAnswers:
    """What was chosen, by question. A question passed over is not in it, or has nothing chosen."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SituationFinding(Finding):
    """A finding with the level for the conversation, its signs (gravest first) and the topics to read."""

    level: str = NONE
    signs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def check_situation(answers: SituationAnswers, today: date | None = None) -> SituationFinding:
    """The signs told so far. It may be asked after every answer. Raises AnswersRefused."""
    on = today or clock.today()
    wrong = refusals(answers)
    if wrong:
        raise AnswersRefused(wrong)
    signs = _signs(answers)
    level = level_together(signs)
    return SituationFinding(
        outcome=_outcome(answers, level),
        on=on,
        notes=(*(Note(f"sign_{sign}") for sign in signs), *_closing(signs)),
        level=level,
        signs=signs,
        topics=_topics(signs, level),
    )


def next_question(asked: Iterable[str], level: str = NONE) -> str | None:
    """The question to ask next, or None when all were asked or passed over, or danger now goes before them."""
    done = set(asked)
    return None if level == EMERGENCY else next((question for question in QUESTIONS if question not in done), None)


def refusals(answers: SituationAnswers, today: date | None = None) -> tuple[Refusal, ...]:
    """Every question whose answer is none of its choices."""
    return tuple(
        Refusal(question, "not_a_choice")
        for question, chosen in answers.chosen.items()
        if question in QUESTIONS and not chosen <= set(QUESTIONS[question])
    )


def _signs(answers: SituationAnswers) -> tuple[str, ...]:
    told = [
        sign
        for question, choices in QUESTIONS.items()
        for choice, sign in choices.items()
        if sign is not None and choice in answers.chosen.get(question, frozenset())
    ]
    return tuple(sorted(told, key=lambda sign: -LEVELS.index(level_of(sign))))


def _outcome(answers: SituationAnswers, level: str) -> SituationOutcome:
    if level != NONE:
        return SituationOutcome(level)
    return SituationOutcome.NO_SIGN_TOLD if any(answers.chosen.values()) else SituationOutcome.CANNOT_TELL


def _closing(signs: tuple[str, ...]) -> tuple[Note, ...]:
    return (Note("not_your_fault"), Note("no_verdict")) if signs else (Note("no_verdict"),)


def _topics(signs: tuple[str, ...], level: str) -> tuple[str, ...]:
    first = HELP_TOPICS if level in (HIGH, EMERGENCY) else ()
    last = CALM_TOPICS if level not in (HIGH, EMERGENCY) else ()
    return tuple(dict.fromkeys((*first, *(TOPICS[sign] for sign in signs), *last)))


VOCABULARY = Vocabulary(
    check="situation",
    outcomes={each.value: names() for each in SituationOutcome},
    sums={},
    notes={
        **{f"sign_{sign}": names() for choices in QUESTIONS.values() for sign in choices.values() if sign},
        "not_your_fault": names(),
        "no_verdict": names(),
    },
    questions={question: names("not_a_choice") for question in QUESTIONS},
    choices={question: names(*choices) for question, choices in QUESTIONS.items()},
)
