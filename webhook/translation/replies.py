"""An officer's reply in the worker's language: made before it is sent, shown with its way back into English."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases.models import Case
from webhook.database import Database, utc_now
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault
from webhook.translation.models import REPLY_TRANSLATIONS, ReplyTranslation
from webhook.translation.packages import ENGLISH, can_translate
from webhook.translation.translator import NeverTranslated, NoTranslation, PairNotInstalled, Translator

log = logger(__name__)

KEPT_FOR = timedelta(hours=1)
MOST_TRIES = 2


class TranslationNotSeen(ValueError):
    """The words were changed after they were translated, or their translation is not there any more."""


@dataclass(frozen=True)
class ReplyShown:
    """What an officer sees of it. `done` and no `text`: there is none, and `withheld` says why."""

    uid: str
    language: str
    done: bool
    english: str = field(repr=False)
    text: str | None = field(repr=False, default=None)
    back: str | None = field(repr=False, default=None)
    withheld: str | None = None
    reason: str = field(repr=False, default="")


def possible(case: Case) -> bool:
    """Whether the worker's language is another than English and can be written by an installed package."""
    return bool(case.language) and case.language != ENGLISH and can_translate(ENGLISH, str(case.language))


def ask(
    *, db: Session, vault: Vault, case: Case, staff: str, english: str, reason: str = "", now: datetime | None = None
) -> str:
    """Have a reply translated; the name under which to look for it. ``reason`` is what `replying.say` calls so."""
    moment, uid = now or utc_now(), secrets.token_hex(16)
    words = {"english": english, "language": case.language, "reason": reason}
    db.add(
        ReplyTranslation(
            uid=uid, case_id=case.id, staff=staff, asked_at=moment, expires_at=moment + KEPT_FOR, tries=0,
            words=vault.encrypt(words, table=REPLY_TRANSLATIONS, uid=uid),
        )
    )  # fmt: skip
    db.flush()
    return uid


def shown(
    *, db: Session, vault: Vault, case: Case, staff: str, uid: str, now: datetime | None = None
) -> ReplyShown | None:
    """The reply as far as it is; None when there is none of that name for this officer and case. Raises CannotOpen."""
    row = db.get(ReplyTranslation, uid)
    if row is None or (row.case_id, row.staff) != (case.id, staff) or row.expires_at <= (now or utc_now()):
        return None
    words = vault.decrypt(row.words, table=REPLY_TRANSLATIONS, uid=uid)
    return ReplyShown(
        uid, words["language"], row.done_at is not None, words["english"], words.get("text"), words.get("back"),
        words.get("withheld"), words["reason"],
    )  # fmt: skip


def waiting(db: Session, *, now: datetime | None = None) -> list[str]:
    """The replies that wait for their translation, the oldest first."""
    return list(
        db.scalars(
            select(ReplyTranslation.uid)
            .where(ReplyTranslation.done_at.is_(None), ReplyTranslation.expires_at > (now or utc_now()))
            .order_by(ReplyTranslation.asked_at)
        ).all()
    )


def translate_reply(database: Database, vault: Vault, translator: Translator, uid: str) -> None:
    """Make one of them and its way back. Raises DatabaseUnavailable."""
    with database.unit_of_work(read_only=True) as db:
        row = db.get(ReplyTranslation, uid)
        if row is None:
            return
        try:
            words = vault.decrypt(row.words, table=REPLY_TRANSLATIONS, uid=uid)
        except CannotOpen:
            log.error("reply_cannot_be_opened")
            return
    try:
        made = translator.translate(words["english"], ENGLISH, words["language"])
        found = {"text": made.text, "withheld": made.withheld}
        if made.text is not None:
            found["back"] = _back(translator, made.text, words["language"])
    except NeverTranslated:
        found = {"withheld": "safety"}
    except PairNotInstalled:
        found = {"withheld": "gone"}
    except NoTranslation as fault:
        log.warning("reply_not_translated", reason=fault.reason)
        found = {"withheld": fault.reason}
        if not _last_try(database, uid):
            return
    with database.unit_of_work() as db:
        kept = db.get(ReplyTranslation, uid, with_for_update=True)
        if kept is not None:
            kept.words = vault.encrypt({**words, **found}, table=REPLY_TRANSLATIONS, uid=uid)
            kept.done_at = utc_now()


def _back(translator: Translator, text: str, language: str) -> str | None:
    """The translation in English again, so that an officer sees what the worker would read; None where it is unfit."""
    try:
        return translator.translate(text, language, ENGLISH).text
    except (PairNotInstalled, NeverTranslated, NoTranslation):
        return None


def _last_try(database: Database, uid: str) -> bool:
    with database.unit_of_work() as db:
        row = db.get(ReplyTranslation, uid, with_for_update=True)
        if row is None:
            return True
        row.tries += 1
        return row.tries >= MOST_TRIES
