"""Noting what a message asked: counted without words, and kept redacted where the service could not place it."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from understanding.encoder import Encoder, about
from understanding.risk_levels import NONE
from webhook.cases.redaction import redact
from webhook.conversations.models import Conversation
from webhook.conversations.upsert import add_one
from webhook.privacy.vault import Vault
from webhook.questions.models import TABLE, QuestionCount, UnansweredQuestion
from webhook.stepping.context import Context

NOT_UNDERSTOOD = "not_understood"
"""Asked to keep by the dialogue when it could not place a message: what it made of it."""
OUTCOMES = ("out_of_scope", "did_you_mean", "not_understood")
COUNTED = "counted"
"""Kept with a conversation, encrypted: what was counted of it this month."""
LONGEST = 300
LONDON = ZoneInfo("Europe/London")


def note(
    *, db: Session, vault: Vault, conversation: Conversation, context: Context, counted: Any, at: datetime
) -> None:
    """Note what this turn asked. ``counted``: what of this conversation was counted before (``COUNTED``).

    Each conversation counts once a month for a topic: nobody who asks much makes a number look like many people.
    """
    month = month_of(at)
    outcome = context.keep.get(NOT_UNDERSTOOD) if context.status == "answered_dialogue" else None
    asked = {("topic", each.topic) for each in context.drafts if each.kind == "answer" and each.topic}
    if outcome in OUTCOMES:
        asked.add(("not_understood", context.language[:16]))
        _keep(db, vault, conversation, context, str(outcome), at)
    before = set(counted["values"]) if isinstance(counted, dict) and counted.get("month") == month else set[str]()
    fresh = sorted(each for each in asked if "/".join(each) not in before)
    for dimension, value in fresh:
        add_one(db, QuestionCount, "conversations", month=month, dimension=dimension, value=value)
    if fresh:
        values = sorted(before | {"/".join(each) for each in fresh})
        context.notes[COUNTED] = {"month": month, "values": values}


def month_of(at: datetime) -> str:
    """The month of an instant in London, as 2026-11."""
    return f"{at.astimezone(LONDON):%Y-%m}"


def _keep(db: Session, vault: Vault, conversation: Conversation, context: Context, outcome: str, at: datetime) -> None:
    """Keep the redacted words; but nothing of danger, and no answer to a question of ours, which may tell a name."""
    known, encoded = context.known, context.encoded
    ours = known.intent or known.choice_open or known.check_open or known.check_paused
    if ours or context.risk_level != NONE or known.level != NONE or encoded is None:
        return
    uid, words = secrets.token_hex(16), redact(context.text)
    vectors = encoded.vectors if words == encoded.text else Encoder().encode([words])
    content = {
        "words": words[:LONGEST],
        "vector": base64.b64encode(about(vectors[:1]).astype("<f2").tobytes()).decode("ascii"),
    }
    db.add(
        UnansweredQuestion(
            uid=uid, conversation_id=conversation.id, language=context.language, outcome=outcome,
            asked_on=at.astimezone(LONDON).date(), words=vault.encrypt(content, table=TABLE, uid=uid),
        )
    )  # fmt: skip
    db.flush()
