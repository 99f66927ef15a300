"""A worker writes while an officer talks to them: the service is silent, and the officer learns of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import officer_messages
from webhook.cases.models import Case
from webhook.cases.news import note_news
from webhook.conversations.models import Conversation
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.stepping.context import Context

log = logger(__name__)

SAID_BY_THE_SERVICE = (
    "answered_dialogue", "answered_high", "answered_gentle", "answered_no_words", "answered_choice_over",
    "answered_switched_off",
)  # fmt: skip
"""What the service is silent with while a person talks: everything but orders and the words for an emergency."""


def hear(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> None:
    """What a message means for the officer who has the case; ``conversation`` is locked.

    If an officer took over while the service was still thinking, what it would have said is left unsaid.
    """
    case = db.scalars(
        select(Case).where(Case.conversation_id == conversation.id, Case.closed_at.is_(None)).with_for_update()
    ).one_or_none()
    if case is not None:
        _hear_word(db, gateway, conversation, case, context)
    if not conversation.taken_over:
        return
    if context.status in SAID_BY_THE_SERVICE or context.status.startswith("error_"):
        context.drafts.clear()
        context.unlisted.clear()
        context.status = "silent_taken_over"
    if case is not None:
        note_news(db=db, case=case, at=utc_now())
        db.flush()


def _hear_word(db: Session, gateway: Gateway, conversation: Conversation, case: Case, context: Context) -> None:
    try:
        officer_messages.hear_word(
            db=db, vault=gateway.vault, conversation=conversation, case=case, text=context.text,
            silent=context.known.silent,
        )  # fmt: skip
    except CannotOpen:
        log.error("plan_cannot_be_opened")  # then nothing that waits for the word is let out
