"""Who a worker is: shown by their own choice, or by a supervisor for danger to life or a child, and always recorded."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from webhook.cases import notes, officer_messages, timeline
from webhook.cases.contact import this_number
from webhook.cases.enums import Act, Actor
from webhook.cases.models import Case
from webhook.cases.sharing import Identity
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.privacy.vault import Vault


class NotShared(Exception):
    """The worker does not share who they are."""


class Danger(enum.StrEnum):
    """What lets a supervisor see it without the worker's choice."""

    LIFE = "life"
    CHILD = "child"


@dataclass(frozen=True)
class Shown:
    """Who the worker is, as far as anything is known. Its repr shows nothing."""

    identity: Identity | None = field(repr=False)
    number: str | None = field(default=None, repr=False)
    """The number of the chat."""


def show_shared(*, db: Session, vault: Vault, case: Case, staff: str) -> Shown:
    """What the worker chose to share; from now on it cannot be withdrawn. ``case`` is locked.

    The number of the chat only where the worker gave it as the way to reach them. Raises NotShared, CannotOpen.
    """
    identity = officer_messages.open_shared(db=db, vault=vault, case=case)
    if identity is None:
        raise NotShared
    timeline.note(db=db, case=case, act=Act.IDENTITY_SHOWN, actor=Actor.OFFICER, staff=staff, reason="shared")
    return Shown(identity, _number(db, vault, case) if identity.contact.where in this_number() else None)


def show_for_danger(*, db: Session, vault: Vault, case: Case, staff: str, danger: Danger, reason: str) -> Shown:
    """All that is known, for a supervisor's written reason. ``case`` is locked. Raises ReasonMissing, CannotOpen."""
    notes.add(db=db, vault=vault, case=case, kind=notes.IDENTITY, words=reason, staff=staff)
    timeline.note(db=db, case=case, act=Act.IDENTITY_SHOWN, actor=Actor.OFFICER, staff=staff, reason=danger)
    return Shown(officer_messages.open_shared(db=db, vault=vault, case=case), _number(db, vault, case))


def _number(db: Session, vault: Vault, case: Case) -> str | None:
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    return service.number_of(db=db, vault=vault, conversation=conversation) if conversation is not None else None
