"""A small, sound knowledge base in a temporary folder, for tests to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge import clock
from knowledge.files import ROOT, forget
from knowledge.guidance_page import PAGE, guidance_page
from knowledge.validation import validate

TODAY = date(2026, 11, 21)

TOPICS = """
sections: {rights: {title: Rights at work, menu: Rights at work}}
topics:
  minimum_wage: {section: rights, title: Minimum wage, menu: Minimum wage, related: [sick_pay, payslip]}
  sick_pay: {section: rights, title: Sick pay, menu: Sick pay, related: [minimum_wage, payslip]}
  payslip: {section: rights, title: Payslips, menu: Payslips, related: [minimum_wage, sick_pay]}
checks: {pay: {title: Is my pay too low, menu: Check my pay, topic: minimum_wage}}
moves: [greet, thank]
follow_ups: [follow_up/more]
"""
LANGUAGES = """
en: {name: English, own_name: English, scripts: [Latn], dir: ltr, offered: true, reviewer: null}
ur: {name: Urdu, own_name: Urdu, scripts: [Arab], dir: rtl, offered: false, reviewer: null}
"""
SOURCES = "law: {title: The rates, publisher: A ministry, link: null, dated: null, checked_on: 2026-11-20}\n"
CONTACTS = """
emergency: {name: Emergency services, number: "999", does: Help now., cost: free, hours: always, sure: C,
  source: law, checked_on: 2026-11-21, review_by: 2027-02-21}
acas: {name: Acas, number: "07700 900123", web: acas.example, does: Free advice., cost: free,
  hours: {mon: "08:00-18:00", tue: "08:00-18:00", wed: "08:00-18:00", thu: "08:00-18:00", fri: "08:00-18:00"},
  bank_holidays: closed, language_help: Interpreters are available., sure: A, source: law,
  checked_on: 2026-11-21, review_by: 2027-02-21}
"""
SITUATIONS = "zero_hours: Zero hours\n"
SITUATION_WORDS = "zero_hours: [zero hours]\n"
MINIMUM_WAGE = """
description: Hourly minimum wage.
unit: pounds
uprated: every_april
values:
  2022-04-01: {value: 9.50, source: law, sure: C}
  2023-04-01: {value: 10.42, source: law, sure: C}
  2024-04-01: {value: 11.44, source: law, sure: A2}
  2025-04-01: {value: 12.21, source: law, sure: A2}
  2026-04-01: {value: 12.71, source: law, sure: A}
checked_on: 2026-11-21
review_by: 2027-03-01
"""
COPIES = """
description: How long copies are kept.
unit: days
uprated: no
values: {2022-04-01: {value: 30, source: law, sure: B}}
checked_on: 2026-11-21
review_by: 2027-03-01
"""
SIGNS = """
sources: {fees: "Guidance, key signs: excessive fees", debt: "ILO indicator: debt bondage", life: Danger to life now}
signs:
  illegal_fee: {level: concern, tied_to: [fees], strong: "yes", officer: Paid a fee., worker: You paid a fee.}
  debt: {level: high, tied_to: [fees, debt], officer: Works off a debt., worker: You work off a debt.}
  weapon: {level: emergency, tied_to: [life], past: debt, officer: There is a weapon., worker: There is a weapon.}
"""
SIGNS_IN_ENGLISH = """
words: {boss: boss | manager}
subjects: he | <boss>
denials: {words: [not]}
marks: {angry: [angry | shouting]}
rises: [{sign: debt, with: angry, becomes: weapon}]
signs:
  illegal_fee: [paid (him | her) a fee]
  debt: [i owe <boss>, {near: angry, phrases: [owe]}]
  weapon: [has a knife]
"""
GENTLE = 'debt: {signs: [illegal_fee], more: "yes", shows: debt}\n'
ANSWER = """
topic: {topic}
title: About {topic}
answer: You must get at least {{minimum_wage.adult}} an hour.
meaning: [This holds for you.]
do: [Look at your papers about {topic}., Write down your hours.]
help: [{{contact: acas, for: Free advice about pay.}}]
sections: [{{id: rates, title: The rates, text: ["The rate is {{minimum_wage.adult}}."]}}]
if: {{zero_hours: The same holds for you.}}
why: The law says so.
sources: [law]
guidance:
  - {{said: "Pay was 20,900 a year.", now: "It is {{minimum_wage.adult}} an hour.", since: 2026-04-01, unsafe: null}}
"""


class SmallTree:
    """The temporary knowledge base: write a file, change words in one, look at the faults."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, content: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        forget()

    def change(self, name: str, old: str, new: str) -> None:
        before = (self.root / name).read_text(encoding="utf-8")
        assert old in before
        self.write(name, before.replace(old, new))

    def translate(self, topic: str, lang: str, **words: str) -> None:
        """An answer in another language: the English form, with these words in the place of the English ones."""
        english = (self.root / f"answers/en/{topic}.yml").read_text(encoding="utf-8")
        text = english.split("sources:")[0]
        for old, new in words.items():
            text = text.replace(old.replace("_", " "), new)
        self.write(f"answers/{lang}/{topic}.yml", text)

    def stamp(self, lang: str) -> None:
        from knowledge.stamping import stamp

        forget()
        stamp(lang, root=self.root)

    def refresh_page(self) -> None:
        from knowledge.answers import answer, answered_topics

        forget()
        page = self.root.parent / PAGE
        page.parent.mkdir(exist_ok=True)
        answers = [answer(topic, "en", self.root) for topic in answered_topics("en", self.root)]
        page.write_text(guidance_page(answers, [], self.root), encoding="utf-8")

    def faults(self, on: date = TODAY) -> list[str]:
        return [str(fault) for fault in validate(self.root, on).faults]


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    small = SmallTree(tmp_path / "knowledge")
    for name, content in {
        "topics.yml": TOPICS,
        "languages.yml": LANGUAGES,
        "sources.yml": SOURCES,
        "contacts.yml": CONTACTS,
        "situations.yml": SITUATIONS,
        "situation_words/en.yml": SITUATION_WORDS,
        "signs.yml": SIGNS,
        "signs/en.yml": SIGNS_IN_ENGLISH,
        "gentle.yml": GENTLE,
        "figures/minimum_wage/adult.yml": MINIMUM_WAGE,
        "figures/data/message_copies.yml": COPIES,
        "staff/source/guide.txt": "First paragraph.\nIt goes on.\n\nSecond paragraph.\n",
        "guidance_map.yml": (
            'guide.txt:\n  - {paragraph: 1, starts: "First", to: ["answers/minimum_wage#rates"]}\n'
            '  - {paragraph: 2, starts: "Second paragraph.", because: "It is a heading."}\n'
        ),
    }.items():
        small.write(name, content)
    for topic in ("minimum_wage", "sick_pay", "payslip"):
        small.write(f"answers/en/{topic}.yml", ANSWER.format(topic=topic))
    for folder in ("phrases", "keywords"):
        (small.root / folder).mkdir()
        shutil.copy(ROOT / folder / "en.yml", small.root / folder / "en.yml")
    small.refresh_page()
    return small


@pytest.fixture
def at() -> Iterator[Callable[..., None]]:
    """Hold the clock at a moment until the test ends."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.at(moment))
