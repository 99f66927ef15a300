"""The guidance's checklists, a to g, filled in beside a case: kept with it, encrypted, the last state of each."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.staff import StaffPage, staff_page, staff_page_ids
from webhook.cases import timeline
from webhook.cases.desk_models import CHECKLISTS, CaseChecklist
from webhook.cases.enums import Act, Actor
from webhook.cases.models import Case
from webhook.database import utc_now
from webhook.privacy.vault import Vault

ANSWERS: dict[str, str] = {"": "Not answered", "yes": "Yes", "partly": "Partly", "no": "No"}
LONGEST = 500
"""Characters of the evidence for one answer."""
_LETTER = re.compile(r"\(checklist ([a-g])\)$")


class ChecklistNotKnown(LookupError):
    """There is no checklist of that name."""


@dataclass(frozen=True)
class Question:
    """One point of a checklist. ``name``: what its field is called on a page."""

    name: str
    words: str


@dataclass(frozen=True)
class Part:
    """A section of a checklist with what the guidance says to it."""

    title: str
    text: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Checklist:
    """One checklist of the guidance."""

    id: str
    letter: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Answer:
    """What was answered to a question, in its words at that time."""

    question: str
    answer: str
    evidence: str = field(default="", repr=False)


@dataclass(frozen=True)
class Filled:
    """A checklist as it was last filled in."""

    staff: str
    at: datetime
    answers: tuple[Answer, ...]

    def to(self, question: str) -> Answer:
        """What was answered to a question of today; empty where its words were others."""
        return next((each for each in self.answers if each.question == question), Answer(question, ""))

    def to_others(self, checklist: Checklist) -> list[Answer]:
        """What was answered to questions that the guidance has no more in these words."""
        today = {question.words for part in checklist.parts for question in part.questions}
        return [each for each in self.answers if each.question not in today]


def all_checklists() -> list[Checklist]:
    """The seven of them, by letter."""
    pages = (staff_page(page_id) for page_id in staff_page_ids())
    return sorted((_checklist(page) for page in pages if _LETTER.search(page.title)), key=lambda each: each.letter)


def checklist(page_id: str) -> Checklist:
    """One of them. Raises ChecklistNotKnown."""
    found = next((each for each in all_checklists() if each.id == page_id), None)
    if found is None:
        raise ChecklistNotKnown
    return found


def fill_in(
    *, db: Session, vault: Vault, case: Case, of: Checklist, said: Mapping[str, str], staff: str,
    at: datetime | None = None,
) -> CaseChecklist:  # fmt: skip
    """Keep what was filled in, over what was before. ``said``: by the question's name, and ``evidence-`` and it.

    What was answered to questions that are there no more stays. ``case`` is held by the caller. Raises CannotOpen.
    """
    moment = at or utc_now()
    row = _row(db, case, of.id)
    before = _read(vault, row) if row is not None else None
    answers = read_form(of, said)
    answers += before.to_others(of) if before is not None else []
    uid = row.uid if row is not None else secrets.token_hex(16)
    box = vault.encrypt([vars(each) for each in answers], table=CHECKLISTS, uid=uid)
    if row is None:
        row = CaseChecklist(case_id=case.id, uid=uid, checklist=of.id, staff=staff, at=moment, answers=box)
        db.add(row)
    else:
        row.answers, row.staff, row.at = box, staff, moment
    timeline.note(
        db=db, case=case, act=Act.CHECKLIST_FILLED, actor=Actor.OFFICER, staff=staff, at=moment, checklist=of.letter
    )
    db.flush()
    return row


def read_form(of: Checklist, said: Mapping[str, str]) -> list[Answer]:
    """What was filled in, by the questions of today."""
    return [each for part in of.parts for question in part.questions if (each := _answer(question, said))]


def filled(*, db: Session, vault: Vault, case: Case, page_id: str) -> Filled | None:
    """A checklist as it was filled in; None when it was not. Raises CannotOpen."""
    row = _row(db, case, page_id)
    return None if row is None else _read(vault, row)


def begun(*, db: Session, case: Case) -> Sequence[str]:
    """The ids of the checklists that were filled in beside a case. Opens none."""
    return db.scalars(select(CaseChecklist.checklist).where(CaseChecklist.case_id == case.id)).all()


def _row(db: Session, case: Case, page_id: str) -> CaseChecklist | None:
    query = select(CaseChecklist).where(CaseChecklist.case_id == case.id, CaseChecklist.checklist == page_id)
    return db.scalars(query).one_or_none()


def _read(vault: Vault, row: CaseChecklist) -> Filled:
    values: list[dict[str, Any]] = vault.decrypt(row.answers, table=CHECKLISTS, uid=row.uid)
    return Filled(row.staff, row.at, tuple(Answer(**value) for value in values))


def _answer(question: Question, said: Mapping[str, str]) -> Answer | None:
    answer = said.get(question.name, "")
    evidence = said.get(f"evidence-{question.name}", "").strip()[:LONGEST]
    if answer not in ANSWERS or not (answer or evidence):
        return None
    return Answer(question.words, answer, evidence)


def _checklist(page: StaffPage) -> Checklist:
    letter = _LETTER.search(page.title)
    parts = (
        Part(
            section.title,
            section.paragraphs,
            tuple(Question(f"{section.id}-{number}", point) for number, point in enumerate(section.points)),
        )
        for section in page.sections
    )
    return Checklist(page.id, letter[1] if letter else "", page.title, tuple(parts))
