"""Whatever is said, a check goes on, ends, or lets something else be answered; it never breaks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import DONE
from tests.actions.checks.under_way import UnderWay

SAID = (
    "yes", "no", "dunno", "none", "0", "12", "-5", "400", "1e9", "12.50", "£1,800 a month before tax", "10 quid 50",
    "about 12 hrs", "last Tuesday", "since March", "3/4/26", "31/12/2099", "1 to 31 October 2026", "1 2 3", "1 and 3",
    "everything", "worker", "monday to friday", "change the pay", "no, I said 10 hours", "back", "wrong", "go on",
    "change my age to 40", "that is all", "nothing else", "skip", "a lot", "half", "200%", "£", "5 days ago", "never",
)  # fmt: skip
SAID_IN = {
    "en": SAID,
    "ro": (
        "da", "nu", "nu stiu", "nimic", "0", "12,50", "1.800 lire pe luna", "cam 12 ore", "luni", "din martie",
        "1 si 3",
        "1-31 octombrie 2026", "luni pana vineri", "schimba plata", "nu, am zis 10 ore", "inapoi", "gresit", "atat",
        "sari",
        "_nu_, 10", "acum 5 zile", "intre 1 si 5 mai", "7 la 7", "29/2/68", "8 ore in 5 zile", "24 de mii", "\u00bd",
    ),
    "hi": (
        "haan", "नहीं", "pata nahi", "kuch nahi", "१२", "1800 mahina", "saadhe", "dedh sau", "कल", "8 se 8",
        "5 din 8 ghante",
        "ek bhi nahi", "1 और 3", "bas", "badlo", "nahi, maine kaha 10", "galat", "wapas", "छोड़ो", "पाँच लाख",
        "se 31 march tak",
        "1 से 31 अक्टूबर", "somvar se shukravar", "न", "ना, 10 घंटे", "मेरे पास हैं",
    ),
}  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    ("lang", "seed"),
    [("en", each) for each in range(12)] + [(lang, each) for lang in ("ro", "hi") for each in range(5)],
)
def test_any_order_of_plausible_answers_keeps_the_check_whole(check: str, lang: str, seed: int) -> None:
    chance = random.Random(f"{check} {seed}")
    way = UnderWay(check, spoken=lang, language=lang)
    for _ in range(70):
        buttons = [button.intent for message in way.messages for button in message.buttons if "check/" in button.intent]
        said = f"/{chance.choice(buttons)}" if buttons and chance.random() < 0.5 else chance.choice(SAID_IN[lang])
        assert way.messages, "something is always said"
        way.say(said)
        if way.end == DONE:
            assert way.words
            break
        way.end = None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(CHECKS)))
def test_any_text_at_all_is_taken_calmly(text: str, check: str) -> None:
    way = UnderWay(check)
    way.say(text.lstrip("/"))
    assert way.words


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_ends_for_somebody_who_knows_nothing(check: str) -> None:
    way = UnderWay(check)
    for _ in range(40):
        if way.end:
            break
        way.say("I don't know")
    assert way.end
    assert way.words


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_every_check_ends_for_somebody_who_takes_every_first_choice_and_answers_plainly(
    check: str, answer: str
) -> None:
    plain = ("12", "3/10/26", "1 to 31 October 2026", "monday", "none", "30", "500", "2", "skip")
    way = UnderWay(check)
    for _ in range(120):
        if way.end == DONE:
            break
        before = way.draft
        buttons = [button.intent for message in way.messages for button in message.buttons]
        tried = [f"/check/{way.draft.open}/{answer}", *(f"/{each}" for each in buttons[:1]), *plain]
        for said in tried:
            way.say(said)
            if way.end or dict(way.draft.answers) != dict(before.answers) or way.draft.picked != before.picked:
                break
    assert way.end == DONE, way.words
    assert way.words
