"""The gate: what is known to be bad is withheld, and what is like a good translation goes through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook.translation.quality import fault, unfit

GOOD = [
    ("Szef nie płaci mi od dwóch miesięcy.", "My boss has not paid me for two months.", "pl", "en"),
    ("Dostaję 9,50 funta za godzinę, 60 godzin.", "I get 9.50 pounds an hour, 60 hours.", "pl", "en"),
    ("मुझे ₹५०० मिले और ३ दिन छुट्टी", "I got ₹500 and 3 days off", "hi", "en"),
    ("میرا پاسپورٹ مالک کے پاس ہے", "The owner has my passport", "ur", "en"),
    ("You can call Acas on 0300 123 1100.", "Możesz zadzwonić do Acas: 0300 123 1100.", "en", "pl"),
    ("See www.gov.uk/holiday for more.", "Zobacz więcej na www.gov.uk/holiday.", "en", "pl"),
    ("[name] wziął paszport [name] wczoraj", "[name] took [name]'s passport yesterday", "pl", "en"),
    ("SHOP includes the council.", "SHOP obejmuje radę.", "en", "pl"),
    ("Шефът ми взе паспорта", "My boss took my passport", "bg", "en"),
]
BAD = [
    ("Szef nie płaci mi", "", "empty", "pl", "en"),
    ("Szef nie płaci mi od dwóch miesięcy i krzyczy", "My boss shouts.", "length", "pl", "en"),
    ("Szef nie płaci mi", "My boss does not pay me " * 6, "length", "pl", "en"),
    ("Szef nie płaci mi od maja", "the the the the boss pays", "repetition", "pl", "en"),
    (
        "Szef nie płaci mi od maja a ja tu pracuję cały dzień i całą noc",
        "I do not know I do not know I do not know I do not know",
        "repetition", "pl", "en",
    ),
    ("Szef nie płaci mi od maja", "Szef nie płaci mi od maja", "copied", "pl", "en"),
    ("Szef nie płaci mi od maja", "Szef nie placi mi od maja nie płaci mi", "copied", "pl", "en"),
    ("Dostaję 9,50 funta za godzinę", "I get 9.00 pounds an hour", "numbers", "pl", "en"),
    ("Pracuję 60 godzin", "I work many hours", "numbers", "pl", "en"),
    ("See www.gov.uk/holiday for more.", "Zobacz więcej na stronie rządu.", "links", "en", "pl"),
    ("[name] wziął mój paszport", "He took my passport today", "names", "pl", "en"),
    ("SHOP includes the council.", "Sklep obejmuje radę miasta.", "names", "en", "pl"),
    ("The boss has my passport", "The owner keeps a passport", "letters", "en", "ur"),
    ("mera boss paise nahi deta", "my boss does not pay", "unlike_script", "hi", "en"),
    ("pomoc", "help", "short", "pl", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("original", "translated", "source", "target"), GOOD)
def test_what_is_like_a_translation_goes_through(original: str, translated: str, source: str, target: str) -> None:
    assert fault(original, translated, source, target) is None


@pytest.mark.parametrize(("original", "translated", "reason", "source", "target"), BAD)
def test_what_is_known_to_be_bad_is_withheld(
    original: str, translated: str, reason: str, source: str, target: str
) -> None:
    assert fault(original, translated, source, target) == reason


@given(text=st.text(max_size=200))
def test_a_text_given_back_is_never_shown_as_its_translation(text: str) -> None:
    reason = fault(text, text, "pl", "en")
    assert reason is not None or unfit(text, "pl") is None
    words = [word for word in text.split() if word.isalpha()]
    if len(words) >= 3:
        assert reason is not None


@given(original=st.text(max_size=120), translated=st.text(max_size=300))
def test_any_two_texts_are_judged_without_a_fault_of_ours(original: str, translated: str) -> None:
    assert fault(original, translated, "ur", "en") in {
        None, "unlike_script", "short", "empty", "length", "repetition", "copied", "numbers", "links", "names",
        "letters",
    }  # fmt: skip


@given(number=st.integers(min_value=0, max_value=10**9), other=st.integers(min_value=0, max_value=10**9))
def test_another_number_is_never_let_through(number: int, other: int) -> None:
    said = fault(f"szef zabrał {number} funtów", f"the boss took {other} pounds", "pl", "en")
    assert (said is None) is (number == other)
