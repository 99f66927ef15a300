"""Danger told in plain words of each language: seen where it is told, not where it is denied or only asked about."""

from __future__ import annotations

from functools import cache

import pytest

from understanding.risk import SIGNS
from understanding.risk_levels import EMERGENCY, HIGH, highest
from understanding.signs import SignPatterns
from understanding.signs_rules import read_rules

# Of each language: papers kept, blows, blows denied, a general question about papers.
SAID = {
    "pl": (
        "szef zabrał mi paszport",
        "szef mnie bije",
        "nikt mnie nie bije",
        "czy szef może zabrać paszport",
    ),
    "pt": (
        "o patrão ficou com o meu passaporte",
        "o meu chefe bate em mim",
        "ninguém me bate",
        "o patrão pode ficar com o passaporte?",
    ),
    "fr": (
        "le patron a pris mon passeport",
        "mon patron me frappe",
        "personne ne me frappe",
        "est-ce que le patron peut garder le passeport ?",
    ),
    "es": (
        "el jefe me quitó el pasaporte",
        "mi jefe me pega",
        "nadie me pega",
        "¿puede el jefe quedarse con el pasaporte?",
    ),
    "it": (
        "il capo mi ha preso il passaporto",
        "il capo mi picchia",
        "nessuno mi picchia",
        "il capo può tenere il passaporto?",
    ),
    "ur": (
        "malik ne mera passport rakh liya",
        "malik mujhe marta hai",
        "koi mujhe nahi marta",
        "kya malik passport rakh sakta hai",
    ),
    "ml": (
        "muthalali ente passport vangi vechu",
        "boss enne adikkunnu",
        "aarum enne adichilla",
        "passport avarkku vekkamo",
    ),
    "pa": (
        "",
        "boss mainu kutda hai",
        "mainu koi nahi kutda",
        "ki malik passport rakh sakda",
    ),
    "ar": (
        "المدير اخذ جوازي",
        "المدير يضربني",
        "ما حدا يضربني",
        "هل يحق للمدير اخذ الجواز",
    ),
    "sn": (
        "murungu akatora passport yangu",
        "bhosi anondirova",
        "hapana anondirova",
        "murungu anobvumirwa here kutora passport",
    ),
    "sw": (
        "bosi amechukua pasipoti yangu",
        "bosi ananipiga",
        "hakuna anayenipiga",
        "je bosi anaweza kushika pasipoti",
    ),
    "tl": (
        "kinuha ng amo ang passport ko",
        "sinasaktan ako ng amo ko",
        "walang nananakit sa akin",
        "pwede ba kunin ng amo ang passport",
    ),
    "bn": (
        "মালিক আমার পাসপোর্ট নিয়ে নিয়েছে",
        "বস আমাকে মারে",
        "কেউ আমাকে মারে না",
        "মালিক কি পাসপোর্ট রাখতে পারে",
    ),
    "ta": (
        "முதலாளி என் பாஸ்போர்ட்டை வாங்கி வைத்துக்கொண்டார்",
        "முதலாளி என்னை அடிக்கிறார்",
        "யாரும் என்னை அடிக்கவில்லை",
        "முதலாளி பாஸ்போர்ட் வைத்திருக்கலாமா",
    ),
    "gu": (
        "માલિકે મારો પાસપોર્ટ લઈ લીધો",
        "બોસ મને મારે છે",
        "મને કોઈ મારતું નથી",
        "",
    ),
    "ne": (
        "malik le mero passport rakhyo",
        "malik le malai kutcha",
        "kasaile malai kutdaina",
        "malik le passport rakhna milcha",
    ),
    "uk": (
        "бос забрав мій паспорт",
        "начальник мене б'є",
        "ніхто мене не б'є",
        "чи може бос забрати паспорт",
    ),
    "bg": (
        "шефът ми взе паспорта",
        "шефът ме бие",
        "никой не ме бие",
        "може ли шефът да вземе паспорта",
    ),
    "lt": (
        "bosas atėmė mano pasą",
        "bosas mane muša",
        "niekas manęs nemuša",
        "ar gali bosas laikyti pasą",
    ),
    "sq": (
        "shefi ma mori pasaporten",
        "shefi me rreh",
        "askush nuk me rreh",
        "a mund ta mbaje shefi pasaporten",
    ),
    "vi": (
        "chủ giữ hộ chiếu của tôi",
        "chủ đánh tôi",
        "không ai đánh tôi",
        "",
    ),
    "so": (
        "maamulaha baasaboorkayga ayuu qaatay",
        "maamulaha wuu i garaacaa",
        "cidna ima garaacdo",
        "ma qaadi karaa maamulaha baasaboorka",
    ),
    "yo": (
        "oga gba passport mi",
        "oga n lu mi",
        "enikeni ko lu mi",
        "se oga le gba passport",
    ),
    "ig": (
        "",
        "oga na-eti m ihe",
        "onweghi onye na-eti m ihe",
        "oga o nwere ike inara passport",
    ),
    "ha": (
        "oga ya kwace passport dina",
        "oga yana duka na",
        "babu wanda ke duka na",
        "shin oga zai iya rike passport",
    ),
    "tw": (
        "me wura agye me passport",
        "me wura bo me",
        "obiara mmo me",
        "",
    ),
    "fa": (
        "رئیس پاسپورتم رو گرفته",
        "رئیسم منو میزنه",
        "کسی منو نمیزنه",
        "",
    ),
    "ps": (
        "مالک زما پاسپورټ اخیستی",
        "مالک ما وهي",
        "هیڅوک ما نه وهي",
        "ایا مالک پاسپورټ ساتلی شي",
    ),
    "ckb": (
        "خاوەنکار پاسپۆرتەکەمی بردووە",
        "خاوەنکار لێم دەدات",
        "کەس لێم نادات",
        "ئایا خاوەنکار دەتوانێت پاسپۆرت هەڵبگرێت",
    ),
    "te": (
        "యజమాని నా పాస్\u200cపోర్ట్ తీసుకున్నాడు",
        "బాస్ నన్ను కొడుతున్నాడు",
        "నన్ను ఎవరూ కొట్టలేదు",
        "యజమాని పాస్\u200cపోర్ట్ ఉంచుకోవచ్చా",
    ),
    "si": (
        "boss mage passport eka gaththa",
        "boss mata gahanawa",
        "kawuruth mata gahanne na",
        "boss ta passport eka thiyaganna puluwanda",
    ),
}


