"""The empty files of a new language's pack, and the list of what is to be written in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.example_files import EVALUATION, NLU, RISK
from knowledge.files import ROOT, forget
from knowledge.language_words import FILE as LANGUAGE_WORDS
from knowledge.language_words import spoken_of
from knowledge.languages import FILE as LANGUAGES
from knowledge.languages import all_languages, language_code
from knowledge.pack_files import KINDS


class LanguageNotDescribed(LookupError):
    """Neither the registry nor CLDR knows a language of that code."""


def add_language(lang: str, root: Path = ROOT) -> tuple[str, ...]:
    """Make what is missing and say what is to be written; what is there stays. Raises LanguageNotDescribed."""
    told: list[str] = []
    if lang not in all_languages(root):
        path = root / LANGUAGES
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + _line(lang) + "\n", encoding="utf-8")
        told.append(f"{LANGUAGES}: a line was added: look at its scripts and its own name")
        forget()
    if lang not in spoken_of(root):
        words = (root / LANGUAGE_WORDS).relative_to(root.parent)
        told.append(f"write {words}: its names, and what is said of it, in it")
    folders = [root.parent / folder / lang for folder in (NLU, RISK, EVALUATION)]
    for kind in KINDS:
        (root / kind.folder / lang if kind.items else root / kind.folder).mkdir(parents=True, exist_ok=True)
        missing = [name for name in kind.names(root) if not kind.path(name, lang, root).is_file()]
        told += [f"write {kind.path(name, lang, root).relative_to(root.parent)}" for name in missing]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            told.append(f"write {folder.relative_to(root.parent)}/")
    return tuple(told)


def _line(lang: str) -> str:
    from babel import Locale, UnknownLocaleError  # here, because Rasa's environment need not hold it

    faults = list(language_code(lang))  # Babel also takes "pt_BR" and "PT", which the registry does not
    if faults:
        raise LanguageNotDescribed(f"{lang} {faults[0]}")
    try:
        found = Locale.parse(lang)
    except (UnknownLocaleError, ValueError) as error:
        raise LanguageNotDescribed(f"CLDR knows no language {lang}: add its line to {LANGUAGES} by hand") from error
    scripts = _scripts(found.language)
    own = found.get_display_name(found) or lang
    return (
        f"{lang}: {{name: {found.english_name}, own_name: {own}, scripts: [{', '.join(scripts)}], "
        f"dir: {'rtl' if found.text_direction == 'rtl' else 'ltr'}, offered: false, reviewer: null}}"
    )


def _scripts(lang: str) -> Iterator[str]:
    from babel.core import get_global

    likely = get_global("likely_subtags").get(lang, f"{lang}_Latn")
    usual = next((part for part in likely.split("_") if len(part) == 4), "Latn")
    yield usual
    if usual != "Latn":
        yield "Latn"
