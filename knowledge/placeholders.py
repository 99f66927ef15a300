"""What stands in braces in our words: {family.figure}, {family.figure|number}, {contact.acas}, {contact.acas.web}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.contact_text import cost_text, hours_text, reach_text
from knowledge.contacts import contact
from knowledge.figures import value
from knowledge.files import ROOT
from knowledge.formats import bare_number, figure_text

_BRACED = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
CONTACT_PARTS = ("name", "number", "hours", "web", "email", "cost")


class PlaceholderMalformed(ValueError):
    """Braces hold something that names neither a figure, a contact nor a plain value."""


@dataclass(frozen=True)
class Placeholder:
    """What one pair of braces asks for. `kind`: figure, contact or value."""

    written: str
    kind: str
    id: str
    part: str | None = None


def placeholders_in(text: str) -> tuple[Placeholder, ...]:
    """Every placeholder of a text, in order. Raises PlaceholderMalformed, also for a brace that stands alone."""
    loose = _BRACED.sub("", text)
    if "{" in loose or "}" in loose:
        raise PlaceholderMalformed("a brace stands alone")
    return tuple(_read(found.group(1)) for found in _BRACED.finditer(text))


def without_placeholders(text: str, instead: str = "") -> str:
    """The text with every pair of braces replaced."""
    return _BRACED.sub(instead, text)


def fill(text: str, lang: str = "en", on: date | None = None, *, root: Path = ROOT) -> str:
    """The text with figures of that day and contacts set in; plain values such as {name} stay as they are.

    Raises PlaceholderMalformed, FigureNotKnown, ContactNotKnown or UnitNotWritable.
    """
    for each in placeholders_in(text):
        if each.kind != "value":
            text = text.replace("{" + each.written + "}", _filled(each, lang, on, root))
    return text


def set_values(said: str, values: Mapping[str, object]) -> str:
    """The text with its plain values set in; what a value itself holds is never taken as a placeholder."""
    pieces: list[str] = []
    while said:
        before, brace, rest = said.partition("{")
        pieces.append(before)
        name, end, after = rest.partition("}")
        if brace:
            pieces.append(str(values[name]) if end and name in values else brace + name + end)
        said = after
    return "".join(pieces)


def _read(written: str) -> Placeholder:
    name, bar, filter_name = written.partition("|")
    if not _NAME.fullmatch(name) or (bar and filter_name != "number"):
        raise PlaceholderMalformed("{" + written + "} is no placeholder")
    parts = name.split(".")
    if len(parts) == 1 and not bar:
        return Placeholder(written, "value", name)
    if parts[0] == "contact" and not bar and len(parts) in (2, 3):
        part = parts[2] if len(parts) == 3 else None
        if part is None or part in CONTACT_PARTS:
            return Placeholder(written, "contact", parts[1], part)
    elif parts[0] != "contact" and len(parts) == 2:
        return Placeholder(written, "figure", name, filter_name or None)
    raise PlaceholderMalformed("{" + written + "} is no placeholder")


def _filled(each: Placeholder, lang: str, on: date | None, root: Path) -> str:
    if each.kind == "figure":
        figure = value(each.id, on, root=root)
        return bare_number(figure, lang) if each.part == "number" else figure_text(figure, lang, root=root)
    found = contact(each.id, root=root)
    if each.part is None:
        return reach_text(found, lang, root=root)
    if each.part == "hours":
        return hours_text(found, lang, root=root)
    if each.part == "cost":
        return cost_text(found, lang, root=root)
    said: str | None = getattr(found, each.part)
    if said is None:
        raise PlaceholderMalformed(f"the contact {each.id} has no {each.part}")
    return said
