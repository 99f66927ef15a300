"""Finding a value that somebody has given, however it is written elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable


def spelling(values: Iterable[str]) -> re.Pattern[str] | None:
    """What finds the values: letter case and the spaces and hyphens between do not matter; digits in any grouping.

    None when there is nothing to find: a value of mere stops, commas and hyphens ("-", "...") says nothing.
    """
    forms = [form for value in sorted(set(values), key=len, reverse=True) if (form := _form(value))]
    return re.compile("|".join(forms), re.IGNORECASE) if forms else None


def _form(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 6 and len(digits) >= len(re.sub(r"\W", "", value)) - 2:
        national = digits[-9:]  # the same with +44, 0044 or 0 before it
        return r"[+(]?(?:\d[\s().-]*){0,5}" + r"[\s().-]*".join(national)
    words = r"[\s\-.,]+".join(re.escape(word) for word in re.split(r"[\s\-.,]+", value.strip()) if word)
    return rf"(?<!\w){words}(?!\w)" if words else ""
