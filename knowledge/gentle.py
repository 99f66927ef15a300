"""The one gentle question after an answer on concern, and what its answer tells. Read once, at import."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.files import ROOT, read_checked
from knowledge.shape import identifier, list_of, one_of, record, table

FILE = "gentle.yml"
gentle_form = table(
    identifier, record({"signs": list_of(identifier, 1), "more": one_of("yes", "no"), "shows": identifier}), 1
)


@dataclass(frozen=True)
class GentleQuestion:
    """It follows `signs` of concern. The answer `more`, "yes" or "no", shows the sign `shows`, which is high."""

    id: str
    signs: tuple[str, ...]
    more: str
    shows: str

    def outcome(self, answer: str) -> str:
        """The level an answer tells: "high", "none", or "concern" when it was skipped."""
        if answer == "skip":
            return "concern"
        return "high" if answer == self.more else "none"


def question(question_id: str) -> GentleQuestion | None:
    """The question of that id, if there is one."""
    return _QUESTIONS.get(question_id)


def for_signs(signs: tuple[str, ...]) -> GentleQuestion:
    """The question that fits the first of the signs that has one; the last question where none does."""
    questions = tuple(_QUESTIONS.values())
    for sign in signs:
        for each in questions:
            if sign in each.signs:
                return each
    return questions[-1]


_QUESTIONS = {
    name: GentleQuestion(name, tuple(entry["signs"]), entry["more"], entry["shows"])
    for name, entry in read_checked(ROOT / FILE, gentle_form).items()
}
