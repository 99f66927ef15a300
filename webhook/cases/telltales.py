"""What in a nameless summary could give a worker away: places, dates, employers, jobs. A warning, never a guarantee."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webhook.cases.name_lists import FOLDER

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?"
_FIRM = r"(?:Ltd|Limited|LLP|Care|Homes?|House|Lodge|Manor|Nursing|Healthcare|Agency|Services)"
_STREET = r"(?:Road|Street|Lane|Avenue|Close|Drive|Court|Way)"


def _listed(name: str) -> str:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return rf"\b(?:{'|'.join(re.escape(line) for line in lines)})s?\b"


KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a date", re.compile(r"\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b")),
    ("a date", re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,4}})\b", re.IGNORECASE)),
    ("a day or time", re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)),
    (
        "a day or time",
        re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm)\b|\b(?:night|morning|late) shift\b", re.IGNORECASE),
    ),
    ("a place", re.compile(_listed("telltale_places"), re.IGNORECASE)),
    ("a place", re.compile(rf"\b[A-Z]{{1,2}}\d[A-Z\d]?\s*\d[A-Z]{{2}}\b|\b[A-Z]\w+ {_STREET}\b")),
    ("an employer", re.compile(rf"\b(?:[A-Z]\w+ )+{_FIRM}\b")),
    ("a job", re.compile(_listed("telltale_jobs"), re.IGNORECASE)),
    ("a country or language", re.compile(_listed("telltale_origins"))),
    ("a number", re.compile(r"\b\d{3,}\b")),
)


@dataclass(frozen=True)
class Telltale:
    """Words that could give somebody away, and what they are."""

    kind: str
    words: str


def telltales(text: str) -> list[Telltale]:
    """Each once, in the order in which they stand."""
    found = [
        (match.start(), Telltale(kind, match[0].strip())) for kind, pattern in KINDS for match in pattern.finditer(text)
    ]
    return list(dict.fromkeys(each for _, each in sorted(found, key=lambda pair: pair[0])))
