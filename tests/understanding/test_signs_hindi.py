"""Danger as it is told in Hindi, in Devanagari and in Latin letters."""

from __future__ import annotations

import pytest

from understanding.risk import SIGNS
from understanding.risk_levels import highest
from understanding.signs import SignPatterns
from understanding.signs_rules import read_rules

HINDI = SignPatterns({"hi": read_rules(SIGNS / "hi.yml")})


def level(text: str) -> str:
    return highest(sign.level for sign in HINDI.read(text, "hi").signs)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("मेरा पासपोर्ट मैनेजर के पास है", "documents_held"),
        ("mera passport manager ke paas hai", "documents_held"),
        ("salary nahi deta passport bhi rakh liya", "documents_held"),
        ("वो मुझे कमरे में बंद करके चला गया", "locked_in_calm"),
        ("boss mujhe roz maarta hai", "violence"),
        ("boss ne bola visa cancel kar dega", "threat_to_cancel_sponsorship"),
        ("बॉस ने मेरा फोन छीन लिया", "phone_taken"),
    ],
)
def test_a_strong_sign_is_read_in_both_alphabets(text: str, sign: str) -> None:
    assert sign in {each.id for each in HINDI.read(text, "hi").signs}


@pytest.mark.parametrize(
    "text", ["मालिक मुझे अभी पीट रहा है", "uske haath me chaku hai", "mar jana chahta hu", "कमरे में बंद हूँ, बहुत डर लग रहा है"]
)
def test_danger_now_is_an_emergency(text: str) -> None:
    assert level(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "मुझे किसी ने नहीं मारा",
        "boss ne mujhe maara nahi",
        "mera passport nahi rakha kisi ne",
        "kya malik passport rakh sakta hai",
        "agar koi passport rakh le to kya kare",
        "malik ne mera passport le liya, mazak kar raha tha",
        "film me malik passport rakh leta hai",
        "भूख से मर रहा हूँ",
        "mere paise kaat rahe hai",
        "kisi ne paise chura liye",
        "phone band kar diya, dar lag raha hai",
    ],
)
def test_denials_questions_jokes_and_turns_of_speech_are_no_alarm(text: str) -> None:
    assert level(text) not in ("high", "emergency")
