"""In which language a message is written: script first, then words and letters, and no change of mind on a word."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from understanding import latin, places, scripts
from understanding.language_model import CharacterLanguageModel, LanguageModelUnusable, newest
from understanding.scripts import UNDETERMINED

_OFFERED = "en hi ml ur ro sn pa ta gu bn ne tl sw pl pt ar fr yo ig ha tw so te si es it bg uk lt sq fa ps ckb vi"
CODES = tuple(_OFFERED.split())
ENGLISH = "en"
# So many words, in letters that the kept language may use too, never change the language of a conversation.
_TOO_FEW_TO_SWITCH = 2
# So few letters ("y", "no", "ok") are a word of many languages.
_TOO_FEW_LETTERS = 2
# English jargon ("sponsor register link") has no everyday words either: only a longer text without any is not English.
_ENOUGH_TO_DOUBT = 4
_CLEAR_LEAD = 0.12
# A word or two that begin a conversation ("pomoc", but not "skip") must be plainer.
_CLEAR_LEAD_OF_A_WORD = 0.6
# One spoken language with two scripts: in Latin letters only some words tell Hindi and Urdu apart.
_NEAR = ("hi", "ur")  # until the worker has said which, the first: it has a whole pack
_NEAR_TOGETHER = 0.6
_NEAR_APART = 0.4
_LEAST_EVIDENCE = 0.12
# Of a mixed message so many words together are looked at; in so many places.
_RUN = 3
_HOLDS = 0.5
_MOST_LOOKED_AT = 40
# A language's own script; everything else is written in Latin letters. People write all of them in Latin letters too.
_SCRIPT = {code: name for name, code in scripts.ONE_LANGUAGE.items()} | {
    code: name for name, codes in scripts.SHARED.items() for code in codes
}


@dataclass(frozen=True)
class LanguageGuess:
    """A language code (or "und"), and whether it is plain enough to change what a conversation is held in."""

    language: str
    sure: bool
    either: tuple[str, ...] = ()
    """The two languages it may be, where their words in Latin letters do not tell them apart. `sure` is then False."""


def guess(text: str, keep: str | None = None) -> LanguageGuess:
    """The language of `text`. `keep` is the conversation's language: it stays unless there is good reason."""
    name = scripts.script(text)
    if name is None:
        return LanguageGuess(keep or UNDETERMINED, False)
    if name == scripts.OTHER:
        return LanguageGuess(keep or UNDETERMINED, False)
    if name in scripts.ONE_LANGUAGE:
        return LanguageGuess(scripts.ONE_LANGUAGE[name], True)
    if name in scripts.SHARED:
        return _shared(text, name, keep)
    return _latin(text, keep)


def _shared(text: str, name: str, keep: str | None) -> LanguageGuess:
    language, plain = scripts.among_shared(text, name)
    if keep and _SCRIPT.get(keep) == name and (not plain or len(text.split()) <= _TOO_FEW_TO_SWITCH):
        return LanguageGuess(keep, False)
    if language == UNDETERMINED and keep:
        return LanguageGuess(keep, False)
    return LanguageGuess(language, plain)


def _latin(text: str, keep: str | None) -> LanguageGuess:
    words = latin.words_of(text)
    if keep and len(words) <= _TOO_FEW_TO_SWITCH:
        return LanguageGuess(keep, False)
    if sum(map(len, words)) <= _TOO_FEW_LETTERS:
        return LanguageGuess(ENGLISH, False)
    model = trained_model()
    # Beside the trained model lingua changes nothing (docs/languages.md) and takes memory: it is asked only without.
    points = latin.together(text) if model is None else latin.points(text)
    chances = {} if model is None else model.chances(text)
    for code, chance in chances.items():
        points[code] = points.get(code, 0.0) + chance
    ordered = sorted(points, key=lambda code: (-points[code], code != ENGLISH, code))
    best, lead = ordered[0], points[ordered[0]] - points[ordered[1]]
    if points[best] < _LEAST_EVIDENCE:
        return LanguageGuess(keep or (ENGLISH if len(words) < _ENOUGH_TO_DOUBT else UNDETERMINED), False)
    sure = lead >= _CLEAR_LEAD and len(words) > _TOO_FEW_TO_SWITCH
    if keep and (not sure or (best != keep and model is not None and _holds(words, keep, model))):
        return LanguageGuess(keep, False)
    everyday = latin.function_words()[ENGLISH]
    near = points[best] - points.get(ENGLISH, 0.0) < _CLEAR_LEAD
    in_doubt = near or (len(words) <= _TOO_FEW_TO_SWITCH and lead < _CLEAR_LEAD_OF_A_WORD)
    if not sure and (in_doubt or all(word in everyday for word in words)):
        return LanguageGuess(ENGLISH, False)  # "help", "stop" or "no" alone is no reason to answer in another language
    if best in _NEAR and len(words) > _TOO_FEW_TO_SWITCH and _cannot_be_told(chances):
        return LanguageGuess(_NEAR[0], False, _NEAR)
    return LanguageGuess(best if best in CODES else UNDETERMINED, sure and best in CODES)


def _holds(words: list[str], keep: str, model: CharacterLanguageModel) -> bool:
    """Whether some words of a mixed message are in the language kept."""
    runs = (words[first : first + _RUN] for first in range(max(1, min(len(words), _MOST_LOOKED_AT) - _RUN + 1)))
    return any(model.chances(" ".join(run)).get(keep, 0.0) >= _HOLDS for run in runs)


def _cannot_be_told(chances: Mapping[str, float]) -> bool:
    first, second = (chances.get(code, 0.0) for code in _NEAR)
    return first + second >= _NEAR_TOGETHER and abs(first - second) < _NEAR_APART


_lock = threading.Lock()
_model: CharacterLanguageModel | None = None
_looked = False


def trained_model() -> CharacterLanguageModel | None:
    """The trained character model, or None while there is none; looked for once."""
    global _model, _looked
    with _lock:
        if not _looked:
            try:
                _model = newest(places.models())
            except LanguageModelUnusable:
                _model = None
            _looked = True
        return _model


def use_model(model: CharacterLanguageModel | None) -> None:
    """Guess with this model from now on."""
    global _model, _looked
    with _lock:
        _model, _looked = model, True


def forget_model() -> None:
    """Look for the trained model again at the next guess: its folder may be another one by then."""
    global _model, _looked
    with _lock:
        _model, _looked = None, False
