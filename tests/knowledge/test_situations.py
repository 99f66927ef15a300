"""What a worker says of their own case names a situation, in English and in the languages that have words for it."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.files import ROOT, read_yaml
from knowledge.situations import SituationNotKnown, all_situations, situation, situations_in_text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("and if I am on a zero-hours contract?", ("zero_hours",)),
        ("What about ZERO HOUR people", ("zero_hours",)),
        ("I'm an agency worker on nights", ("agency", "night_work")),
        ("my visa has expired", ("no_permission",)),
        ("I don't work there any more", ("left_the_job",)),
        ("I don\u2019t work there any more", ("left_the_job",)),
        ("im 19", ("under_21",)),
        ("I am on a student visa", ("student_visa",)),
        ("I am on my husband's visa", ("dependant",)),
        ("the temperature is low", ()),
        ("cos I work days only", ()),
        ("is it illegal to do that?", ()),
        ("", ()),
    ],
)
def test_situations_are_found_in_what_people_say(words: str, expected: tuple[str, ...]) -> None:
    assert situations_in_text(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("और अगर मैं ज़ीरो आवर्स कॉन्ट्रैक्ट पर हूँ तो?", ("zero_hours",)),
        ("aur agar main zero hours pe hu to?", ("zero_hours",)),
        ("ghante fix nhi h mere", ("zero_hours",)),
        ("अगर मैं एजेंसी से हूँ तब भी यही है?", ("agency",)),
        ("स्टूडेंट वालों पर भी लागू होता है क्या", ("student_visa",)),
        ("lekin mai to dependant visa pe hu", ("dependant",)),
        ("मेरे पति के वीज़ा पर हूँ", ("dependant",)),
        ("और लिव-इन वालों के लिए?", ("live_in",)),
        ("मैं तो प्रोबेशन में हूँ, फर्क पड़ेगा?", ("probation",)),
        ("अगर नौकरी छोड़ चुकी हूँ तो भी?", ("left_the_job",)),
        ("agar naukri chhod di ho to", ("left_the_job",)),
        ("cash me paisa milta h mujhe, tab kya hoga", ("no_written_contract",)),
        ("मेरी उम्र १९ है, मेरे लिए भी वही?", ("under_21",)),
        ("main sponsored nahi hu", ("not_sponsored",)),
        ("मैं स्पॉन्सर्ड नहीं हूं", ("not_sponsored",)),
        ("pet se hu to?", ("pregnant",)),
        ("agar boss na maane to phir", ()),
        ("मैं रातों में घरेलू काम देखती हूँ", ()),
    ],
)
def test_situations_are_found_in_hindi_in_both_scripts(words: str, expected: tuple[str, ...]) -> None:
    assert situations_in_text(words, "hi") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("la zero ore e la fel?", ("zero_hours",)),
        ("și dacă nu am ore garantate?", ("zero_hours",)),
        ("și dacă sunt prin agenție?", ("agency",)),
        ("Dar pentru cei cu pre-settled?", ("not_sponsored",)),
        ("Și dacă nu sunt sponsorizată?", ("not_sponsored",)),
        ("la mine cum e, ca sunt live in", ("live_in",)),
        ("dar dacă lucrez doar noaptea", ("night_work",)),
        ("și la student?", ("student_visa",)),
        ("dar daca am part time 16 ore", ("part_time",)),
        ("sunt însărcinată", ("pregnant",)),
        ("lucrez la azil de bătrâni", ("care_home",)),
        ("am cerut azil", ("asylum",)),
        ("m-au dat afară", ("left_the_job",)),
        ("mi-am dat demisia", ("left_the_job",)),
        ("se aplica si la mine?", ()),
    ],
)
@pytest.mark.parametrize("typed", ["as it is", "without diacritics", "with old letters"])
def test_situations_are_found_in_romanian_with_and_without_diacritics(
    words: str, expected: tuple[str, ...], typed: str
) -> None:
    if typed == "without diacritics":
        words = "".join(each for each in unicodedata.normalize("NFD", words) if not unicodedata.combining(each))
    elif typed == "with old letters":
        words = words.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    assert situations_in_text(words, "ro") == expected


def test_what_stands_inside_longer_words_of_another_situation_names_nothing() -> None:
    assert situations_in_text("and if I am not sponsored?") == ("not_sponsored",)
    assert situations_in_text("not sponsored, but my friend is sponsored") == (
        "not_sponsored", "for_someone_else", "sponsored",
    )  # fmt: skip


def test_english_words_count_in_every_language() -> None:
    assert situations_in_text("main zero hours par hoon", "ur") == ("zero_hours",)


@pytest.mark.parametrize("lang", ["en", "hi", "ro"])
def test_every_situation_can_be_named_by_each_of_its_words(lang: str) -> None:
    said = read_yaml(ROOT / "situation_words" / f"{lang}.yml")
    assert set(said) == set(all_situations())
    missed = [
        (name, words) for name, each in said.items() for words in each if name not in situations_in_text(words, lang)
    ]
    assert missed == []


def test_an_unknown_situation_is_not_known() -> None:
    with pytest.raises(SituationNotKnown):
        situation("on_the_moon")
