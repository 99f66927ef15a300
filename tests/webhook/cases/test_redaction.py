"""Masking: what could tell who somebody is goes, what an officer must understand stays."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webhook.cases.redaction import marks, redact, redact_all, redact_part

MASKED = [
    # telephones
    ("call me on 07700 900123 please", "call me on [phone] please"),
    ("my number is +44 7700 900 123", "my number is [phone]"),
    ("0044-7700-900123", "[phone]"),
    ("(07700) 900-123 after six", "[phone] after six"),
    ("07700.900.123", "[phone]"),
    ("0 7 7 0 0 9 0 0 1 2 3", "[phone]"),
    ("0121 496 0999", "[phone]"),
    ("i am 07700900123", "i am [phone]"),
    ("+91 98765 43210 in India", "[phone] in India"),
    ("whatsapp 07700900123 or 07700900456", "whatsapp [phone] or [phone]"),
    ("oh seven seven zero zero nine double zero one two three", "[phone]"),
    ("०७७०० ९००१२३", "[phone]"),
    ("٠٧٧٠٠٩٠٠١٢٣", "[phone]"),
    ("০৭৭০০৯০০১২৩ এ ফোন করুন", "[phone] এ ফোন করুন"),
    ("०७७००९००१२३ पर फोन", "[phone] पर फोन"),
    # e-mail, links, names on networks
    ("maria.s+care@gmail.com is mine", "[e-mail] is mine"),
    ("write to m_santos@care-home.co.uk", "write to [e-mail]"),
    ("maria dot santos at gmail dot com", "[e-mail]"),
    ("maria (at) gmail (dot) com", "[e-mail]"),
    ("see www.facebook.com/maria.santos.9", "see [link]"),
    ("https://t.me/mariacare", "[link]"),
    ("my page is instagram.com/mariacares", "my page is [link]"),
    ("I follow @maria_care on insta", "I follow [handle] on insta"),
    ("my insta is maria.s.care", "my insta is [handle]"),
    ("telegram: mariacares99", "telegram: [handle]"),
    # where
    ("I live at 12 High Street, Smethwick B67 5AB", "I live at [address], Smethwick [postcode]"),
    ("i live in flat 4 at 23b rose lane b70 8ez", "i live in [address] at [address] [postcode]"),
    ("room 12 at Rose House", "[address] at Rose House"),
    ("postcode B708EZ", "postcode [postcode]"),
    ("they keep us in 45 Victoria Road", "they keep us in [address]"),
    ("near Station Road with no heating", "near [address] with no heating"),
    ("my address is 12 Rose Villas, Oldbury and they lock the door", "my address is [address] and they lock the door"),
    # names
    ("My name is Maria Santos and I need help", "My name is [name] and I need help"),
    ("my name is maria santos and they took my passport", "my name is [name] and they took my passport"),
    ("MY NAME IS MARIA AND THEY HIT ME", "MY NAME IS [name] AND THEY HIT ME"),
    ("my name's Grace", "my name's [name]"),
    ("my full name is Ngozi Adaeze Okonkwo, please call", "my full name is [name], please call"),
    ("my first name is Anju", "my first name is [name]"),
    ("name: Rosa Lim", "name: [name]"),
    ("I am Priya from Kerala", "I am [name] from Kerala"),
    ("i am priya and i am scared", "i am [name] and i am scared"),
    ("I'm Adebayo", "I'm [name]"),
    ("im xolani from zimbabwe", "im [name] from zimbabwe"),
    ("this is Anita speaking", "this is [name] speaking"),
    ("It's Tendai, they locked us in", "It's [name], they locked us in"),
    ("you can call me Jo", "you can call me [name]"),
    ("I am called Oluwaseun", "I am called [name]"),
    ("Blessing here, they took my phone", "[name] here, they took my phone"),
    ("please help me. Regards, Blessing Okafor", "please help me. Regards, [name]"),
    ("Mr Khan took my passport", "Mr [name] took my passport"),
    ("mrs. patel shouts", "mrs. [name] shouts"),
    ("he calls himself Dr. Raj Malhotra", "he calls himself Dr. [name]"),
    ("Good morning sir, Chinedu this side", "Good morning sir, [name] this side"),
    ("name of my manager is Sarah Jones", "name of my manager is [name]"),
    ("their van is BX19 ABC", "their van is [vehicle]"),
    ("my manager Sunita shouted", "my manager [name] shouted"),
    ("my friend Abena is locked in", "my friend [name] is locked in"),
    ("her name is Lakshmi", "her name is [name]"),
    ("मेरा नाम सुनीता है और मुझे मदद चाहिए", "मेरा नाम [name] है और मुझे मदद चाहिए"),
    ("mera naam Sunita hai", "mera naam [name] hai"),
    ("എന്റെ പേര് ജിൻസി ആണ്", "എന്റെ പേര് [name] ആണ്"),
    ("আমার নাম রহিমা", "আমার নাম [name]"),
    ("اسمي فاطمة", "اسمي [name]"),
    ("میرا نام عائشہ ہے", "میرا نام [name] ہے"),
    ("me llamo Maria Lopez y trabajo", "me llamo [name] y trabajo"),
    ("je m'appelle Fatou Diallo", "je m'appelle [name]"),
    ("mam na imię Katarzyna", "mam na imię [name]"),
    # documents
    ("my passport number is P1234567A", "my passport number is [document]"),
    ("passport Z1234567 was taken", "passport [document] was taken"),
    ("passport 123456789", "passport [document]"),
    ("BRP ZU1234567", "BRP [document]"),
    ("NI number AB 12 34 56 C", "NI number [document]"),
    ("my nino is qq123456c", "my nino is [document]"),
    ("CoS number C2G7K98710Q", "CoS number [document]"),
    ("share code W12 A3B 4CD", "share code [document]"),
    ("my visa ref GWF012345678", "my visa ref [document]"),
    ("my case number is 1212-0001-2345-6789", "my case number is [document]"),
    ("NHS number 943 476 5919", "NHS number [document]"),
    # banks
    ("sort code 20-30-40 account 12345678", "sort code [bank]"),
    ("account number is 12345678", "account number is [bank]"),
    ("IBAN GB29NWBK60161331926819", "IBAN [bank]"),
    ("card 4111 1111 1111 1111", "card [bank]"),
    # dates of birth
    ("dob 12/03/1990", "dob [date of birth]"),
    ("I was born on 3 May 1988", "I was born on [date of birth]"),
    ("date of birth: 1985-02-01", "date of birth: [date of birth]"),
    ("my birthday is 4th July 1991", "my birthday is [date of birth]"),
]

KEPT = [
    "they paid me £4.50 for 12 hours",
    "I paid 15,000 pounds to the agent on 12/03/2026",
    "i paid 1500000 rupees",
    "Rs 12,50,000 to the agent",
    "they want 8,000 back",
    "I work 0700-1900 every day, 60 hours",
    "I work from 8am to 10pm 7 days",
    "my shift is 10:00 - 22:00",
    "they owe me 3 months pay since 2024-05-01",
    "he was there from 12 March 2026 to 5 May 2026",
    "I am 34 years old with 2 children",
    "worked in 2022 2023 2024",
    "there are 12 people in one room",
    "60 hours a week in one place",
    "12 men on the street",
    "minimum wage is 12.71",
    "the 60 day period and the 28 weeks",
    "COVID-19 P45 P60 24/7",
    "call 999",
    "www.gov.uk/modern-slavery",
    "he has a knife and my door is locked",
    "my boss has my passport",
    "I AM TRAPPED IN THE HOUSE AND THEY HIT ME",
    "I am Scared",
    "I'm being hit",
    "I am Indian and I am pregnant",
    "i am on a sponsored visa and working 70 hours",
    "I'm a carer",
    "this is slavery",
    "his name is not important",
    "they call me stupid",
    "I am trapped in the house",
    "It is not safe here",
    "My manager Shouted at me and My husband Beat me",
    "my sponsor is Sunrise Care Ltd",
    "I paid £16,500 cash in 2 parts: 10000 and 6500",
    "payslip 30/09/2026 shows 812.40 for 164 hours",
    "visa expires 14/02/2027",
    "we are 9 in a 3 bed house in Smethwick",
    "2x12hr shifts, 48hr",
    "my manager said he will cancel my visa",
    "I have worked 12 14 16 hours",
    "yes",
    "",
]


@pytest.mark.parametrize(("said", "masked"), MASKED)
def test_what_tells_who_somebody_is_is_masked(said: str, masked: str) -> None:
    assert redact(said) == masked


@pytest.mark.parametrize("said", KEPT)
def test_what_an_officer_must_understand_stays(said: str) -> None:
    assert redact(said) == said


def test_a_name_given_once_is_masked_wherever_it_stands_again() -> None:
    assert redact("My name is Lakshmi. They shout LAKSHMI all day") == "My name is [name]. They shout [name] all day"
    assert redact("my name is Hope and I hope for help") == "my name is [name] and I hope for help"


def test_a_part_is_masked_by_what_stands_around_it() -> None:
    whole = "my name is maria santos they lock me in"
    assert redact_part("santos they lock me in", whole) == "[name] they lock me in"
    assert redact_part("call me 07700 900123", "not in it") == "call me [phone]"


def test_in_a_conversation_names_and_numbers_are_masked_in_every_line_and_helplines_stay() -> None:
    said = redact_all(
        [
            ("my name is Lakshmi, 07700 900123", True),
            ("Your name: Lakshmi. Call 0800 012 1700", False),
            ("did you call 07700 900123", False),
            ("they hit lakshmi", True),
        ]
    )
    assert said == [
        "my name is [name], [phone]",
        "Your name: [name]. Call 0800 012 1700",
        "did you call [withheld]",
        "they hit [name]",
    ]


SEPARATORS = st.sampled_from(["", " ", "-", ".", " - ", "  "])
DIGITS = st.sampled_from(
    ["0123456789", "०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "০১২৩৪৫৬৭৮৯", "੦੧੨੩੪੫੬੭੮੯", "０１２３４５６７８９"]
)


@given(st.text(alphabet="0123456789", min_size=6, max_size=6), SEPARATORS, SEPARATORS, DIGITS)
@settings(max_examples=150, deadline=None)
def test_a_mobile_number_is_masked_however_it_is_written(rest: str, first: str, second: str, digits: str) -> None:
    number = f"07700{first}9{rest[0]}{rest[1]}{second}{rest[2:]}"
    written = number.translate(str.maketrans("0123456789", digits))
    assert redact(f"ring {written} now") == "ring [phone] now"


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
@example("0" * 200)
@example("my name is " * 20)
def test_any_text_can_be_masked_and_marks_lie_in_order_within_it(text: str) -> None:
    found = marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert redact_part(text, text) == redact(text)


@given(st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True), st.sampled_from(["My name is {}.", "call me {}", "name: {}"]))
@settings(max_examples=100, deadline=None)
def test_no_name_outlives_being_told(name: str, told: str) -> None:
    common = {"help", "with", "from", "call"}
    said = redact(told.format(name) + " They took my passport.")
    from webhook.cases.name_lists import NEVER_NAMES, NOT_A_NAME

    if name.lower() not in NOT_A_NAME | NEVER_NAMES | common:
        assert name not in said
    assert "They took my passport." in said


@given(st.integers(1, 999), st.sampled_from(["hours", "pounds", "days", "weeks", "people"]))
@settings(max_examples=50, deadline=None)
def test_small_amounts_are_never_masked(number: int, unit: str) -> None:
    said = f"it was {number} {unit} in all"
    assert redact(said) == said


def test_long_repetitive_texts_are_read_in_straight_time() -> None:
    """Patterns that go back over what they read would hang here, and the test's own limit would end it."""
    for piece in ("1 ", "a.", "a@", "my name is ", "1-", "12 rose ", "A1", "at dot "):
        redact(piece * (4_000 // len(piece)))


@pytest.mark.parametrize(
    "before", ["1", "passport", "id-", "account", "regards", "my address", "flat", "born", "mail me a"]
)
def test_a_long_run_of_spaces_is_read_in_straight_time_too(before: str) -> None:
    spaces = " " * 40_000
    assert redact(f"{before}{spaces}x, call 07700 900123") == f"{before}{spaces}x, call [phone]"


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("passport   number :  AB123456", "passport   number :  [document]"),
        ("12   ,   High    Street", "[address]"),
        ("asha  at  gmail  dot  com", "[e-mail]"),
        ("Thanks ,\n\n\n\n\n\n\n\nLakshmi  ", "Thanks ,\n\n\n\n\n\n\n\n[name]  "),
        ("date of birth   is  :   03/04/1990", "date of birth   is  :   [date of birth]"),
    ],
)
def test_wide_gaps_hide_nobody(said: str, masked: str) -> None:
    assert redact(said) == masked


def test_masked_words_do_not_come_back_in_another_place() -> None:
    said = redact("I am Priya, 07700 900123, priya@example.org, B70 8EZ")
    assert not re.search(r"priya|900|B70", said, re.IGNORECASE)
