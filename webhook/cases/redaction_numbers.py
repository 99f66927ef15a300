r"""Numbers that lead to somebody: telephones, documents, accounts, dates of birth. Money, hours and dates stay.

Gaps are taken whole (``\s*+``): two side by side over a long run of spaces would be tried in every way of sharing it
out, and an emergency waits for these patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from webhook.cases.redaction_marks import Mark, marks_of

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{_ORDINAL}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:19|20)?\d{{2}})?"
    rf"|{_MONTH}\s+{_ORDINAL}(?:,?\s+(?:19|20)\d{{2}})?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d{2}"
    r"|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:(?:19|20)\d{2}|\d{2})"
    r"|(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))"
)
_BIRTH = re.compile(
    r"\b(?:born(?:\s+(?:on|in))?|d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?(?:date|day)|b'?day)"
    rf"(?:\s++(?:is|was|on|the|in))*+\s*+[:=-]?\s*+(?P<date>{DATE}|\d{{8}}|\d{{6}}|{_MONTH}\s+(?:19|20)\d{{2}}|(?:19|20)\d{{2}})",
    re.IGNORECASE,
)
_SAFE_DATE = re.compile(rf"(?<![\d/.-])(?<!\d\s){DATE}(?![-/.]?\d)", re.IGNORECASE)
_SHIFT = re.compile(
    r"(?<![\d+-])(?<!\d )(?:[01]\d|2[0-3])[:.]?[0-5]\d\s*(?:-|to|till|until)"
    r"\s*(?:[01]\d|2[0-3])[:.]?[0-5]\d(?![\d-]| \d)",
    re.IGNORECASE,
)
_CURRENCY = (
    r"(?:£|\$|€|₹|₦|৳|₨|gbp|usd|eur|inr|ngn|npr|lkr|pkr|bdt|php|ghs|kes|zar|zwl|rs\.?|rupees?|rupaye|pounds?|quid|naira|"
    r"taka|cedis?|pesos?|dollars?|euros?|shillings?|rand|dirhams?|aed|lakhs?|crores?|million|thousand|k)"
)
_AMOUNT = r"(?!0\d)\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?|(?!0\d)\d{1,9}(?:\.\d{1,2})?"
_MONEY = re.compile(
    rf"(?<![\w+])(?:{_CURRENCY}\s?(?:{_AMOUNT})(?![\d-]|[ .,]\d)|(?<!\d )(?:{_AMOUNT})\s?{_CURRENCY}(?!\w))",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"(?<![\d+,.-])(?<!\d )[1-9]\d{0,2}(?:,\d{2,3})+(?:\.\d+)?(?![\d-]|[ ,]\d)")
_MEASURE = re.compile(
    r"(?<![\w+-])(?<!\d )\d{1,6}(?:\.\d+)?\s?(?:hours?|hrs?|h|minutes?|mins?|days?|weeks?|months?|years?|yrs?|shifts?|"
    r"miles?|people|residents|percent|%)(?!\w)",
    re.IGNORECASE,
)

_RUN = re.compile(r"(?<![\w@])(?:\+|\(\+?)?\s?\d(?:[\s().\-/·_*,:|]{0,3}\d){5,}(?![@])")
_WORD_DIGIT = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|\d)"
_SPOKEN = re.compile(
    rf"\b(?:plus\s+)?(?:(?:double|triple|treble)\s+)?{_WORD_DIGIT}(?:[\s,.-]+(?:(?:double|triple|treble)\s+)?{_WORD_DIGIT}){{6,}}\b",
    re.IGNORECASE,
)

_CARD_WORDS = re.compile(
    r"\b(?:sort\s*-?\s*code|account(?:\s+(?:number|no\.?|num))?|a/c(?:\s+no\.?)?|acc(?:t|ount)?\s+(?:number|no\.?)|"
    r"card(?:\s+number)?|"
    r"bank\s+details?|iban|ifsc|swift)\b[\s:=#-]*+(?:(?:is|number|no\.?|code)[\s:=#-]*+)*+"
    r"(?P<id>(?=[A-Z0-9 -]*\d)[A-Z0-9][A-Z0-9 -]{4,40}\d)",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")
_SORT_AND_ACCOUNT = re.compile(r"(?<!\d)\d{2}[- ]\d{2}[- ]\d{2}[\s,/]+\d{8}(?!\d)")

_INSURANCE = re.compile(
    r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z]{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D](?![A-Za-z0-9])", re.I
)
_SHARE_CODE = re.compile(r"(?<![A-Z0-9])[A-Z](?=[A-Z0-9 -]*\d)[A-Z0-9]{2}[\s-][A-Z0-9]{3}[\s-][A-Z0-9]{3}(?![A-Z0-9])")
_VEHICLE = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}\s?[A-Z]{3}(?![A-Z0-9])")
_DOCUMENT_WORDS = re.compile(
    r"\b(?:passport|brp|bio-?metric(?:\s+residence\s+permit)?|visa|e-?visa|vignette|cos|certificate\s+of\s+sponsorship|"
    r"share\s+code|n\.?i\.?(?:\s?n\.?o?\.?)?|nino|national\s+insurance|home\s+office|ho|uan|gwf|ihs|case|ref(?:erence)?|"
    r"driv(?:ing|er'?s?)\s+licen[cs]e|licen[cs]e|nhs|a{1,2}dhaa?r|pan|bvn|nin|nic|cnic|citizenship|identity|id|permit|application|"
    r"dbs|nmc|pin|payroll|employee|staff|tax|utr|flight|booking)\b"
    r"(?:\s*+(?:card|number|numbers?|numb|nos?\.?|num|code|id|ref(?:erence)?|certificate|is|was|it'?s|its|[:=#-]))*+\s*+"
    r"(?P<id>(?=[A-Z/ -]{0,6}\d)(?:[A-Z]{1,4}[ /-]?)?\d[A-Z0-9/-]*(?:[ -][A-Z]?\d[A-Z0-9]*)*)(?![A-Za-z])",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![\w@./-])(?=[A-Z0-9/-]*\d)(?=[A-Z0-9/-]*[A-Z])[A-Z0-9]+(?:[/-][A-Z0-9]+)*(?![\w@])", re.IGNORECASE
)
_QUANTITY = re.compile(
    r"(?:£|rs|usd|gbp|inr|eur)?\d+(?:[.:-]\d+)*(?:st|nd|rd|th|am|pm|hours?|hrs?|h|mins?|minutes?|days?|weeks?|months?|years?|yrs?|k|m|"
    r"lakhs?|pounds?|gbp|usd|inr|rs|eur|quid|naira|taka|rupees?|dollars?|euros?|miles?|km|percent|people|shifts?|times|bed|x\d+|s)"
    r"(?:-\d+(?:am|pm))?|(?:am|pm)?\d{1,4}(?:am|pm)-?\d{1,4}(?:am|pm)|covid-?\d+|24/7|p45|p60",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d{2}(?:[\s,/-]+(?:19|20)?\d{2})*")
LEAST_PHONE, LEAST_BANK_CARD, MOST_PHONE = 7, 13, 15
_HIDDEN = "\uffff"


def number_marks(text: str) -> Iterator[Mark]:
    """The marks of numbers in a text that ``plain`` has prepared."""
    yield from marks_of(_BIRTH, text, "date of birth", "date")
    yield from marks_of(_IBAN, text, "bank")
    yield from marks_of(_SORT_AND_ACCOUNT, text, "bank")
    yield from _with_id(_CARD_WORDS, text, "bank", least=5)
    yield from marks_of(_INSURANCE, text, "document")
    yield from (mark for mark in marks_of(_SHARE_CODE, text, "document") if _digits(text[mark.start : mark.end]) >= 2)
    yield from marks_of(_VEHICLE, text, "vehicle")
    rest = _without(text, (_SAFE_DATE, _SHIFT, _MONEY, _GROUPED, _MEASURE))
    yield from _with_id(_DOCUMENT_WORDS, rest, "document", least=4)
    yield from _mixed(rest)
    yield from _runs(rest)
    yield from marks_of(_SPOKEN, rest, "phone")


def _without(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    """The text with what may stay taken out, in its length, so that what is left can be read alone."""
    for pattern in patterns:
        text = pattern.sub(lambda found: _HIDDEN * len(found[0]), text)
    return text


def _with_id(pattern: re.Pattern[str], text: str, kind: str, least: int) -> Iterator[Mark]:
    for mark in marks_of(pattern, text, kind, "id"):
        said = text[mark.start : mark.end]
        if _digits(said) >= least and not _QUANTITY.fullmatch(said) and not _YEARS.fullmatch(said.strip()):
            yield mark


def _mixed(text: str) -> Iterator[Mark]:
    """Letters and digits in one word, as documents have them: at least four digits, or seven signs with three."""
    for found in _MIXED.finditer(text):
        said = found[0]
        digits = _digits(said)
        long_enough = digits >= 5 or (digits >= 3 and len(said) >= 7)
        if long_enough and not _QUANTITY.fullmatch(said):
            yield Mark(found.start(), found.end(), "document")


def _runs(text: str) -> Iterator[Mark]:
    for found in _RUN.finditer(text):
        said = found[0]
        kind = _kind_of_run(said)
        if kind:
            yield Mark(found.start() + len(said) - len(said.lstrip()), found.end(), kind)


def _kind_of_run(said: str) -> str | None:
    """What a run of digits is; None for years, shifts and small counts."""
    digits, groups = _digits(said), re.findall(r"\d+", said)
    if digits < LEAST_PHONE or _YEARS.fullmatch(said.strip()):
        return None
    if ":" in said and all(len(group) <= 2 for group in groups) and digits <= 8:
        return None
    begins = said.lstrip(" (")
    dialled = begins[:1] in ("+", "0")
    together = len(groups) == 1 or any(len(group) >= 4 for group in groups)
    one_by_one = all(len(group) == 1 for group in groups)
    shaped = together or (len(groups) <= 4 and all(len(group) >= 3 for group in groups[-2:]))
    if not (dialled and digits >= 9) and not shaped and not one_by_one and digits < 9:
        return None
    if digits >= LEAST_BANK_CARD and not dialled:
        return "bank" if digits <= 19 else "number"
    return "phone" if digits <= MOST_PHONE else "number"


def _digits(said: str) -> int:
    return sum(letter.isdigit() for letter in said)
