"""The signs that brought a case about: redacted where they are seen, encrypted where they are kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases.models import Case, CaseSign
from webhook.cases.redaction import redact_part
from webhook.conversations.upsert import insert_new
from webhook.logs import logger
from webhook.privacy.vault import Vault

log = logger(__name__)

TABLE = "case_signs"


class Found(Protocol):
    """A sign as the reading of risk gives it."""

    @property
    def id(self) -> str:
        """Its id in knowledge/signs.yml."""

    @property
    def words(self) -> str:
        """The words that showed it, as the worker wrote them."""

    @property
    def level(self) -> str:
        """The level it stands for."""


@dataclass(frozen=True)
class Shown:
    """A sign with its words redacted. ``sign`` is None when the whole message showed danger without a named sign."""

    sign: str | None
    level: str
    words: str = field(repr=False, default="")

    def dump(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"sign": self.sign, "level": self.level, "words": self.words}

    @classmethod
    def load(cls, value: dict[str, Any]) -> Shown:
        """Read what ``dump`` wrote."""
        return cls(value["sign"], value["level"], value["words"])


@dataclass(frozen=True)
class KeptSign:
    """A sign of a case as an officer reads it. ``words`` is None once they have expired."""

    uid: str
    sign: str | None
    level: str
    shown_at: datetime
    message_id: int | None
    words: str | None = field(repr=False)


def shown(text: str, level: str, found: Iterable[Found]) -> tuple[Shown, ...]:
    """What a message of this level showed, without names and numbers. Never raises: without words is better than not.

    Without any named sign the message itself is the sign.
    """
    try:
        signs = tuple(Shown(each.id, each.level, redact_part(each.words, text)) for each in found)
        return signs or (Shown(None, level, redact_part(text, text)),)
    except Exception as fault:  # noqa: BLE001 - an alert must not fail on what may be said about it
        log.error("signs_not_redacted", error=type(fault).__name__)
        return (Shown(None, level),)


def add_signs(
    *,
    db: Session,
    vault: Vault,
    case: Case,
    cause: str,
    signs: Sequence[Shown],
    message_id: int | None,
    at: datetime,
) -> int:
    """Keep the signs of one message; return how many were new (the same cause twice adds nothing)."""
    added = 0
    for place, sign in enumerate(signs or (Shown(None, case.level),)):
        uid = secrets.token_hex(16)
        added += insert_new(
            db,
            CaseSign,
            case_id=case.id,
            uid=uid,
            cause=cause,
            place=place,
            sign=sign.sign,
            level=sign.level,
            message_id=message_id,
            shown_at=at,
            words=vault.encrypt(sign.words, table=TABLE, uid=uid),
        )
    return added


def signs_of(*, db: Session, vault: Vault, case: Case) -> list[KeptSign]:
    """The signs of a case, oldest first. Raises CannotOpen."""
    rows = db.scalars(select(CaseSign).where(CaseSign.case_id == case.id).order_by(CaseSign.id)).all()
    return [
        KeptSign(
            row.uid,
            row.sign,
            row.level,
            row.shown_at,
            row.message_id,
            None if row.words is None else str(vault.decrypt(row.words, table=TABLE, uid=row.uid)),
        )
        for row in rows
    ]
