"""Signing in: the password, then the code. Every failure looks the same, and is counted where it cannot hurt others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.accounts import accounts, codes, passwords, sessions, tries
from webhook.accounts.models import StaffAccount
from webhook.accounts.sessions import CODE, FULL, Staff
from webhook.audit import log as audit
from webhook.database import utc_now
from webhook.privacy.vault import Vault

FRESH = timedelta(minutes=5)
"""How long a code that was entered counts for unsealing and exporting."""


@dataclass(frozen=True)
class SignedIn:
    """The fresh tokens for the browser."""

    session: str = field(repr=False)
    device: str = field(repr=False)


def password(
    *, db: Session, vault: Vault, email: str, password: str, device: str | None, now: datetime | None = None
) -> str | None:
    """The token of a session that waits for the code; None when address or password is wrong. Raises TooManyTries.

    A failure is written down in the same transaction, so the caller must commit it also then.
    """
    moment = now or utc_now()
    address = email.strip().lower()[:254]
    who = tries.name_of(db=db, vault=vault, email=address, device=device, now=moment)
    # The account is locked first: of many tries at once each sees the failures of those before it.
    account = accounts.find(db=db, email=address, lock=True)
    tries.check(db=db, who=who, now=moment)
    usable = account is not None and account.disabled_at is None and account.totp is not None
    right = passwords.is_right(password, account.password_hash if account is not None and usable else None)
    if account is None or not right:
        tries.note(db=db, who=who, now=moment)
        audit.write(db=db, vault=vault, act="sign_in_failed", staff=None, at=moment)
        return None
    return sessions.start(db=db, account=account, stage=CODE, lasts=timedelta(), now=moment)


def code(
    *, db: Session, vault: Vault, staff: Staff, code: str, device: str | None, lasts: timedelta,
    now: datetime | None = None,
) -> SignedIn | None:  # fmt: skip
    """Turn a session that owes the code into a fresh full one; None when the code is wrong. Raises TooManyTries."""
    moment = now or utc_now()
    account = _checked(db, vault, staff, code, device, moment)
    if account is None:
        return None
    sessions.end(db=db, session_id=staff.session_id, now=moment)
    token = sessions.start(db=db, account=account, stage=FULL, lasts=lasts, now=moment)
    audit.write(
        db=db, vault=vault, act="signed_in", staff=account.uid, about=account.uid, at=moment,
        recovery_codes_left=codes.left(db=db, account=account),
    )  # fmt: skip
    return SignedIn(token, tries.remember_device(db=db, account=account, device=device, now=moment))


def code_again(
    *, db: Session, vault: Vault, staff: Staff, code: str, device: str | None, now: datetime | None = None
) -> bool:
    """Take a fresh code within a full session. Raises TooManyTries."""
    moment = now or utc_now()
    if _checked(db, vault, staff, code, device, moment) is None:
        return False
    sessions.code_entered(db=db, session_id=staff.session_id, now=moment)
    return True


def is_fresh(staff: Staff, now: datetime | None = None) -> bool:
    """Whether a code was entered so lately that none is asked for."""
    return staff.code_at is not None and (now or utc_now()) - staff.code_at <= FRESH


def sign_out(*, db: Session, vault: Vault, staff: Staff) -> None:
    """End the session."""
    sessions.end(db=db, session_id=staff.session_id)
    audit.write(db=db, vault=vault, act="signed_out", staff=staff.uid, about=staff.uid)


def _checked(
    db: Session, vault: Vault, staff: Staff, code: str, device: str | None, now: datetime
) -> StaffAccount | None:
    who = tries.name_of(db=db, vault=vault, email=staff.email, device=device, now=now)
    account = db.scalars(select(StaffAccount).where(StaffAccount.id == staff.account_id).with_for_update()).one()
    tries.check(db=db, who=who, now=now)
    if account.disabled_at is None and codes.accept(db=db, vault=vault, account=account, code=code, now=now):
        tries.forgive(db=db, who=who)
        return account
    tries.note(db=db, who=who, now=now)
    audit.write(db=db, vault=vault, act="code_wrong", staff=staff.uid, about=staff.uid, at=now)
    return None
