"""The queue: the gravest first, then who has waited longest. A page of it is a handful of queries, however many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from understanding.risk_levels import LEVELS
from webhook.cases.enums import Choice, State
from webhook.cases.models import Case, CaseChoice, CaseSign
from webhook.cases.sharing import read_choice
from webhook.cases.summary import Head
from webhook.database import utc_now
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault

Selected = TypeVar("Selected")

PAGE = 50
MINE, NOBODY, OTHERS = "mine", "nobody", "others"
OPEN_STATES = tuple(state for state in State if state is not State.CLOSED)
PLAN, NO_PLAN, UNKNOWN_PLAN = "plan", "no_plan", "unknown"


@dataclass(frozen=True)
class Wanted:
    """Which cases are wanted. Everything is in the address of the page; what is not understood is left out."""

    state: str = ""
    """A state, or nothing for all that are open."""
    level: str = ""
    channel: str = ""
    language: str = ""
    choice: str = ""
    who: str = ""
    """``mine``, ``nobody``, ``others`` or nothing for all."""
    unread: str = ""
    """``yes`` for those with something unread."""
    page: int = 1

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From an address; a value that is not one of the allowed ones is left out."""
        allowed: dict[str, tuple[str, ...]] = {
            "state": tuple(State),
            "level": LEVELS,
            "channel": ("web", "sms", "whatsapp"),
            "choice": tuple(Choice),
            "who": (MINE, NOBODY, OTHERS),
            "unread": ("yes",),
        }
        values = {name: said[name] for name, values in allowed.items() if said.get(name) in values}
        language = said.get("language", "")
        if language.isalpha() and language.isascii() and len(language) <= 8:
            values["language"] = language
        page = said.get("page", "1")[:6]
        return cls(**values, page=min(int(page), 10_000) if page.isdecimal() and int(page) else 1)

    def address(self, **change: object) -> str:
        """The same as the end of an address, with some values changed."""
        values = {each.name: change.get(each.name, getattr(self, each.name)) for each in fields(self)}
        return "&".join(f"{name}={value}" for name, value in values.items() if value and (name, value) != ("page", 1))


@dataclass(frozen=True)
class Row(Head):
    """One line of the queue: no word and no identity of the worker."""

    waiting_since: datetime
    waiting: timedelta
    claimed_by: str | None
    overdue: bool
    plan: str
    """Whether a way of safe contact was agreed: ``plan``, ``no_plan``, or ``unknown`` where a key is missing."""
    signs: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Page:
    """A page of the queue."""

    rows: tuple[Row, ...]
    total: int
    pages: int


def listed(*, db: Session, vault: Vault, wanted: Wanted, staff: str, now: datetime | None = None) -> Page:
    """A page of the queue as this person wants it."""
    moment = now or utc_now()
    query = _narrowed(select(Case), wanted, staff)
    total = db.scalar(_narrowed(select(func.count(Case.id)), wanted, staff)) or 0
    rank = case({level: place for place, level in enumerate(LEVELS)}, value=Case.level, else_=0)
    waits = func.coalesce(Case.news_at, Case.opened_at)
    found = db.scalars(
        query.order_by(Case.alarm_at.is_(None), rank.desc(), Case.news_at.is_(None), waits, Case.id)
        .limit(PAGE)
        .offset((wanted.page - 1) * PAGE)
    ).all()
    ids = [each.id for each in found]
    signs, plans = _signs(db, ids), _plans(db, vault, ids)
    rows = tuple(_row(each, moment, signs.get(each.id, ()), plans.get(each.id, NO_PLAN)) for each in found)
    return Page(rows, total, max(1, -(-total // PAGE)))


def _narrowed(query: Select[Selected], wanted: Wanted, staff: str) -> Select[Selected]:
    query = query.where(Case.state == wanted.state) if wanted.state else query.where(Case.closed_at.is_(None))
    for column, value in (
        (Case.level, wanted.level), (Case.channel, wanted.channel), (Case.language, wanted.language),
        (Case.choice, wanted.choice),
    ):  # fmt: skip
        if value:
            query = query.where(column == value)
    if wanted.unread:
        query = query.where(Case.news_at.is_not(None))
    if wanted.who == MINE:
        query = query.where(Case.claimed_by == staff)
    elif wanted.who == NOBODY:
        query = query.where(Case.claimed_by.is_(None))
    elif wanted.who == OTHERS:
        query = query.where(and_(Case.claimed_by.is_not(None), Case.claimed_by != staff))
    return query


def _row(each: Case, now: datetime, signs: tuple[str, ...], plan: str) -> Row:
    since = each.news_at or each.opened_at
    return Row(
        **Head.of(each), waiting_since=since,
        waiting=max(now - since, timedelta()) if each.news_at else timedelta(), claimed_by=each.claimed_by,
        overdue=each.claim_until is not None and each.claim_until <= now, plan=plan, signs=signs,
    )  # fmt: skip


def _signs(db: Session, ids: list[int]) -> dict[int, tuple[str, ...]]:
    rows = db.execute(
        select(CaseSign.case_id, CaseSign.sign)
        .where(CaseSign.case_id.in_(ids), CaseSign.sign.is_not(None))
        .order_by(CaseSign.id)
    ).all()
    found: dict[int, tuple[str, ...]] = {}
    for case_id, sign in rows:
        if sign not in found.get(case_id, ()):
            found[case_id] = (*found.get(case_id, ()), str(sign))
    return found


def _plans(db: Session, vault: Vault, ids: list[int]) -> dict[int, str]:
    """Whether each has a plan. Only that is taken from what was shared."""
    rows = db.scalars(
        select(CaseChoice)
        .where(CaseChoice.case_id.in_(ids), CaseChoice.withdrawn_at.is_(None), CaseChoice.choice == Choice.SHARE)
        .order_by(CaseChoice.id)
    ).all()
    found: dict[int, str] = {}
    for row in rows:
        try:
            identity = read_choice(vault=vault, row=row).identity
        except CannotOpen:
            found[row.case_id] = UNKNOWN_PLAN
            continue
        found[row.case_id] = NO_PLAN if identity is None or identity.contact.is_empty else PLAN
    return found
