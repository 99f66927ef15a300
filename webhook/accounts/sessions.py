"""Sessions of the console, in the database: they end when idle, after a working day, and when somebody ends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.accounts.models import StaffAccount, StaffSession
from webhook.accounts.roles import Role
from webhook.accounts.tokens import hashed, new_token
from webhook.database import utc_now

CODE, FULL = "code", "full"
HALF_WAY = timedelta(minutes=10)
"""How long the code may be awaited."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is noted when somebody was last there: not every look at a page must write."""


@dataclass(frozen=True)
class Staff:
    """Who asks: an account with its session."""

    account_id: int
    uid: str
    name: str
    email: str
    role: Role
    session_id: int
    stage: str
    code_at: datetime | None

    @property
    def signed_in(self) -> bool:
        """Whether password and code were both right."""
        return self.stage == FULL


def start(*, db: Session, account: StaffAccount, stage: str, lasts: timedelta, now: datetime | None = None) -> str:
    """Open a session under a fresh token and return the token. A session of another stage is never promoted."""
    moment, token = now or utc_now(), new_token()
    db.add(
        StaffSession(
            account_id=account.id,
            token_hash=hashed(token),
            stage=stage,
            opened_at=moment,
            seen_at=moment,
            expires_at=moment + (HALF_WAY if stage == CODE else lasts),
            code_at=moment if stage == FULL else None,
        )
    )
    account.last_seen = moment.date()
    db.flush()
    return token


def find(*, db: Session, token: str, idle: timedelta, now: datetime | None = None) -> tuple[Staff, bool] | None:
    """Whose session this is, and whether ``seen`` should be called; None when it is over or never was."""
    moment = now or utc_now()
    row = db.execute(
        select(StaffSession, StaffAccount)
        .join(StaffAccount, StaffAccount.id == StaffSession.account_id)
        .where(
            StaffSession.token_hash == hashed(token),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > moment,
            StaffSession.seen_at > moment - idle,
            StaffAccount.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    session, account = row
    staff = Staff(
        account.id, account.uid, account.name, account.email, Role(account.role), session.id, session.stage,
        session.code_at,
    )  # fmt: skip
    return staff, moment - session.seen_at > SEEN_EVERY


def seen(*, db: Session, session_id: int, now: datetime | None = None) -> None:
    """The person is still there."""
    db.execute(update(StaffSession).where(StaffSession.id == session_id).values(seen_at=now or utc_now()))


def code_entered(*, db: Session, session_id: int, now: datetime | None = None) -> None:
    """A fresh code was entered: for a few minutes nothing asks for another."""
    db.execute(update(StaffSession).where(StaffSession.id == session_id).values(code_at=now or utc_now()))


def end(*, db: Session, session_id: int, now: datetime | None = None) -> None:
    """End one session."""
    db.execute(update(StaffSession).where(StaffSession.id == session_id).values(ended_at=now or utc_now()))


def end_all(*, db: Session, account_id: int, now: datetime | None = None) -> None:
    """End every session of an account."""
    db.execute(
        update(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now or utc_now())
    )
