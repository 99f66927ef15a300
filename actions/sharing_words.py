"""What is said in the sharing choice: the question of each step, and the words when it ends."""

from __future__ import annotations

from collections.abc import Mapping

from actions.reply import Button, Message, Reply
from actions.sharing import (
    AGREED,
    CHOICE,
    CHOSEN,
    CONFIRMED,
    DETAILS,
    DONE,
    FAMILY,
    LEFT,
    NOT_NOW,
    STEPS,
    THIS_NUMBER,
    WAY,
    WAYS,
    WHERE,
    identity,
    telling,
    words_passed_on,
)
from actions.turn import Turn
from knowledge.contact_text import reach_text
from knowledge.contacts import contact
from knowledge.phrases import phrase
from knowledge.sharing_words import SHARE
from knowledge.shop_reading import shop_next_read

LEAVE = "0"
TAKE_BACK = "gateway/take_back"
RETURN_PHRASE = "gateway/return_phrase"
"""Choices of the gateway's own: only it can do what they order."""


def question(step: str, turn: Turn) -> Reply:
    """The question of a step."""
    if step == CHOICE:
        return _choice(turn)
    if step == AGREED:
        honest = [phrase(f"share_honest_{name}", turn.language) for name in ("police", "home_office", "report")]
        buttons = [_button("button_go_on", "yes", turn), _button("button_not_share", "no", turn)]
        return _asked("\n".join([*honest, phrase("share_only_shop", turn.language)]), buttons, turn)
    if step == CONFIRMED:
        text, _ = words_passed_on(turn.draft, way_words(turn.language), turn.language)
        intro, right = (phrase(key, turn.language) for key in ("share_preview_intro", "share_ask_right"))
        buttons = [
            _button("button_pass_on", "pass_on", turn),
            _button("button_change", "change", turn),
            _button("button_not_share", "not", turn),
        ]
        return _asked("\n".join([intro, text, right]), buttons, turn)
    return _detail(step, turn)


def _choice(turn: Turn) -> Reply:
    buttons = [_button(f"button_{name}", name, turn) for name in CHOSEN]
    words = phrase("share_ask", turn.language)
    chosen = turn.case.choice if turn.case else ""
    if turn.case and chosen in (*CHOSEN, "withdrawn"):
        words = f"{phrase(f'share_chosen_{chosen}', turn.language)} {phrase('share_change_ask', turn.language)}"
        if chosen == SHARE and not turn.case.read:
            buttons.append(Button(phrase("button_take_back", turn.language), TAKE_BACK))
    return _asked(words, buttons, turn)


def _detail(step: str, turn: Turn) -> Reply:
    skip = _button("button_skip", "skip", turn)
    buttons = [skip]
    if step == WAY:
        buttons = [*(_button(f"button_way_{way}", f"way/{way}", turn) for way in WAYS), skip]
    elif step == WHERE and turn.channel != "web":
        buttons = [_button("button_this_number", THIS_NUMBER, turn), skip]
    words = phrase(f"share_ask_{step.removeprefix('share_')}", turn.language, leave=LEAVE)
    return _asked(words, buttons, turn)


def _asked(words: str, buttons: list[Button], turn: Turn) -> Reply:
    keep: dict[str, object] = {"choice_open": True, "choice_offered": True}
    said = telling(turn.draft)
    if said:
        keep["withheld"] = said
    return Reply([Message("choice", words, turn.language, buttons=buttons, keep=keep)])


def _button(key: str, about: str, turn: Turn) -> Button:
    return Button(phrase(key, turn.language), f"{FAMILY}/{about}")


def way_words(lang: str) -> Mapping[str, str]:
    """How a way, and "this number", is written out."""
    ways = {way: phrase(f"share_way_{way}", lang) for way in WAYS}
    return {**ways, THIS_NUMBER: phrase("share_this_number", lang)}


def ending(turn: Turn) -> Reply:
    """The words when the choice ends, and what is to be written down of it."""
    closed = {"choice_open": False}
    if turn.choice_ended == LEFT:
        return Reply([_notice("share_left", turn=turn)], {"sharing_end": None}, closed)
    if turn.choice_ended == NOT_NOW:
        return Reply([_notice("share_not_now", turn=turn)], {"sharing_end": None}, closed)
    if turn.choice_ended != DONE or turn.draft.get(CHOICE) not in CHOSEN:
        return Reply([], {"sharing_end": None}, closed)
    choice = turn.draft[CHOICE]
    text, spoken = words_passed_on(turn.draft, way_words(turn.language), turn.language)
    given = identity(turn.draft, way_words(turn.language)) if choice == SHARE else {}
    decided = {"choice": choice, "identity": given, "passed_on": text, "language": spoken}
    messages = [_after(choice, turn)]
    if turn.channel == "web":
        words = phrase("share_change_later", turn.language)
        back = Button(phrase("button_return_phrase", turn.language), RETURN_PHRASE)
        messages.append(Message("choice", words, turn.language, buttons=[back]))
    forgotten: dict[str, object] = dict.fromkeys((*STEPS, "sharing_end"))
    return Reply(messages, forgotten, {**closed, "sharing": decided})


def _after(choice: str, turn: Turn) -> Message:
    """What happens next, and when."""
    lang = turn.language
    later = () if turn.channel == "web" else ("share_change_later",)
    if choice == SHARE:
        reachable = any(turn.draft.get(step) for step in DETAILS[:2])
        way = "share_done_way" if reachable else "share_done_no_way"
        lines = [phrase("share_done", lang), shop_next_read(lang), phrase(way, lang)]
        lines += [phrase(key, lang) for key in ("share_take_back_until", *later)]
        return Message("notice", " ".join(lines), lang)
    if choice == "helpline_only":
        helpline = [reach_text(contact(name), lang) for name in ("modern_slavery_helpline", "salvation_army_slavery")]
        lines = [phrase("share_helpline_done", lang), *(f"{each}." for each in helpline)]
        return Message("notice", " ".join([*lines, *(phrase(key, lang) for key in later)]), lang)
    return _notice("share_anonymous_done", *later, turn=turn)


def _notice(*keys: str, turn: Turn) -> Message:
    return Message("notice", " ".join(phrase(key, turn.language) for key in keys), turn.language)