@cache
def patterns(language: str) -> SignPatterns:
    return SignPatterns({language: read_rules(SIGNS / f"{language}.yml")})


def signs(language: str, text: str) -> set[str]:
    return {sign.id for sign in patterns(language).read(text, language).signs}


def grave(language: str, text: str) -> bool:
    return highest(sign.level for sign in patterns(language).read(text, language).signs) in (HIGH, EMERGENCY)


@pytest.mark.parametrize("language", [language for language, said in SAID.items() if said[0]])
def test_kept_papers_are_seen(language: str) -> None:
    assert "documents_held" in signs(language, SAID[language][0])


@pytest.mark.parametrize("language", SAID)
def test_blows_are_seen_and_their_denial_is_none(language: str) -> None:
    assert grave(language, SAID[language][1])
    assert not grave(language, SAID[language][2])


@pytest.mark.parametrize("language", [language for language, said in SAID.items() if said[3]])
def test_a_general_question_is_no_alarm(language: str) -> None:
    assert not grave(language, SAID[language][3])


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("yo", "o mu ọbẹ dani", "weapon"),
        ("ig", "ọ na-eti m ihe ugbu a", "violence_now"),
        ("tw", "ɔkura sekan gyina me pono ano", "weapon"),
        ("ha", "yana riƙe da wuƙa a bakin ƙofata", "weapon"),
        ("ro", "șeful mi-a luat pașaportul", "documents_held"),
        (
            "ar",
            "المُدير اخذ جَوازي",
            "documents_held",
        ),
    ],
)
def test_words_with_their_marks_are_the_words_that_are_typed_without(language: str, text: str, sign: str) -> None:
    assert sign in signs(language, text)


def test_where_the_phrases_have_a_word_with_its_marks_another_mark_is_another_word() -> None:
    assert grave("vi", "chủ đánh tôi")
    assert not grave("vi", "chủ đành tôi")


@pytest.mark.parametrize("my", ["എന്റെ", "എൻ്റെ", "എൻറെ", "എന്‍റെ"])
def test_malayalam_is_read_however_its_keyboard_writes_it(my: str) -> None:
    assert "documents_held" in signs("ml", f"മുതലാളി {my} പാസ്പോര്‍ട്ട് വാങ്ങി വെച്ചു")


def test_what_stands_across_the_cut_of_an_endless_sentence_is_found() -> None:
    for before in range(90, 105):
        text = (
            "and then " * (before // 2) + "so " * (before % 2) + "my boss is beating me with a stick " + "and then " * 9
        )
        assert grave("en", text), before
