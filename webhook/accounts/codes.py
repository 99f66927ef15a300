"""The second factor: codes of a generator (TOTP), each accepted once, and recovery codes, each good once."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webhook.accounts.models import RecoveryCode, StaffAccount
from webhook.accounts.tokens import marked
from webhook.database import utc_now
from webhook.privacy.vault import Vault

STEP_SECONDS = 30
CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""No letter or digit that is easily read as another."""
ISSUER = "Care advice console"
TABLE = "staff_accounts"


def address(secret: str, email: str) -> str:
    """What a generator reads from the picture (an ``otpauth`` address)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The time step a code belongs to: this one, or one to either side; None when wrong or not after ``after``."""
    digits = re.sub(r"\s", "", code)
    generator = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in (current - 1, current, current + 1):
        if step > after and hmac.compare_digest(generator.at(step * STEP_SECONDS).encode(), digits.encode()):
            return step
    return None


def accept(*, db: Session, vault: Vault, account: StaffAccount, code: str, now: datetime | None = None) -> bool:
    """Take a code of the generator or a recovery code, so that the same one is not taken again.

    ``account`` is locked by the caller.
    """
    if account.totp is None:
        return False
    moment = now or utc_now()
    secret = str(vault.decrypt(account.totp, table=TABLE, uid=account.uid))
    step = step_of(secret, code, after=account.totp_step, now=moment)
    if step is not None:
        account.totp_step = step
        db.flush()
        return True
    used = db.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _kept(vault, account, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=moment)
        .returning(RecoveryCode.id)
    ).first()
    return used is not None


def seal(vault: Vault, account: StaffAccount, secret: str) -> bytes:
    """The generator's secret as it is kept."""
    return vault.encrypt(secret, table=TABLE, uid=account.uid)


def new_recovery_codes(*, db: Session, vault: Vault, account: StaffAccount) -> list[str]:
    """Fresh recovery codes in place of all that were there; they are shown once and kept as marks only."""
    db.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(12)) for _ in range(CODES)]
    db.add_all(RecoveryCode(account_id=account.id, code_hash=_kept(vault, account, code)) for code in codes)
    db.flush()
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def left(*, db: Session, account: StaffAccount) -> int:
    """How many recovery codes are still good."""
    query = select(RecoveryCode.id).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return len(db.scalars(query).all())


def _kept(vault: Vault, account: StaffAccount, code: str) -> str:
    return marked(vault, "recovery", f"{account.uid}/{re.sub(r'[^0-9a-z]', '', code.casefold())}")
