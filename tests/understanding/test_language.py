from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding import language, latin
from understanding.language import CODES, guess
from understanding.language_model import (
    CharacterLanguageModel,
    LanguageModelUnusable,
    OneLanguageOnly,
    newest,
    train_or_reuse,
)
from understanding.risk_data import RiskExample
from understanding.training_data import Example

WRITTEN = [
    ("en", "my boss dont pay me"),
    ("en", "oga no wan pay me abeg"),
    ("en", "dem seize my passport, wetin i go do"),
    ("en", "Good morning sir I hope this finds you well kindly assist"),
    ("en", "WHY THEY CUT 50 POUND FROM MY MONEY"),
    ("hi", "मुझे तनख्वाह नहीं मिली"),
    ("hi", "mujhe chutti nahi mil rahi kya karu"),
    ("ne", "मलाई तलब दिएको छैन"),
    ("ne", "malai talab dieko chaina, ke garne"),
    ("ur", "میرا مالک تنخواہ نہیں دیتا"),
    ("ur", "assalam o alaikum meri tankhwah nahi mili 2 mahine se"),
    ("pa", "ਮੈਨੂੰ ਤਨਖਾਹ ਨਹੀਂ ਮਿਲੀ"),
    ("pa", "menu boss paise nahi dinda, ki kara"),
    ("ml", "എനിക്ക് ശമ്പളം കിട്ടിയില്ല"),
    ("ml", "enikku shambalam kittiyilla, enthu cheyyanam"),
    ("ta", "எனக்கு சம்பளம் தரவில்லை"),
    ("ta", "enakku sambalam kudukala enna panna"),
    ("te", "naku jeetham ivvaledu, enti cheyali"),
    ("gu", "mane pagar nathi apyo, shu karvu"),
    ("bn", "আমার মালিক বেতন দেয় না"),
    ("bn", "amar malik beton dey na, ki korbo"),
    ("si", "mata padiya dunne naha mokada karanne"),
    ("tl", "hindi po ako binabayaran ng amo ko"),
    ("yo", "Ọ̀gá mi kò san owó oṣù mi"),
    ("ig", "onye oru m akwughi m ugwo, gini ka m ga-eme"),
    ("ha", "ogana baya biyana albashi, me zan yi"),
    ("tw", "me adwumawura ntua me ka, dɛn na menyɛ"),
    ("sn", "murungu wangu haasi kundibhadhara, ndoita sei"),
    ("sw", "bosi wangu hanilipi mshahara, nifanye nini"),
    ("so", "shaqo bixiyahaygu mushahar ima siinin, maxaan sameeyaa"),
    ("pl", "szef mi nie placi co mam zrobic"),
    ("ro", "seful nu imi plateste salariul de doua luni"),
    ("pt", "meu patrão não me paga há dois meses"),
    ("fr", "mon patron ne me paie pas depuis deux mois"),
    ("es", "mi jefe no me paga desde hace dos meses"),
    ("it", "il mio capo non mi paga da due mesi"),
    ("lt", "mano darbdavys nemoka atlyginimo"),
    ("sq", "shefi im nuk më paguan rrogën"),
    ("vi", "chủ của tôi không trả lương"),
    ("fa", "کارفرمای من حقوق نمی‌دهد"),
    ("ar", "صاحب العمل لا يدفع راتبي"),
    ("ps", "زما کارفرما زما معاش نه راکوي، څه وکړم"),
    ("ckb", "خاوەنکارەکەم مووچەم نادات"),
    ("bg", "Шефът ми не ми плаща заплата"),
    ("uk", "Мій роботодавець не платить мені"),
]


@pytest.mark.parametrize(("code", "text"), WRITTEN)
def test_a_sentence_shows_its_language(code: str, text: str) -> None:
    assert guess(text).language == code


def test_every_offered_language_has_a_sentence_here() -> None:
    assert set(CODES) == {code for code, _ in WRITTEN}


@pytest.mark.parametrize(
    "text", ["мой начальник не платит мне зарплату", "माझा मालक मला पगार देत नाही", "ฉันไม่ได้รับค่าจ้าง", "老板不给我工资"]
)
def test_a_language_that_is_not_offered_is_not_called_by_anothers_name(text: str) -> None:
    assert guess(text).language == "und"


@pytest.mark.parametrize("text", ["", "😀", "12345", "?!", "\x00"])
def test_without_letters_the_conversation_keeps_its_language(text: str) -> None:
    assert guess(text, keep="ml").language == "ml"
    assert guess(text).language == "und"


@pytest.mark.parametrize("text", ["ok", "thank you", "passport", "hola"])
def test_one_or_two_words_never_change_the_language(text: str) -> None:
    found = guess(text, keep="ur")
    assert (found.language, found.sure) == ("ur", False)


def test_a_script_the_kept_language_is_not_written_in_changes_it_at_once() -> None:
    assert guess("സഹായം", keep="en").language == "ml"


def test_a_clear_sentence_changes_the_language() -> None:
    found = guess("i will send you my payslip tomorrow, thanks for your help", keep="ml")
    assert (found.language, found.sure) == ("en", True)


