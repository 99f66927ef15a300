"""The registry of languages: own name, scripts, direction, reviewer, and whether it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import boolean, list_of, matching, one_of, optional, record, table, text

FILE = "languages.yml"
language_code = matching(r"[a-z]{2,3}", "a language code of two or three letters")
languages_form = table(
    language_code,
    record(
        {"name": text, "own_name": text, "scripts": list_of(matching(r"[A-Z][a-z]{3}", "a script code"), 1),
         "dir": one_of("ltr", "rtl"), "offered": boolean, "reviewer": optional(text)},
    ),
    at_least=1,
)  # fmt: skip


class LanguageNotKnown(LookupError):
    """No language of that code stands in the registry."""


@dataclass(frozen=True)
class Language:
    """`scripts`: ISO 15924 codes, the usual one first. `dir`: the direction of that one, ltr or rtl."""

    code: str
    name: str
    own_name: str
    scripts: tuple[str, ...]
    dir: str
    offered: bool
    reviewer: str | None


def language(code: str, *, root: Path = ROOT) -> Language:
    """One language. Raises LanguageNotKnown."""
    try:
        return all_languages(root)[code]
    except KeyError as error:
        raise LanguageNotKnown(f"there is no language {code}") from error


def offered_languages(root: Path = ROOT) -> tuple[Language, ...]:
    """The languages a worker may choose today."""
    return tuple(each for each in all_languages(root).values() if each.offered)


@remembered
def all_languages(root: Path = ROOT) -> dict[str, Language]:
    """Every language by its code, in the order of the registry. Raises FileMalformed."""
    data = read_checked(root / FILE, languages_form)
    return {code: Language(code, **{**entry, "scripts": tuple(entry["scripts"])}) for code, entry in data.items()}
