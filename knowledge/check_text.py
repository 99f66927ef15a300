"""A finding of a rights check, told in words: outcome, sums, figures with their days, notes, what to do, who helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.checks import check_words
from knowledge.contact_text import reach_text
from knowledge.contacts import contact
from knowledge.figures import FigureValue
from knowledge.files import ROOT
from knowledge.formats import date_text, figure_text, quantity_text
from knowledge.phrases import phrase
from knowledge.placeholders import fill, set_values
from knowledge.register_words import figure_description
from knowledge.rules.outcome import Finding, Quantity


@dataclass(frozen=True)
class FindingText:
    """Each part ready to be read. `figures`: every figure of law used, with the day from which it holds."""

    answer: str
    meaning: tuple[str, ...]
    sums: tuple[str, ...]
    figures: tuple[str, ...]
    notes: tuple[str, ...]
    do: tuple[str, ...]
    help: tuple[str, ...]
    lang: str

    def lines(self) -> tuple[str, ...]:
        """All of it, the answer first."""
        return (
            self.answer, *self.meaning, *self.sums, *self.figures, *self.notes, *self.do, *self.help,
        )  # fmt: skip


def finding_text(check: str, finding: Finding, lang: str = "en", *, root: Path = ROOT) -> FindingText:
    """The words for a finding; English where the language lacks them.

    Raises CheckNotKnown, and KeyError for a key without words (the validator sees to it that there is none).
    """
    words = check_words(check, lang, root)
    told = words.outcomes[finding.outcome.value]

    def say(text: str, values: Mapping[str, Quantity]) -> str:
        written = {name: quantity_text(each.value, each.unit, words.lang, root=root) for name, each in values.items()}
        return set_values(fill(text, words.lang, root=root), written)

    return FindingText(
        answer=say(told.answer, finding.values),
        meaning=tuple(say(each, finding.values) for each in told.meaning),
        sums=tuple(say(words.sums[line.label], {**line.parts, "result": line.result}) for line in finding.sums),
        figures=tuple(_figure_line(figure, words.lang, root) for figure in finding.figures),
        notes=tuple(say(words.notes[note.key], note.values) for note in finding.notes),
        do=tuple(say(each, finding.values) for each in told.do),
        help=tuple(
            f"{reach_text(contact(name, root=root), words.lang, root=root)}: {say(what_for, finding.values)}"
            for name, what_for in told.help
        ),
        lang=words.lang,
    )


def _figure_line(figure: FigureValue, lang: str, root: Path) -> str:
    # The records begin in 2022; where a rule is older its start there says only that it held by then.
    older = (figure.note or "").startswith("In force before")
    return phrase(
        "check_figure_older" if older else "check_figure",
        lang,
        root=root,
        description=figure_description(figure, lang, root=root).rstrip(".।"),
        figure=figure_text(figure, lang, root=root),
        start=date_text(figure.start, lang),
    )
