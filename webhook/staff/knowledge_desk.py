"""The knowledge desk: what is past its review, what each language has, what could not be placed, wrongly read signs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge import clock
from knowledge.answers import answered_topics
from knowledge.coverage import unread
from knowledge.languages import Language, all_languages
from knowledge.overviews import reviews
from knowledge.sign_guidance import sign_said
from knowledge.topics import all_topics
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases.desk_models import CaseMark
from webhook.cases.models import CaseSign
from webhook.questions.grouping import unanswered
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page
from webhook.statistics.suppression import SMALLEST

router = APIRouter()
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Covered:
    """A language: on how many topics it has an answer of its own, and how many of its texts nobody has read."""

    language: Language
    answers: int
    unread: int
    """Texts that no speaker has read as they stand."""


@dataclass(frozen=True)
class Marked:
    """How often officers found a sign rightly or wrongly read."""

    sign: str
    right: int
    wrong: int


@router.get("/knowledge")
def knowledge(
    request: Request, console: Annotated[Console, Depends(console_of)], staff: Annotated[Staff, Depends(staff_of)]
) -> Response:
    """The whole desk on one page."""
    today = clock.today()
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        audit.write(db=db, vault=gateway.vault, act="knowledge_viewed", staff=staff.uid)
        found = marked(db)
        not_placed = unanswered(db=db, vault=gateway.vault, kept_for=timedelta(days=gateway.settings.text_days))
    due = [(day, name) for day, name in reviews() if day < today + SOON]
    return page(
        request, "knowledge", today=today, past=_split(due, today, past=True), soon=_split(due, today, past=False),
        covered=covered(), topics=len(all_topics()), marked=found,
        unanswered=not_placed, text_days=gateway.settings.text_days,
    )  # fmt: skip


def covered() -> list[Covered]:
    """Every language of the registry, those with most answers first."""
    topics = {each.id for each in all_topics()}
    rows = [
        Covered(language, len(topics.intersection(answered_topics(code))), len(unread(code)))
        for code, language in all_languages().items()
    ]
    return sorted(rows, key=lambda row: (-row.answers, row.language.name))


def marked(db: Session) -> list[Marked]:
    """Signs with enough marks to say something and to point at no case; those most often wrong first."""
    rows = db.execute(
        select(CaseSign.sign, CaseMark.right, func.count())
        .join(CaseMark, CaseMark.sign_id == CaseSign.id)
        .where(CaseSign.sign.is_not(None))
        .group_by(CaseSign.sign, CaseMark.right)
    ).all()
    right = Counter({sign: count for sign, was_right, count in rows if was_right})
    wrong = Counter({sign: count for sign, was_right, count in rows if not was_right})
    found = [Marked(sign_said(str(sign)), right[sign], wrong[sign]) for sign in {*right, *wrong}]
    enough = [each for each in found if each.right + each.wrong >= SMALLEST]
    return sorted(enough, key=lambda each: -each.wrong / (each.right + each.wrong))


def _split(due: list[tuple[date, str]], today: date, *, past: bool) -> list[tuple[date, str]]:
    return [(day, name) for day, name in due if (day < today) == past]
