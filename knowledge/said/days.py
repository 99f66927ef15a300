"""Days as people give them: "last Tuesday", "since March", "3/4/26" (day first), "two weeks ago", "1 to 31 March"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateparser.conf import SettingValidationError
from dateparser.date import DateDataParser

from knowledge.answer_words import bare_words
from knowledge.said.lasting import ago, is_length
from knowledge.said.numbers import western_digits
from knowledge.said.through import any_of, halves, joining_words
from knowledge.spoken import ENGLISH, spoken

PAST, FUTURE, NEAREST = "past", "future", "nearest"
_ISO = re.compile(r"^\D*(\d{4})-(\d{1,2})-(\d{1,2})\D*$")
_NO_DAY = re.compile(r"^[-\d.,:\s]*$")
_DATED = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{2,4})?")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(0?[1-9]|1[0-2])(?![\d.]|\s*(?:am|pm))")
"""3.04 is a day of April and no time of day."""
_LENGTH = re.compile(
    r"^\W*(?:about|around)?\s*[\d.,]+\s*(?:h|hr|hrs|hours?|m|mins?|minutes?|days?|weeks?|months?|years?)\W*$"
)
_HOURS = re.compile(r"\d\s*(?:h|hrs?|hours?|mins?|minutes?)\b")
_BIRTH_YEARS = 100
_MOST_WORDS_BEFORE = 6
_LONGEST = 300
"""A longer text, in characters, is no day: reading it for one would hold up everybody else for seconds."""
_SHORT_YEAR = re.compile(r"^\D*\d{1,2}\D+(?:\d{1,2}|[^\W\d]+)\D+(\d{2})\D*$")


@dataclass(frozen=True)
class Day:
    """A day. `rough`: only a month, or a time so long ago, was told. `last` is then the last day of that month."""

    day: date
    rough: bool = False
    last: date | None = None


def day(text: str, lang: str, today: date, prefer: str = PAST) -> Day | None:
    """The day a text names, without its year the nearest in the past, or as `prefer` says; None where it names none."""
    if len(text) > _LONGEST:
        return None
    said = _DOTTED.sub(r"\1/\2", _without_last_words(western_digits(text).strip(), lang))
    iso = _ISO.match(said)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if prefer == NEAREST:
        both = [found for each in (PAST, FUTURE) if (found := day(text, lang, today, each)) is not None]
        return min(both, key=lambda found: abs((found.day - today).days), default=None)
    said = re.sub(r"^(\D*\d{1,2}) (\d{1,2}) (\d{2,4})$", r"\1/\2/\3", said)
    if not said or _LENGTH.match(said) or (_HOURS.search(said) and not _DATED.search(said)):
        return None
    words = spoken(lang)
    if is_length(said, lang) or words.begins(said, "span_begins") or _names_two_days(said, lang):
        return None
    told = ago(said, lang, today)
    if told is not None:
        return Day(*told)
    if words.is_one(said, "now"):
        return Day(today)
    beside = 1 if words.is_one(said, "one_day_off") else 2 if words.is_one(said, "two_days_off") else 0
    if beside:
        return Day(today + timedelta(days=beside if prefer == FUTURE else -beside))
    if words.is_one(said, "last_month") or words.is_one(said, "this_month"):
        return _whole_month(today if words.is_one(said, "this_month") else today.replace(day=1) - timedelta(days=1))
    if _NO_DAY.match(said) and not _DATED.search(said):
        return None
    for tried in _shorter(said, lang):
        found = _parsed(tried, lang, today, prefer)
        if found is not None:
            ends = found.last is not None and re.search(r"\bend\b", said)
            return Day(found.last, True, found.last) if ends and found.last else found
    return None


def birthday(text: str, lang: str, today: date) -> date | None:
    """A day of birth: a year of two digits is one of the last hundred years. A year must be told."""
    found = day(text, lang, today)
    if found is None or found.rough or not re.search(r"\d{4}|\D\d{2}\D*$", western_digits(text).strip()):
        return None
    short = _SHORT_YEAR.match(western_digits(text))
    if short and not re.search(r"\d{4}", text):
        year = today.year - today.year % _BIRTH_YEARS + int(short[1])
        return found.day.replace(year=year if year <= today.year else year - _BIRTH_YEARS)
    return found.day


def period(text: str, lang: str, today: date) -> tuple[date, date] | None:
    """The first and last day of a time: "1 to 31 March", "March", "2/3/26 - 8/3/26"; None for a single day."""
    words = spoken(lang)
    said = western_digits(text).strip()
    bare = re.sub(rf"^\W*(?:from|it was|for|the period|{any_of(words['span_begins'])})\s+", "", said)
    monday = today - timedelta(days=today.weekday())
    if words.is_one(bare, "last_week"):
        return monday - timedelta(days=7), monday - timedelta(days=1)
    if words.is_one(bare, "this_week"):
        return monday, monday + timedelta(days=6)
    ending = re.match(r"(?:the )?(?:(week|month|fortnight|(\d{1,2}) weeks)) (?:ending|to|up to|until) (.+)", bare)
    if ending:
        return _ending(ending, lang, today)
    if words.begins(said, "span_begins"):
        bare = re.sub(rf"\s(?:{any_of(words['number_and'])})\s", " to ", bare)
    both = halves(bare, lang, marks=False) or halves(bare, lang)
    if both is not None:
        return _from_to(*both, lang, today)
    found = day(bare, lang, today)
    return (found.day, found.last) if found is not None and found.last is not None else None


def periods(text: str, lang: str, today: date) -> tuple[tuple[date, date], ...] | None:
    """Several times, or single days; None when a part is neither."""
    if len(text) > _LONGEST:
        return None
    found = []
    said = western_digits(text).strip()
    joins = "" if spoken(lang).begins(said, "span_begins") else f"|{joining_words(lang)}"
    for part in re.split(rf"[;\n]|,\s+(?!\d{{4}}){joins}", said):
        if not part.strip(" ."):
            continue
        both = period(part, lang, today)
        single = None if both else day(part, lang, today)
        if both is None and single is None:
            return None
        found.append(both or (single.day, single.last or single.day))  # type: ignore[union-attr]
    return tuple(found) or None


def _from_to(first: str, last: str, lang: str, today: date) -> tuple[date, date] | None:
    end = day(last, lang, today)
    if end is None:
        return None
    end_day = end.last or end.day
    start = day(first, lang, end_day)
    if start is None or re.fullmatch(r"\W*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\W*", first):
        # "1 to 31 March", "from the 1st to the 31st": the month is told once
        number = re.search(r"\d{1,2}", first)
        start = _made(end_day.year, end_day.month, int(number[0])) if number else None
    return None if start is None else (start.day, end_day)


def _ending(found: re.Match[str], lang: str, today: date) -> tuple[date, date] | None:
    end = day(found[3], lang, today)
    if end is None:
        return None
    last = end.last or end.day
    if found[1] == "month":
        before = last.replace(day=1) - timedelta(days=1) if last.day < monthrange(last.year, last.month)[1] else None
        first = (
            last.replace(day=1) if before is None else before.replace(day=min(last.day, before.day)) + timedelta(days=1)
        )
        return first, last
    weeks = int(found[2]) if found[2] else (2 if found[1] == "fortnight" else 1)
    return last - timedelta(days=7 * weeks - 1), last


def _shorter(said: str, lang: str) -> Iterator[str]:
    """The text, then without words that stand before a day ("since", "it was on", "about", "the end of").

    Last, the end of a sentence that has a number in it ("I left on 3 November").
    """
    yield said
    yield from _without_first_words(said, lang)
    words = said.split()
    for place in range(1, min(len(words), _MOST_WORDS_BEFORE + 1)):
        rest = " ".join(words[place:])
        if any(ch.isdigit() for ch in rest) and not _LENGTH.match(rest) and not _NO_DAY.match(rest):
            yield rest
            yield from _without_first_words(rest, lang)


def _without_first_words(said: str, lang: str) -> Iterator[str]:
    words = spoken(lang)["since"]
    rest = said.strip(" .,!")
    while True:
        bare = bare_words(rest)
        word = max((each for each in words if bare.startswith(f"{each} ")), key=len, default=None)
        if word is None:
            return
        rest = re.sub(
            rf"^\W*{re.sub(r' ', r'[^A-Za-z0-9]+', re.escape(word).replace(chr(92) + ' ', ' '))}\W+", "", rest
        )
        if bare_words(rest) == bare:
            return
        yield rest


def _names_two_days(said: str, lang: str) -> bool:
    """Whether a first and a last day are told, where one was asked for. A dash may stand inside a day ("3-4-26")."""
    both, dashed = halves(said, lang, marks=False), halves(said, lang)
    return all(any(ch.isdigit() for ch in half) for half in both or ("",)) or all(
        any(ch.isdigit() for ch in half) and any(ch.isalpha() for ch in half) for half in dashed or ("",)
    )


def _without_last_words(said: str, lang: str) -> str:
    """The text without words that stand behind a day ("3 march ko", "5 november I think")."""
    parts, words = said.split(), spoken(lang)
    ends = words["day_ends"] | words["rough"]
    longest = max((len(each.split()) for each in ends), default=0)
    while many := next((n for n in range(longest, 0, -1) if bare_words(" ".join(parts[-n:])) in ends), 0):
        if many >= len(parts):
            break
        del parts[-many:]
    return " ".join(parts) if len(parts) < len(said.split()) else said


def _parsed(said: str, lang: str, today: date, prefer: str) -> Day | None:
    settings = {
        "DATE_ORDER": "DMY", "PREFER_LOCALE_DATE_ORDER": False, "PREFER_DATES_FROM": prefer,
        "RELATIVE_BASE": datetime.combine(today, time(12)), "PREFER_DAY_OF_MONTH": "current", "TIMEZONE": "UTC",
        "RETURN_TIME_AS_PERIOD": False,
    }  # fmt: skip
    if is_length(said, lang):
        return None
    for language in dict.fromkeys((lang, ENGLISH)):
        try:
            found = DateDataParser(languages=[language], settings=settings).get_date_data(said)
        except (ValueError, SettingValidationError, OverflowError):
            continue
        if found is None or found.date_obj is None:
            continue
        when = found.date_obj.date()
        ago = re.search(r"\bago\b|\bin\b.*\bmonths?$|\d+ months?\b", said) is not None
        if found.period == "month" and not ago:
            return _whole_month(_nearest_month(when, said, today, prefer))
        if found.period == "year":
            return None
        return Day(when, rough=found.period != "day")
    return None


def _nearest_month(when: date, said: str, today: date, prefer: str) -> date:
    """A month without its year: this year's or last year's, and this month itself where it is named."""
    if re.search(r"\d", said):
        return when
    same = when.replace(day=1, year=today.year)
    if prefer == PAST:
        return same if same <= today else same.replace(year=today.year - 1)
    return same if (same.year, same.month) >= (today.year, today.month) else same.replace(year=today.year + 1)


def _whole_month(inside: date) -> Day:
    return Day(inside.replace(day=1), True, inside.replace(day=monthrange(inside.year, inside.month)[1]))


def _made(year: int, month: int, number: int) -> Day | None:
    try:
        return Day(date(year, month, number))
    except ValueError:
        return None
