"""The pages of statistics: tables, a picture, CSV, and the feed for a dashboard."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from knowledge.languages import all_languages
from knowledge.sign_guidance import sign_said
from knowledge.topics import all_topics, topic
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.cases.enums import WORDS, Choice, CloseReason, Why
from webhook.questions.counts import DIMENSIONS as QUESTION_DIMENSIONS
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page
from webhook.statistics import table
from webhook.statistics.counting import DIMENSIONS, SIGN, Statistics
from webhook.statistics.counting import statistics as counted

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
_ENUMS = {"choice": Choice, "outcome": CloseReason, "why": Why}


@router.get("/statistics")
def statistics(request: Request, console: ConsoleHere, staff: Asking) -> Response:
    """Finished months as pictures and tables."""
    found = _count(console, "statistics_viewed", staff.uid)
    highest = max((month.total or 0 for month in found.months), default=0)
    return page(
        request, "statistics", found=found, dimensions=DIMENSIONS, highest=max(highest, 1), said=said,
        not_shown=table.NOT_SHOWN, question_dimensions=QUESTION_DIMENSIONS,
    )  # fmt: skip


@router.get("/statistics.csv")
def statistics_csv(console: ConsoleHere, staff: Asking) -> Response:
    """The same as CSV."""
    content = table.as_csv(_count(console, "statistics_exported", staff.uid))
    headers = {"Content-Disposition": 'attachment; filename="statistics.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/feed")
def feed(console: ConsoleHere) -> Response:
    """The same for a program that brings the token."""
    return JSONResponse(table.as_feed(_count(console, "feed_read", None)))


def said(dimension: str, value: str) -> str:
    """A value in words."""
    if dimension == SIGN:
        return sign_said(value)
    if dimension == "topic" and value in {each.id for each in all_topics()}:
        return topic(value).title
    if dimension in ("language", "not_understood") and value in all_languages():
        return all_languages()[value].name
    kind = _ENUMS.get(dimension)
    if kind is not None and value in list(kind):
        return WORDS[kind(value)]
    return value.replace("_", " ")


def _count(console: Console, act: str, staff: str | None) -> Statistics:
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        audit.write(db=db, vault=gateway.vault, act=act, staff=staff)
    # Counting takes a while: messages must not wait for the right to write meanwhile.
    with gateway.database.unit_of_work(read_only=True) as db:
        return counted(db=db)
