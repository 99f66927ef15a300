"""What the service could not place, grouped by meaning over all languages: one example of each group, none of few."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.conversations.models import Conversation
from webhook.database import utc_now
from webhook.logs import logger
from webhook.privacy.keyring import CannotOpen
from webhook.privacy.vault import Vault
from webhook.questions.models import TABLE, UnansweredQuestion
from webhook.statistics.suppression import SMALLEST

log = logger(__name__)

ALIKE = 0.86
"""How near two questions stand that mean the same, as a cosine; e5's vectors all lie close together. Tried by hand."""
MOST = 2000
"""The newest ones are read."""

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Kept:
    """One question as it was kept."""

    conversation_id: int
    language: str
    outcome: str
    words: str = field(repr=False)
    vector: Vector = field(repr=False)


@dataclass(frozen=True)
class Group:
    """Questions of one meaning, from enough conversations to point at none."""

    example: str
    """The redacted words of the one that stands nearest to the middle."""
    conversations: int
    languages: tuple[str, ...]
    """The commonest first."""
    outcome: str
    """What was mostly made of them."""


@dataclass(frozen=True)
class Unanswered:
    """The groups, the largest first; and in how many conversations the other questions came. None: too few to say."""

    groups: tuple[Group, ...]
    others: int | None


def unanswered(*, db: Session, vault: Vault, kept_for: timedelta, now: datetime | None = None) -> Unanswered:
    """What could not be placed lately. A question whose key is missing is left out."""
    oldest = ((now or utc_now()) - kept_for).date()
    found = _clusters(_kept(db, vault, oldest))
    large = [each for each in found if _people(each) >= SMALLEST]
    others = len({one.conversation_id for each in found if _people(each) < SMALLEST for one in each})
    groups = sorted((_group(each) for each in large), key=lambda each: -each.conversations)
    return Unanswered(tuple(groups), None if 0 < others < SMALLEST else others)


def _kept(db: Session, vault: Vault, since: date) -> list[Kept]:
    rows = db.scalars(
        select(UnansweredQuestion)
        .join(Conversation, Conversation.id == UnansweredQuestion.conversation_id)
        .where(UnansweredQuestion.asked_on >= since, Conversation.erased_at.is_(None))
        .order_by(UnansweredQuestion.id.desc())
        .limit(MOST)
    ).all()
    found = []
    for row in rows:
        try:
            content = vault.decrypt(row.words, table=TABLE, uid=row.uid)
        except CannotOpen:
            log.error("question_cannot_be_opened")
            continue
        vector = np.frombuffer(base64.b64decode(content["vector"]), dtype="<f2").astype(np.float32)
        found.append(Kept(row.conversation_id, row.language, row.outcome, content["words"], vector))
    return found


def _clusters(questions: Sequence[Kept]) -> list[list[Kept]]:
    """Each question joins the group whose middle it is nearest to, if that is near enough; or it begins one."""
    groups: list[list[Kept]] = []
    middles: list[Vector] = []
    for each in questions:
        near = np.stack(middles) @ each.vector if middles else np.empty(0, dtype=np.float32)
        best = int(near.argmax()) if near.size else -1
        if best < 0 or near[best] < ALIKE:
            groups.append([each])
            middles.append(each.vector)
            continue
        groups[best].append(each)
        middles[best] = _middle(groups[best])
    return groups


def _middle(group: Sequence[Kept]) -> Vector:
    mean: Vector = np.mean([each.vector for each in group], axis=0, dtype=np.float32)
    return mean / np.float32(np.linalg.norm(mean) or 1.0)


def _people(group: Sequence[Kept]) -> int:
    return len({each.conversation_id for each in group})


def _group(questions: Sequence[Kept]) -> Group:
    middle = _middle(questions)
    example = max(questions, key=lambda each: float(each.vector @ middle))
    languages = [name for name, _ in Counter(each.language for each in questions).most_common()]
    outcome = Counter(each.outcome for each in questions).most_common(1)[0][0]
    return Group(example.words, _people(questions), tuple(languages), outcome)
