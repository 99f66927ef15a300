"""Where somebody can be found: streets and postcodes, e-mail, links, names on social networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webhook.cases.redaction_marks import Mark, marks_of

_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z]{1,2}\d[A-Z\d]?\s*-?\s*\d[ABD-HJLNP-UW-Z]{2}|GIR\s?0AA)(?![A-Z0-9])", re.IGNORECASE
)
_STOP = (
    r"(?!(?:hours?|hrs?|days?|nights?|weeks?|months?|years?|minutes?|mins?|miles?|pounds?|people|person|men|women|man|boys?|girls?|of|"
    r"us|in|on|the|a|an|to|from|at|and|or|for|down|up|per|every|each|times?|shifts?|am|pm|clients?|residents?|workers?|carers?|"
    r"percent|off|by|with|into|one|same|no|is|was|we|i|my|our|his|her|their|this|that)\b)"
)
_NUMBER = r"\d{1,4}\s?[a-z]?(?:\s?[-/]\s?\d{1,4}[a-z]?)?"
_STRONG = (
    r"(?:street|str|st|road|rd|lane|ln|avenue|ave?|crescent|cres|terrace|gardens|gdns|"
    r"grove|mews|boulevard|villas?)\b\.?"
)
_WEAK = (
    r"(?:[Ww]ay|[Hh]ill|[Pp]ark|[Gg]reen|[Cc]ourt|[Cc]t|[Pp]lace|[Rr]ow|[Ww]alk|[Ss]quare|"
    r"[Hh]ouse|[Dd]rive|[Dd]r|[Cc]lose|[Cc]l|[Rr]ise|[Vv]iew|[Cc]roft|[Tt]owers?|[Pp]arade)\b\.?"
)
_STREETS = (
    re.compile(rf"(?<![\w£$.,]){_NUMBER}(?:\s*+,)?\s++(?:{_STOP}[\w'.]+\s++){{1,3}}{_STRONG}", re.IGNORECASE),
    re.compile(rf"(?<![\w£$.,])\d{{1,4}}\s?[A-Za-z]?(?:\s*+,)?\s++(?:[A-Z][\w']*\s++){{1,3}}{_WEAK}"),
    re.compile(
        r"\b(?:[A-Z][\w']+\s+){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews)\b"
    ),
    re.compile(
        r"\b(?:flat|apartment|apt|unit|room|house|block|bungalow|caravan)\s*+(?:number|no\.?|num|#)?\s*+\d{1,4}"
        r"(?:\s?[a-z])?\b(?!\s*(?:people|of us|hours|pounds|years))",
        re.IGNORECASE,
    ),
    re.compile(r"\bp\.?\s?o\.?\s?box\s*\d+", re.IGNORECASE),
)
_TOLD = re.compile(
    r"\b(?:address(?:\s+(?:is|was|here\s+is))?\s*+[:=-]?|(?:i|we|i'm|i\s+am|we\s+are|they|she|he)\s*(?:live[sd]?|living|stay(?:s|ed|ing)?)\s+at(?=\s+(?:\d|[A-Z])))"
    r"\s*+(?P<place>(?:\d|[A-Z])[^\n.;!?]{3,90}?)(?=$|[\n.;!?]|\s+(?:and|but|please|with|since|because|where|for|so|help|i)\b)",
)
_ADDRESS_IS = re.compile(
    r"\b(?:my|our|home|full|the|house)\s+address\s*(?:is|:|=|-)\s*(?P<place>[^\n.;!?]{3,90}?)(?=$|[\n.;!?]|\s+(?:and|but|please|help)\b)",
    re.I,
)

_AT = r"\s*+(?:@|[\[({<]\s*+at\s*+[\])}>]|(?<=\s)at(?=\s))\s*+"
_DOT = r"\s*+(?:\.|[\[({<]\s*+dot\s*+[\])}>]|(?<=\s)dot(?=\s))\s*+"
_EMAIL = re.compile(r"(?<![\w.%+'-])[\w.%+'-]{1,80}\s?@\s?[\w-]{1,80}(?:\s?\.\s?[\w-]{1,40}){1,6}")
_EMAIL_SPOKEN = re.compile(
    rf"(?<![\w.%+'-])(?:[\w%+'-]{{1,40}}{_DOT}){{0,3}}[\w%+'-]{{1,40}}{_AT}(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|proton(?:mail)?|aol|msn|rediff(?:mail)?|[\w-]{{1,40}})"
    rf"{_DOT}(?:com|co{_DOT}uk|org|net|uk|in|ng|io|me)\b",
    re.IGNORECASE,
)
_TLD = (
    r"(?:com|co\.uk|org\.uk|org|net|uk|in|ng|np|lk|pk|bd|gh|ke|zw|za|ph|"
    r"info|io|me|ly|app|gl|link|site|online|xyz|biz|eu|ro|pl|pt|bg)"
)
_LINK = re.compile(
    rf"(?<![\w.-])(?:(?:https?|ftp)://\S+|www\.\S+|(?:[\w-]{{1,63}}\.){{1,8}}{_TLD}(?:/\S*)?(?![\w.]*\w))",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"(?:https?://)?(?:[\w-]+\.)*(?:gov|nhs)\.uk(?:/[a-z-]+)*/?[.,)]*", re.IGNORECASE)
"""The state's own pages say nothing about the person who names them."""
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]{1,40}")
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|ig|facebook|fb|messenger|tik\s?tok|snap(?:chat)?|telegram|twitter|viber|skype|linkedin|wechat|imo|signal|whatsapp)"
    r"(?:\s+(?:name|id|user\s?name|handle|account|profile|page|is|me|at|on|under|as)|\s*[:=-])+\s*(?P<id>(?!(?:is|me|at|on|it|the|my|a|an|and|to|not|was|group|"
    r"number|only|please|or|for|by|because|they|he|she|i|you)\b)[\w.@-]{3,40}(?:\s+[A-Z][\w-]+)?)",
    re.IGNORECASE,
)


def address_marks(text: str) -> Iterator[Mark]:
    """Streets with their numbers, flats and rooms, postcodes, and what follows "my address is"."""
    yield from marks_of(_POSTCODE, text, "postcode")
    for pattern in _STREETS:
        yield from marks_of(pattern, text, "address")
    yield from marks_of(_TOLD, text, "address", "place")
    yield from marks_of(_ADDRESS_IS, text, "address", "place")


def online_marks(text: str) -> Iterator[Mark]:
    """E-mail addresses, written out ones too, links, and names on social networks."""
    yield from marks_of(_EMAIL, text, "e-mail")
    yield from marks_of(_EMAIL_SPOKEN, text, "e-mail")
    for mark in marks_of(_LINK, text, "link"):
        if not _PUBLIC.fullmatch(text[mark.start : mark.end]):
            yield mark
    yield from marks_of(_HANDLE, text, "handle")
    for mark in marks_of(_NETWORK, text, "handle", "id"):
        yield mark
