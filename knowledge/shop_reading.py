"""When SHOP next reads what came in, said truthfully: by the hours in its contact, or that they are not known."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from knowledge import clock
from knowledge.clock import in_london
from knowledge.contacts import ALWAYS, contact
from knowledge.files import ROOT
from knowledge.formats import time_text, weekday_text
from knowledge.opening_hours import DAYS
from knowledge.phrase_book import words

CONTACT = "shop"
LONGEST = 80
"""The longest such sentence, in characters, whatever the language."""
_SENTENCES = ("not_known", "now", "today", "tomorrow", "day")


def shop_next_read(lang: str = "en", at: datetime | None = None, *, root: Path = ROOT) -> str:
    """When an officer next reads, counted from `at` (now when left out). Never fails: not known is said as such."""
    try:
        return _said(lang, in_london(at or clock.now()), root)
    except Exception:  # noqa: BLE001 - it stands among words for danger, which must go out whatever is broken
        return words("shop_read_not_known", lang, root=root)


def longest_reading(lang: str = "en", *, root: Path = ROOT) -> str:
    """The longest that such a sentence can be in that language: safety words leave room for it."""
    days = [weekday_text(place, lang, root=root) for place in range(len(DAYS))]
    latest = max((time_text(time(hour, 30), lang, root=root) for hour in range(24)), key=len)
    said = (words(f"shop_read_{each}", lang, root=root, day=day, time=latest) for each in _SENTENCES for day in days)
    return max(said, key=len)


def _said(lang: str, at: datetime, root: Path) -> str:
    shop = contact(CONTACT, root=root)
    if shop.hours is None:
        return words("shop_read_not_known", lang, root=root)
    if shop.hours == ALWAYS or shop.open_at(at):
        return words("shop_read_now", lang, root=root)
    opening = shop.next_opening(at)
    if opening is None:
        return words("shop_read_not_known", lang, root=root)
    ahead = (opening.date() - at.date()).days
    key = {0: "shop_read_today", 1: "shop_read_tomorrow"}.get(ahead, "shop_read_day")
    if ahead > 6:
        return words("shop_read_not_known", lang, root=root)
    day = weekday_text(opening.weekday(), lang, root=root)
    return words(key, lang, root=root, day=day, time=time_text(opening.time(), lang, root=root))
