"""Answers in the sharing choice that could tell who somebody is: no transcript shows them, whatever was chosen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webhook.cases.models import Case
from webhook.conversations.conversations import kept
from webhook.conversations.models import Conversation
from webhook.privacy.vault import Vault

WITHHELD = "withheld"
"""Kept with a conversation, encrypted, under this name."""


def withheld(*, db: Session, vault: Vault, case: Case) -> list[str]:
    """The answers of the case's conversation. Raises CannotOpen."""
    conversation = db.get(Conversation, case.conversation_id) if case.conversation_id is not None else None
    return [] if conversation is None else list(kept(vault=vault, conversation=conversation).get(WITHHELD) or ())
