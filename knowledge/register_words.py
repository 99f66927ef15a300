"""The words of the registers in another language: sections, checks, situations, what contacts say, names of figures.

The English stands in the registers themselves (topics.yml, situations.yml, contacts.yml, figures/); a translation is
one file a language, registers/<lang>.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.contacts import Contact, all_contacts
from knowledge.figures import FigureValue, figure, figure_ids
from knowledge.files import ROOT, read_checked, remembered
from knowledge.made_from import ENGLISH, Texts, beside_english, stale_parts
from knowledge.rules.figures_told import FIGURES_TOLD
from knowledge.shape import identifier, matching, record, table, text
from knowledge.situations import all_situations, situation
from knowledge.topics import RightsCheck, Section, all_checks, all_sections

FOLDER = "registers"
CONTACT_WORDS = ("cost", "language_help", "doubt", "immigration")
_PLAIN_COSTS = ("free", "standard", "unknown")
registers_form = record(
    {},
    {
        "sections": table(identifier, record({"title": text, "menu": text})),
        "checks": table(identifier, text),
        "situations": table(identifier, text),
        "contacts": table(identifier, record({}, dict.fromkeys(CONTACT_WORDS, text))),
        "figures": table(matching(r"[a-z_]+\.[a-z0-9_]+", "the name of a figure"), text),
    },
)


def register_text(part: str, english: str, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A text of a register in the language, English where it lacks it. `part`: such as "contacts.acas.immigration"."""
    own = texts(lang, root).get(part) if lang != ENGLISH else None
    if own is None:
        return english
    return beside_english(own, english) if part in _stale(lang, root) else own


def section_title(section: Section, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """The title of a section of the menu."""
    return register_text(f"sections.{section.id}.title", section.title, lang, root=root)


def section_menu(section: Section, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A section on a button."""
    return register_text(f"sections.{section.id}.menu", section.menu, lang, root=root)


def check_menu(check: RightsCheck, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A rights check on a button."""
    return register_text(f"checks.{check.id}", check.menu, lang, root=root)


def situation_title(situation_id: str, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """A situation on a button. Raises SituationNotKnown."""
    english = situation(situation_id, root=root).title
    return register_text(f"situations.{situation_id}", english, lang, root=root)


def contact_words(contact: Contact, kind: str, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """What a contact says of itself: one of CONTACT_WORDS; nothing where it says nothing."""
    english: str | None = getattr(contact, kind)
    return register_text(f"contacts.{contact.id}.{kind}", english, lang, root=root) if english else ""


def figure_description(figure: FigureValue, lang: str = ENGLISH, *, root: Path = ROOT) -> str:
    """What a figure is, as a sentence."""
    return register_text(f"figures.{figure.id}", figure.description, lang, root=root)


def texts(lang: str, root: Path = ROOT) -> Texts:
    """Every text of the registers in a language, by part. Raises FileMalformed."""
    return english_texts(root) if lang == ENGLISH else _own_texts(lang, root)


@remembered
def english_texts(root: Path = ROOT) -> Texts:
    """What a translation is made from. Of the figures only those that a rights check tells."""
    found: dict[str, str] = {}
    for section in all_sections(root):
        found[f"sections.{section.id}.title"] = section.title
        found[f"sections.{section.id}.menu"] = section.menu
    found |= {f"checks.{check.id}": check.menu for check in all_checks(root)}
    found |= {f"situations.{name}": each.title for name, each in all_situations(root).items()}
    for name, each in all_contacts(root).items():
        for kind in CONTACT_WORDS:
            said = getattr(each, kind)
            if said and said not in _PLAIN_COSTS:
                found[f"contacts.{name}.{kind}"] = said
    found |= {f"figures.{name}": figure(name, root).description for name in figure_ids(root) if name in FIGURES_TOLD}
    return found


@remembered
def _own_texts(lang: str, root: Path) -> Texts:
    path = root / FOLDER / f"{lang}.yml"
    return dict(_flat(read_checked(path, registers_form) or {})) if path.is_file() else {}


def _flat(data: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, content in data.items():
        name = f"{before}{key}"
        found += _flat(content, f"{name}.") if isinstance(content, dict) else [(name, " ".join(content.split()))]
    return found


@remembered
def _stale(lang: str, root: Path) -> frozenset[str]:
    return frozenset(stale_parts(FOLDER, lang, english_texts(root), root=root))
