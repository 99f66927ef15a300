"""Making, changing and disabling accounts, and the one-time link by which somebody sets theirs up."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.accounts import codes, passwords, sessions
from webhook.accounts.models import StaffAccount, StaffLink
from webhook.accounts.roles import Role
from webhook.accounts.tokens import hashed, marked, new_token
from webhook.audit import log as audit
from webhook.database import utc_now
from webhook.privacy.vault import Vault

LINK_LASTS = timedelta(hours=48)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


class EmailUnfit(ValueError):
    """It has not the form of an e-mail address."""


class LinkNotGood(Exception):
    """The link was used, has expired, or never was."""


class CodeWrong(Exception):
    """The code is not the generator's."""


class AccountNotKnown(LookupError):
    """There is no such account."""


@dataclass(frozen=True)
class SetUp:
    """What the page of a one-time link shows."""

    email: str
    name: str
    secret: str = field(repr=False)
    address: str = field(repr=False)


def read_email(said: str) -> str:
    """The address in the form in which it is kept. Raises EmailUnfit."""
    email = said.strip().lower()
    if len(email) > 254 or not EMAIL.fullmatch(email):
        raise EmailUnfit
    return email


def find(*, db: Session, email: str, lock: bool = False) -> StaffAccount | None:
    """The account of an address in its kept form."""
    query = select(StaffAccount).where(StaffAccount.email == email)
    return db.scalars(query.with_for_update() if lock else query).one_or_none()


def of(*, db: Session, uid: str) -> StaffAccount:
    """The account of a uid, locked. Raises AccountNotKnown."""
    account = db.scalars(select(StaffAccount).where(StaffAccount.uid == uid).with_for_update()).one_or_none()
    if account is None:
        raise AccountNotKnown
    return account


def everybody(*, db: Session) -> Sequence[StaffAccount]:
    """All accounts, by name."""
    return db.scalars(select(StaffAccount).order_by(StaffAccount.name, StaffAccount.id)).all()


def names(*, db: Session, uids: Sequence[str | None]) -> dict[str, str]:
    """The names behind some uids."""
    wanted = {uid for uid in uids if uid}
    rows = db.execute(select(StaffAccount.uid, StaffAccount.name).where(StaffAccount.uid.in_(wanted))).all()
    return {row.uid: row.name for row in rows}


def invite(
    *, db: Session, vault: Vault, email: str, role: Role, name: str = "", by: str | None = None,
    now: datetime | None = None,
) -> tuple[StaffAccount, str]:  # fmt: skip
    """Make an account, or give an existing one this role; return it with the token of a fresh one-time link.

    Setting up by the link replaces password, code generator and recovery codes. Raises EmailUnfit.
    """
    moment, address = now or utc_now(), read_email(email)
    account = find(db=db, email=address, lock=True)
    if account is None:
        account = StaffAccount(
            uid=secrets.token_hex(16), email=address, name=name or address.split("@")[0], role=role,
            created_at=moment, last_seen=moment.date(),
        )  # fmt: skip
        db.add(account)
        db.flush()
    account.role, account.disabled_at = role, None
    account.name = name or account.name
    _void_links(db, account, moment)
    token = new_token()
    db.add(StaffLink(account_id=account.id, token_hash=hashed(token), expires_at=moment + LINK_LASTS))
    audit.write(db=db, vault=vault, act="account_invited", staff=by, about=account.uid, role=role, at=moment)
    return account, token


def set_up_page(*, db: Session, vault: Vault, token: str, now: datetime | None = None) -> SetUp:
    """What a link's page shows. Raises LinkNotGood."""
    account = db.get_one(StaffAccount, _link(db, token, now or utc_now()).account_id)
    secret = _secret(vault, token)
    return SetUp(account.email, account.name, secret, codes.address(secret, account.email))


def set_up(
    *, db: Session, vault: Vault, token: str, password: str, code: str, now: datetime | None = None
) -> list[str]:
    """Set an account up by its link; return its recovery codes. Raises LinkNotGood, PasswordUnfit, CodeWrong."""
    moment = now or utc_now()
    link = _link(db, token, moment, lock=True)
    account = db.scalars(select(StaffAccount).where(StaffAccount.id == link.account_id).with_for_update()).one()
    passwords.check_fit(password, account.email)
    secret = _secret(vault, token)
    step = codes.step_of(secret, code, after=0, now=moment)
    if step is None:
        raise CodeWrong
    account.password_hash, account.totp = passwords.hash_password(password), codes.seal(vault, account, secret)
    account.totp_step, link.used_at = step, moment
    sessions.end_all(db=db, account_id=account.id, now=moment)
    audit.write(db=db, vault=vault, act="account_set_up", staff=account.uid, about=account.uid, at=moment)
    return codes.new_recovery_codes(db=db, vault=vault, account=account)


def change_role(*, db: Session, vault: Vault, uid: str, role: Role, by: str) -> None:
    """Give an account another role; its sessions end. Raises AccountNotKnown."""
    account = of(db=db, uid=uid)
    before, account.role = account.role, role
    sessions.end_all(db=db, account_id=account.id)
    audit.write(db=db, vault=vault, act="account_role_changed", staff=by, about=uid, before=before, role=role)


def disable(*, db: Session, vault: Vault, uid: str, by: str, now: datetime | None = None) -> None:
    """Let an account sign in no more; its sessions and links end. Raises AccountNotKnown."""
    account, moment = of(db=db, uid=uid), now or utc_now()
    account.disabled_at = account.disabled_at or moment
    sessions.end_all(db=db, account_id=account.id, now=moment)
    _void_links(db, account, moment)
    audit.write(db=db, vault=vault, act="account_disabled", staff=by, about=uid, at=moment)


def _void_links(db: Session, account: StaffAccount, now: datetime) -> None:
    db.execute(
        update(StaffLink)
        .where(StaffLink.account_id == account.id, StaffLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session="fetch")
    )


def _link(db: Session, token: str, now: datetime, lock: bool = False) -> StaffLink:
    query = (
        select(StaffLink)
        .join(StaffAccount, StaffAccount.id == StaffLink.account_id)
        .where(
            StaffLink.token_hash == hashed(token),
            StaffLink.used_at.is_(None),
            StaffLink.expires_at > now,
            StaffAccount.disabled_at.is_(None),
        )
    )
    link = db.scalars(query.with_for_update(of=StaffLink) if lock else query).one_or_none()
    if link is None:
        raise LinkNotGood
    return link


def _secret(vault: Vault, token: str) -> str:
    """The generator's secret of a link: the same each time the page is shown, and kept nowhere until it is used."""
    digest = bytes.fromhex(marked(vault, "generator", token))
    return base64.b32encode(digest[:20]).decode("ascii")
