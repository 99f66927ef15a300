"""The fixed safety words: what stands first, how long they are, and that they need nothing when they are wanted."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from knowledge import clock, safety
from knowledge.contacts import all_contacts, contact
from knowledge.files import ROOT
from knowledge.safety_file import EMERGENCIES, safety_faults, segments
from knowledge.shop_reading import LONGEST, shop_next_read

LANGUAGES = sorted(path.stem for path in (ROOT / "safety").glob("*.yml"))
NUMBERS = {each.number for each in all_contacts().values() if each.number}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", EMERGENCIES)
def test_the_emergency_number_stands_alone_on_the_first_line(lang: str, part: str) -> None:
    for message in getattr(safety.words(lang), part):
        assert message.split("\n")[0] == contact("emergency").number


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", ["first", "first_self_harm", "second", "high"])
def test_every_number_to_call_stands_on_a_line_of_its_own(lang: str, part: str) -> None:
    told = ("emergency", "modern_slavery_helpline", "salvation_army_slavery", "samaritans", "sandwell_emergency_duty")
    for message in getattr(safety.words(lang), part):
        for name in told[1:]:
            number = str(contact(name).number)
            assert number not in message or number in message.split("\n")


def test_the_first_message_says_all_that_must_be_said_first() -> None:
    (first,) = safety.words("en").first_for(second_on_request=True)
    assert str(contact("modern_slavery_helpline").number) in first
    assert "If you cannot speak, call from a mobile. Listen, then press 55." in first
    assert "You can text 999 only if you registered your phone before." in first
    assert "This chat cannot call for you. Nobody may be reading it now." in first
    assert first.endswith("Send 2 for more help.")


def test_who_speaks_of_dying_gets_the_samaritans_in_the_first_message_and_999_before_them() -> None:
    (first,) = safety.words("en").first_for(("weapon", safety.SELF_HARM))
    lines = first.split("\n")
    assert lines.index("999") < lines.index(str(contact("samaritans").number))
    assert str(contact("samaritans").number) not in safety.words("en").first[0]


def test_the_second_message_holds_what_the_first_had_no_room_for() -> None:
    (second,) = safety.words("en").second
    for name in ("salvation_army_slavery", "samaritans", "sandwell_emergency_duty"):
        assert str(contact(name).number) in second
    assert "If nobody answers" in second
    assert "delete these messages" in second
    assert shop_next_read("en") in second


def test_the_words_for_a_strong_sign_name_the_helpline_first_and_999_only_for_danger_now() -> None:
    (high,) = safety.words("en").high
    assert high.split("\n")[0] == contact("modern_slavery_helpline").number
    assert "If you are in danger now, call 999." in high
    assert "SHOP" in high


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_message_fits_three_text_messages_in_its_script(lang: str) -> None:
    words = safety.words(lang)
    first = (*words.first_for(second_on_request=True), *words.first_for((safety.SELF_HARM,), second_on_request=True))
    assert all(segments(message) <= 3 for message in (*first, *words.second, *words.high))
    assert all(segments(message) <= 2 for message in words.high_again)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", ["first", "first_self_harm", "second", "high", "high_again"])
def test_every_language_gives_the_numbers_of_the_english_in_their_order(lang: str, part: str) -> None:
    def numbers(message: str) -> list[str]:
        return re.findall("|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)), message)

    assert numbers(getattr(safety.words(lang), part)[0]) == numbers(getattr(safety.words("en"), part)[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_no_speaker_has_reviewed_are_followed_by_the_english_ones_marked_as_english(lang: str) -> None:
    words, english = safety.words(lang), safety.words("en")
    if lang == "en" or words.reviewed:
        assert len(words.spoken) == len(words.first) == 1
        return
    assert words.first_for(second_on_request=True)[1:] == english.first_for(second_on_request=True)
    assert words.second[1:] == english.second
    assert words.spoken == ((lang, words.direction), ("en", "ltr"))


def test_the_validator_finds_words_that_are_too_long_or_begin_with_something_else() -> None:
    data = yaml.safe_load((ROOT / "safety" / "en.yml").read_text("utf-8"))
    assert list(safety_faults(data, "en", "999")) == []
    too_long = {**data, "second": [*data["second"], "x" * 200]}
    assert any("second: " in fault for fault in safety_faults(too_long, "en", "999"))
    greeting_first = {**data, "first": ["Hello.", *data["first"]]}
    assert any("alone" in fault for fault in safety_faults(greeting_first, "en", "999"))
    other_script = {**data, "first": [*data["first"][:-1], "ह" * 120]}
    assert any("first: " in fault for fault in safety_faults(other_script, "hi", "999"))
    without = {**data, "second": [line for line in data["second"] if "shop" not in line]}
    assert any("SHOP" in fault for fault in safety_faults(without, "en", "999"))


@pytest.mark.parametrize("lang", ["xx", "und", "", "../en"])
def test_a_language_without_words_gets_the_english_ones(lang: str) -> None:
    assert safety.words(lang) == safety.words("en")


def test_the_words_are_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_disk(*_: object, **__: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr("pathlib.Path.read_text", no_disk)
    assert safety.words("en").first[0].startswith("999\n")
    assert safety.words("en").second[0].startswith("999\n")


def written(folder: Path, hours: str) -> Path:
    """A knowledge base in which SHOP reads at these hours."""
    for name in ("contacts.yml", "phrases/en.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    path = folder / "contacts.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["shop"] |= {"hours": yaml.safe_load(hours), "bank_holidays": "closed"}
    path.write_text(yaml.safe_dump(data), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-20T10:00", "SHOP reads messages at this time of day."),
        ("2026-11-20T08:00", "SHOP next reads messages today from 9am."),
        ("2026-11-19T18:00", "SHOP next reads messages tomorrow from 9am."),
        ("2026-11-21T12:00", "SHOP next reads messages on Monday from 9am."),
        ("2026-12-24T18:00", "SHOP next reads messages on Tuesday from 9am."),
    ],
)
def test_when_shop_next_reads_is_said_by_its_hours_and_bank_holidays(tmp_path: Path, now: str, said: str) -> None:
    weekdays = "{" + ", ".join(f'{day}: "09:00-17:00"' for day in ("mon", "tue", "wed", "thu", "fri")) + "}"
    root = written(tmp_path, weekdays)
    with clock.at(datetime.fromisoformat(now).replace(tzinfo=clock.LONDON)):
        assert shop_next_read("en", root=root) == said
    assert len(said) <= LONGEST


def test_where_the_hours_are_not_known_nothing_is_claimed() -> None:
    assert contact("shop").hours is None
    assert shop_next_read("en").startswith("We do not know")
