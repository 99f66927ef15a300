"""First drafts of answers by machine, for a translator to work on: never served, and marked as what they are.

What stands in braces is a figure or a contact. Models break such names, so each travels as a number of its own, which
the gate demands back; a text that loses one stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import ROOT, read_yaml
from webhook.translation.packages import ENGLISH
from webhook.translation.translator import NeverTranslated, NoTranslation, Translator

_BRACES = re.compile(r"\{[^{}\n]+\}")
_FIRST_NUMBER = 7001
_HEADER = (
    "# A machine's first draft from English. Not read by anybody yet: it may be served only after a speaker has gone\n"
    "# through every line. Lines still in English are those where the machine's text was withheld.\n"
)
_PLAIN = {"topic", "id", "contact", "sources", "related", "guidance"}
"""Names and notes, which are the same in every language."""


def write(
    translator: Translator, to: str, folder: Path, topics: Sequence[str] | None = None
) -> Iterator[tuple[str, int, int]]:
    """Draft the answers, a file each; gives the topic, and how many texts were drafted and left in English.

    Raises PairNotInstalled.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "answers" / ENGLISH).glob("*.yml")):
        if topics and path.stem not in topics:
            continue
        counts = [0, 0]
        drafted = _draft(read_yaml(path), translator, to, counts)
        drafted.pop("guidance", None)
        text = yaml.safe_dump(drafted, allow_unicode=True, sort_keys=False, width=118)
        (folder / path.name).write_text(_HEADER + text, encoding="utf-8")
        yield path.stem, counts[0], counts[1]


def _draft(value: Any, translator: Translator, to: str, counts: list[int]) -> Any:
    if isinstance(value, Mapping):
        return {key: held if key in _PLAIN else _draft(held, translator, to, counts) for key, held in value.items()}
    if isinstance(value, list):
        return [_draft(each, translator, to, counts) for each in value]
    if not isinstance(value, str) or not value.strip():
        return value
    made = draft_of(value, translator, to)
    counts[0 if made is not None else 1] += 1
    return value if made is None else made


def draft_of(text: str, translator: Translator, to: str) -> str | None:
    """One text, its figures and contacts in their places; None where none is fit. Raises PairNotInstalled."""
    held = _BRACES.findall(text)
    numbers = [str(_FIRST_NUMBER + place) for place in range(len(held))]
    travelling = " ".join(text.split())
    for brace, number in zip(held, numbers, strict=True):
        travelling = travelling.replace(brace, number, 1)
    try:
        made = translator.translate(travelling, ENGLISH, to).text
    except (NoTranslation, NeverTranslated):
        return None
    if made is None or any(made.count(number) != 1 for number in numbers):
        return None
    for brace, number in zip(held, numbers, strict=True):
        made = made.replace(number, brace, 1)
    return made
