"""Failures are counted for an address and a browser, so that nobody can shut somebody else out.

A browser in which the account has signed in before has a count of its own. All other browsers share one: whoever tries
passwords from anywhere shuts out strangers only, and the officer goes on in the browser they always use.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webhook.accounts.models import FailedTry, StaffAccount, StaffDevice
from webhook.accounts.tokens import hashed, marked, new_token
from webhook.database import utc_now
from webhook.privacy.vault import Vault

MOST = 8
"""Failures within ``WITHIN`` after which nothing more is looked at."""
WITHIN = timedelta(minutes=15)
DEVICE_KEPT = timedelta(days=180)
STRANGER = "stranger"


class TooManyTries(Exception):
    """There were too many failures: wait."""


def name_of(*, db: Session, vault: Vault, email: str, device: str | None, now: datetime | None = None) -> str:
    """Under what failures for this address from this browser are counted."""
    known = None
    if device:
        known = db.scalars(
            select(StaffDevice.token_hash)
            .join(StaffAccount, StaffAccount.id == StaffDevice.account_id)
            .where(
                StaffDevice.token_hash == hashed(device),
                StaffAccount.email == email,
                StaffDevice.seen_at > (now or utc_now()) - DEVICE_KEPT,
            )
        ).one_or_none()
    return marked(vault, "try", f"{email}\x00{known or STRANGER}")


def check(*, db: Session, who: str, now: datetime | None = None) -> None:
    """Raises TooManyTries."""
    since = (now or utc_now()) - WITHIN
    failed = db.scalar(select(func.count(FailedTry.id)).where(FailedTry.who == who, FailedTry.at > since)) or 0
    if failed >= MOST:
        raise TooManyTries


def note(*, db: Session, who: str, now: datetime | None = None) -> None:
    """One more failure."""
    db.add(FailedTry(who=who, at=now or utc_now()))
    db.flush()


def forgive(*, db: Session, who: str) -> None:
    """The person has signed in from there: earlier slips do not count any more."""
    db.execute(delete(FailedTry).where(FailedTry.who == who))


def remember_device(*, db: Session, account: StaffAccount, device: str | None, now: datetime | None = None) -> str:
    """Note that this account has signed in from this browser; return the token to keep there."""
    moment = now or utc_now()
    if device:
        known = db.scalars(
            select(StaffDevice).where(StaffDevice.token_hash == hashed(device), StaffDevice.account_id == account.id)
        ).one_or_none()
        if known is not None:
            known.seen_at = moment
            return device
    token = new_token()
    db.add(StaffDevice(account_id=account.id, token_hash=hashed(token), seen_at=moment))
    return token