def test_a_short_word_of_two_languages_of_a_script_keeps_the_one_spoken() -> None:
    assert guess("काम", keep="ne").language == "ne"
    assert guess("کار", keep="fa").language == "fa"


def test_romanised_words_do_not_leave_the_language_they_romanise() -> None:
    assert guess("enikku joli illa, please help cheyyamo", keep="ml").language == "ml"


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), keep=st.none() | st.sampled_from(CODES))
def test_any_text_gets_an_offered_language_or_none(text: str, keep: str | None) -> None:
    assert guess(text, keep).language in {*CODES, "und"}


@pytest.fixture
def without_lingua(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name == "lingua":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    latin._detector.cache_clear()
    yield
    latin._detector.cache_clear()


@pytest.mark.usefixtures("without_lingua")
def test_it_works_where_lingua_is_not_installed() -> None:
    assert guess("mon patron ne me paie pas depuis deux mois").language == "fr"
    assert guess("my boss dont pay me").language == "en"


TAUGHT = [
    Example(text, "greet", code)
    for code, texts in {
        "en": [
            "they never pay me on time",
            "how many days of holiday",
            "my manager shouts at me",
            "i have no contract",
        ],
        "ml": [
            "enikku leave tharunnilla",
            "njan joli cheyyunnu",
            "avar paisa tharunnilla",
            "ente passport avarude kayyil",
        ],
        "sn": ["havasi kundipa mari yangu", "ndinoda rubatsiro", "murungu ane passport rangu", "ndashanda mwedzi wose"],
    }.items()
    for text in texts
]


def test_a_trained_model_tells_languages_apart_and_is_asked_by_the_guess() -> None:
    model = CharacterLanguageModel.train(TAUGHT)
    chances = model.chances("avar joli tharunnilla")
    assert max(chances, key=lambda code: chances[code]) == "ml"
    assert sum(chances.values()) == pytest.approx(1)
    language.use_model(model)
    assert guess("kayyil tharunnilla cheyyunnu").language == "ml"


def test_a_saved_language_model_says_the_same(tmp_path: Any) -> None:
    model = CharacterLanguageModel.train(TAUGHT)
    model.save(tmp_path)
    loaded = CharacterLanguageModel.load(tmp_path)
    for text in ("ndinoda mari", "pay me", "", "\U0001f600"):
        assert loaded.chances(text) == model.chances(text)


def test_the_same_texts_are_not_learnt_again_and_the_model_made_last_is_asked(tmp_path: Path) -> None:
    assert train_or_reuse(TAUGHT, tmp_path).languages == ["en", "ml", "sn"]
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/arrays.npz")}
    train_or_reuse([*TAUGHT[::-1], TAUGHT[0]], tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/arrays.npz")} == before
    train_or_reuse([*TAUGHT, RiskExample("anataura inini", "high", "violence", "sn")], tmp_path)
    assert len(list(tmp_path.glob("language-*"))) == 2
    taught = {code: newest(tmp_path).chances("anataura inini")[code] for code in ("en", "ml", "sn")}
    assert max(taught, key=lambda code: taught[code]) == "sn"


def test_one_language_cannot_be_told_apart() -> None:
    with pytest.raises(OneLanguageOnly):
        CharacterLanguageModel.train(TAUGHT[:4])


def test_a_missing_language_model_is_said(tmp_path: Any) -> None:
    with pytest.raises(LanguageModelUnusable):
        CharacterLanguageModel.load(tmp_path / "none")


@pytest.mark.parametrize("text", ["y", "No", "ok", "help", "skip", "yes", "menu", "abuse"])
def test_a_word_of_many_languages_is_no_reason_to_leave_english(text: str) -> None:
    assert language.guess(text).language == "en"


def test_it_is_no_reason_to_leave_the_language_of_the_conversation_either() -> None:
    assert language.guess("y", keep="ro").language == "ro"


NEAR = [
    Example(text, "greet", code)
    for code, texts in {
        "hi": [
            "kya aap meri madad karo",
            "mera paisa nahi mila bhai",
            "kya aap dhanyavaad bolo",
            "mujhe chhutti chahiye",
        ],
        "ur": ["kya aap meri madad karo", "mera paisa nahi mila bhai", "kya aap shukriya bolo", "mujhe ijazat chahiye"],
        "sn": ["havasi kundipa mari yangu", "ndinoda rubatsiro", "murungu ane passport rangu", "ndashanda mwedzi wose"],
        "en": [
            "they never pay me on time",
            "how many days of holiday",
            "they did not pay this month",
            "i have no contract",
        ],
    }.items()
    for text in texts
]


def test_what_hindi_and_urdu_share_in_latin_letters_is_said_to_be_either() -> None:
    language.use_model(CharacterLanguageModel.train(NEAR))
    found = guess("kya aap meri madad karo")
    assert (found.language, found.either, found.sure) == ("hi", ("hi", "ur"), False)
    assert guess("havasi kundipa mari yangu").either == ()


def test_a_mixed_message_keeps_the_language_of_the_conversation() -> None:
    language.use_model(CharacterLanguageModel.train(NEAR))
    mixed = "they did not pay kundipa mari yangu this month"
    assert guess(mixed, keep="sn").language == "sn"
    assert guess("they did not pay me on time this month", keep="sn").language == "en"
