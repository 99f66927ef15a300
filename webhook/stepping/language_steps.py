"""The steps of choosing a language: asked for by name, offered after two messages in another, told truthfully."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer_words import answer_word
from knowledge.language_words import language_wished, language_words, machine_mark
from knowledge.languages import LanguageNotKnown, all_languages
from knowledge.languages import language as registered
from knowledge.phrase_book import ENGLISH
from webhook.channels.messages import Choice, Draft
from webhook.stepping.context import ALARMING, OURS, Context
from webhook.stepping.languages import (
    COUNT,
    EITHER_ASKED,
    MESSAGES_RUNNING,
    REFUSED,
    RUNNING,
    TOLD_ENGLISH,
    WAITS,
    remember,
    talk,
)
from webhook.stepping.orders import GO_ON
from webhook.stepping.talking import CHECK_OPEN, without_choices
from webhook.translation import packages
from webhook.words import Words, gentle

SWITCH = OURS + "language/"
"""Followed by a language: the worker takes what was offered."""
STAY = OURS + "language_stay"
"""The worker keeps the language of the conversation."""
BUTTON = "change_language/"
"""Followed by a language: the dialogue's own button for one."""
LANGUAGE_WISHED = "language_wished"
"""Kept by the dialogue when a language is asked for in a sentence: its code, or nothing for "which are there"."""
TOPIC = "languages"
FULL, MACHINE, PART = "languages_full", "languages_machine", "languages_part"
"""The sentences of the overview, and what they say of the languages in them."""


def language_choice(context: Context) -> bool:
    """A language asked for by its name as the whole message, or chosen: from now on it is the conversation's."""
    intent = context.known.intent or ""
    if intent == STAY or _typed(context) == "no":
        _stay(context)
        return True
    code = _chosen(context)
    if code is None:
        return False
    _switch(context, code)
    if context.known.check_open and not context.known.taken_over:
        # The open question is asked again, in the language that was chosen.
        context.known = replace(context.known, intent=GO_ON)
        return False
    return True


def _typed(context: Context) -> str | None:
    """Yes or no, typed to the question which language it shall be."""
    offered = context.known.language_talk.get(WAITS)
    if not offered or context.known.intent or context.known.silent:
        return None
    return answer_word(context.text, str(offered)) or answer_word(context.text, context.known.language or "en")


def _chosen(context: Context) -> str | None:
    known = context.known
    intent = known.intent or ""
    for family in (SWITCH, BUTTON):
        if intent.startswith(family) and intent.removeprefix(family) in all_languages():
            return intent.removeprefix(family)
    if intent:
        return None
    if _typed(context) == "yes":
        return str(known.language_talk[WAITS])
    wish = language_wished(context.text, known.language)
    # In the middle of questions a bare name may be the answer to one.
    asked = known.check_open or known.choice_open
    return wish.language if wish is not None and (wish.plain or not asked) else None


def _stay(context: Context) -> None:
    remember(context, **{REFUSED: True, RUNNING: None, COUNT: 0})
    context.keep = {**context.keep, "language": context.language}
    context.status = "silent_taken_over" if context.known.taken_over else "answered_language"
    if not context.known.taken_over:
        context.say("all_right")


def _switch(context: Context, code: str) -> None:
    remember(context, **{RUNNING: None, COUNT: 0, WAITS: None})
    context.language, context.language_sure = code, True
    context.keep = {**context.keep, "language": code}
    if context.known.taken_over:
        context.status = "silent_taken_over"
        return
    words = language_words(code)
    found = _answers_in(context, code)
    answers = {FULL: "", MACHINE: machine_mark(code), PART: words.english}[found]
    if found == PART:
        remember(context, **{TOLD_ENGLISH: code})
    lines = [words.set, answers] if answers else [words.set]
    context.reply(Draft("notice", "\n".join(lines), code, registered(code).dir))
    context.status = "answered_language"


def languages_asked(context: Context) -> bool:
    """Which languages there are and how good each is, where that was asked; a language wished for in a sentence."""
    wished = context.keep.get(LANGUAGE_WISHED)
    if isinstance(wished, str):
        if wished in all_languages():
            open_question = [draft for draft in context.drafts if draft.kind == "question"]
            context.drafts.clear()
            _switch(context, wished)
            context.reply(*open_question)
            return True
        context.drafts[:] = [_overview(context)]
        return False
    if any(draft.topic == TOPIC and draft.kind == "answer" for draft in context.drafts):
        said = _overview(context)
        without_choices(context)
        context.reply(said)
    return False


