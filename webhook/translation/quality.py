"""Is a machine's translation fit to be shown? Signs by which bad ones are known; none of them proves a good one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from knowledge.languages import LanguageNotKnown, language
from understanding import scripts

_SCRIPTS = {
    "Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic", "Deva": "Devanagari", "Beng": "Bengali", "Guru": "Gurmukhi",
    "Gujr": "Gujarati", "Taml": "Tamil", "Telu": "Telugu", "Mlym": "Malayalam", "Sinh": "Sinhala",
}  # fmt: skip
WITHHELD: dict[str, str] = {
    "": "it could not be made",
    "unlike_script": "it is written in letters that the machine cannot read in this language",
    "short": "it is too short for a machine",
    "empty": "the machine found no words for it",
    "length": "its length shows that it is wrong",
    "repetition": "the machine repeated itself",
    "copied": "the machine gave the same words back",
    "links": "a web address was lost or changed",
    "names": "a name was lost",
    "numbers": "a number was lost or changed",
    "letters": "it came out in the wrong letters",
    "safety": "safety words are never translated by a machine",
    "time": "the machine took too long",
}
"""Why a translation is withheld, for an officer, by the reason's name."""
FEWEST_WORDS = 2
"""A single word has no context: what a model makes of it is a guess."""
_SHORT = 20
_SHORTEST, _LONGEST = 0.4, 3.0
"""How much shorter or longer a translation may be than its original, in letters; texts under _SHORT have more room."""
_RUN_OF_ONE = 4
_COPIED = 0.8
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:gov\.uk|org\.uk|co\.uk|org|com|uk)\b\S*", re.I
)
_MARK = re.compile(r"\[[^\[\]\n]{1,40}\]|\{[^{}\n]{1,60}\}")
_NUMBER = re.compile(r"\d+(?:[.,:/ ]?\d+)*")
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]{1,}\b")
_WORD = re.compile(r"\w+")


def fault(original: str, translated: str, source: str, target: str) -> str | None:
    """Why the translation is withheld, or None: `unlike_script`, `short`, `empty`, `length`, `repetition`, `copied`,
    `numbers`, `links`, `names` or `letters`."""
    return unfit(original, source) or _fault(original, translated.strip(), target)


def unfit(original: str, source: str) -> str | None:
    """Why nothing good can come of translating this: a single word, or letters the models have never seen."""
    if len(_words(original)) < FEWEST_WORDS:
        return "short"
    return None if _in_script(original, source) else "unlike_script"


def _fault(original: str, translated: str, target: str) -> str | None:
    if not translated:
        return "empty"
    ratio = len(translated) / len(original)
    slack = 2.0 if len(original) < _SHORT else 1.0
    if not _SHORTEST / slack <= ratio <= _LONGEST * slack:
        return "length"
    if _repeats(original, translated):
        return "repetition"
    if _copied(original, translated):
        return "copied"
    if _names(original) - _names(translated):
        return "names"
    for name, kept in (("links", _links), ("numbers", _numbers)):
        if kept(original) != kept(translated):
            return name
    return None if _in_script(_plain(translated), target) else "letters"


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", _plain(text)).casefold()) if not word.isdigit()]


def _plain(text: str) -> str:
    return _MARK.sub(" ", _LINK.sub(" ", text))


def _repeats(original: str, translated: str) -> bool:
    """A word said over and over, or a phrase of three words more often than the original repeats anything."""
    words = _words(translated)
    run = 1
    for before, word in pairwise(words):
        run = run + 1 if word == before else 1
        if run >= _RUN_OF_ONE:
            return True
    return _most(words) > _most(_words(original)) + 2


def _most(words: list[str]) -> int:
    return max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=0)


def _copied(original: str, translated: str) -> bool:
    """The original, or nearly all of it, given back. Names are no copy: two words may stay as they are."""
    before, after = Counter(_words(original)), Counter(_words(translated))
    return (before & after).total() >= max(3, _COPIED * before.total())


def _numbers(text: str) -> Counter[str]:
    """Every number, in whatever digits and with whatever signs between them: 1,200 is 1.200 and १२००."""
    without = _plain(text)
    plain = "".join(str(unicodedata.decimal(ch)) if unicodedata.decimal(ch, None) is not None else ch for ch in without)
    return Counter(re.sub(r"\D", "", number) for number in _NUMBER.findall(plain))


def _links(text: str) -> Counter[str]:
    return Counter(link.rstrip(".,;:!?)").casefold() for link in _LINK.findall(text))


def _names(text: str) -> Counter[str]:
    """What must stand as it is: [name], {figure}, and names in capitals such as SHOP or HMRC."""
    shouted = text.upper() == text
    return Counter(_MARK.findall(text)) + (Counter() if shouted else Counter(_CAPITALS.findall(_plain(text))))


def _in_script(text: str, code: str) -> bool:
    """Whether most letters are of the language's own script: models know none of them in another."""
    try:
        own = _SCRIPTS.get(language(code).scripts[0])
    except LanguageNotKnown:
        return True
    found = scripts.script("".join(ch for ch in text if not ch.isdigit()))
    return own is None or found is None or found == own