def told_in_english(context: Context) -> bool:
    """Before the first English answer to a worker of another language: in that language, that answers are English.

    Once, and never beside danger. By text message it is a message of its own, so that the answer after it keeps its
    letters, and its price.
    """
    code = context.answers_in
    known = context.known.language or context.language_sure
    if code == ENGLISH or not known or context.level in ALARMING:
        return False
    if talk(context).get(TOLD_ENGLISH) == code or _answers_in(context, code) != PART:
        return False
    place = next((place for place, draft in enumerate(context.drafts) if draft.lang == ENGLISH), None)
    if place is None:
        return False
    context.drafts.insert(place, Draft("notice", language_words(code).english, code, registered(code).dir))
    remember(context, **{TOLD_ENGLISH: code})
    return False


def _answers_in(context: Context, code: str) -> str:
    """How good a language is today: all answers, a machine's, or plain English ones. A switched-off one has these."""
    if code in context.known.off.languages:
        return PART
    if registered(code).offered:
        return FULL
    return MACHINE if packages.can_translate("en", code) else PART


def _overview(context: Context) -> Draft:
    """The truth about every language: in full, answers by a computer, or understood and plain English."""
    groups: dict[str, list[str]] = {FULL: [], MACHINE: [], PART: []}
    for each in all_languages().values():
        name = each.own_name if context.form == "long" else each.name
        groups[_answers_in(context, each.code)].append(name)
    full = [each for each in all_languages().values() if _answers_in(context, each.code) == FULL]
    keys = (*(key for key, names in groups.items() if names), "languages_how")
    frame: list[Words] = [gentle(key, lang=context.answers_in) for key in keys]
    if any(said.language != context.answers_in for said in frame):
        frame = [gentle(key, lang="en") for key in keys]
    names = {key: ", ".join(listed) for key, listed in groups.items()}
    lines = [said.text.replace("{languages}", names.get(key, "")) for key, said in zip(keys, frame, strict=True)]
    choices = tuple(Choice(each.own_name, SWITCH + each.code) for each in full if each.code != context.language)
    kind = "choice" if choices else "notice"
    return Draft(kind, "\n".join(lines), frame[0].language, frame[0].direction, None, choices)  # type: ignore[arg-type]


def language_offer(context: Context) -> bool:
    """After two messages running in another language: whether it shall be that one, asked in it. After a no, never."""
    if not _may_ask(context):
        return False
    told = talk(context)
    if context.either and not told.get(EITHER_ASKED) and context.known.language in (None, *context.either):
        _ask(context, context.either)
        remember(context, **{EITHER_ASKED: True})
        return True
    running = str(told.get(RUNNING) or "")
    if running in context.known.off.languages:
        return False
    if int(told.get(COUNT) or 0) < MESSAGES_RUNNING or told.get(REFUSED) or running == context.language:
        return False
    _ask(context, (running,))
    remember(context, **{WAITS: running, RUNNING: None, COUNT: 0})
    return True


def _may_ask(context: Context) -> bool:
    """Only after a plain answer, never beside danger, another question of ours, or in the middle of something."""
    known, keep = context.known, context.keep
    busy = known.check_open or known.choice_open or keep.get(CHECK_OPEN) or keep.get("choice_open")
    asking = context.notes.get("gentle", {}).get("waits") or context.notes.get("choice_offered")
    either_settled = known.language_chosen and not talk(context).get(RUNNING)
    return (
        context.status == "answered_dialogue"
        and bool(context.drafts)
        and context.level not in ALARMING
        and not (busy or asking or either_settled)
    )


def _ask(context: Context, offered: tuple[str, ...]) -> None:
    """The question in each language offered; the choices are the languages' own names."""
    others = () if len(offered) > 1 else (context.language,)
    choices = tuple(Choice(_title(code), STAY if code in others else SWITCH + code) for code in (*offered, *others))
    words = "\n".join(language_words(code).ask for code in offered)
    without_choices(context)
    context.reply(Draft("choice", words, offered[0], registered(offered[0]).dir, None, choices))


def _title(code: str) -> str:
    """A language's own name, with the English one where its script may not be read by who wrote in Latin letters."""
    try:
        found = registered(code)
    except LanguageNotKnown:
        return code
    return found.own_name if found.own_name.isascii() else f"{found.own_name} ({found.name})"[:24]
