"""Taking words out again that somebody has said: out of the messages, what is kept, and the copied conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webhook.cases.desk_models import CHECKLISTS, HAND_ONS, NOTES, CaseChecklist, CaseHandOn, CaseNote
from webhook.cases.models import Case, CaseSign
from webhook.cases.signs import TABLE as SIGNS
from webhook.cases.spellings import spelling
from webhook.cases.transcript import kept_lines, replace_lines
from webhook.conversations.content import close_content, read_content
from webhook.conversations.models import Conversation, Menu, Message
from webhook.privacy.vault import Vault
from webhook.questions.models import TABLE as QUESTIONS
from webhook.questions.models import UnansweredQuestion
from webhook.translation.models import CaseTranslation, ReplyTranslation

REMOVED = "[removed]"


def forget_values(*, db: Session, vault: Vault, case: Case, values: Iterable[str]) -> None:
    """Replace these values wherever the case's conversation holds them, in any case and spacing. Raises CannotOpen."""
    pattern = spelling(values)
    if pattern is None:
        return
    if case.conversation_id is not None:
        _in_messages(db, vault, case.conversation_id, pattern)
        _in_what_is_kept(db, vault, case.conversation_id, pattern)
        _in_questions(db, vault, case.conversation_id, pattern)
    lines = kept_lines(db=db, vault=vault, case=case)
    replace_lines(
        db=db, vault=vault, case=case, lines=[replace(line, text=pattern.sub(REMOVED, line.text)) for line in lines]
    )
    for sign in db.scalars(select(CaseSign).where(CaseSign.case_id == case.id, CaseSign.words.is_not(None))).all():
        words = str(vault.decrypt(sign.words or b"", table=SIGNS, uid=sign.uid))
        if pattern.search(words):
            sign.words = vault.encrypt(pattern.sub(REMOVED, words), table=SIGNS, uid=sign.uid)
    _in_what_officers_wrote(db, vault, case, pattern)
    db.execute(delete(CaseTranslation).where(CaseTranslation.case_id == case.id))  # made anew from what stays
    db.execute(delete(ReplyTranslation).where(ReplyTranslation.case_id == case.id))
    db.flush()


def _in_what_officers_wrote(db: Session, vault: Vault, case: Case, pattern: re.Pattern[str]) -> None:
    for note in db.scalars(select(CaseNote).where(CaseNote.case_id == case.id)).all():
        words = str(vault.decrypt(note.words, table=NOTES, uid=note.uid))
        note.words = vault.encrypt(pattern.sub(REMOVED, words), table=NOTES, uid=note.uid)
    for told in db.scalars(select(CaseHandOn).where(CaseHandOn.case_id == case.id)).all():
        words = str(vault.decrypt(told.summary, table=HAND_ONS, uid=told.uid))
        told.summary = vault.encrypt(pattern.sub(REMOVED, words), table=HAND_ONS, uid=told.uid)
    for filled in db.scalars(select(CaseChecklist).where(CaseChecklist.case_id == case.id)).all():
        answers = vault.decrypt(filled.answers, table=CHECKLISTS, uid=filled.uid)
        filled.answers = vault.encrypt(_cleared(answers, pattern), table=CHECKLISTS, uid=filled.uid)


def _in_messages(db: Session, vault: Vault, conversation_id: int, pattern: re.Pattern[str]) -> None:
    messages = db.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.payload.is_not(None))
    ).all()
    for message in messages:
        content = read_content(vault, message)
        if content is None:
            continue
        buttons = tuple(replace(button, title=pattern.sub(REMOVED, button.title)) for button in content.buttons)
        cleared = replace(content, text=pattern.sub(REMOVED, content.text), buttons=buttons)
        if cleared != content:
            message.payload = close_content(vault, cleared, uid=message.uid)


def _in_what_is_kept(db: Session, vault: Vault, conversation_id: int, pattern: re.Pattern[str]) -> None:
    conversation = db.get(Conversation, conversation_id)
    if conversation is not None and conversation.kept is not None:
        uid = str(conversation.id)
        kept = vault.decrypt(conversation.kept, table="conversations", uid=uid)
        conversation.kept = vault.encrypt(_cleared(kept, pattern), table="conversations", uid=uid)
    menu = db.get(Menu, conversation_id)
    if menu is not None:
        items = vault.decrypt(menu.items, table="menus", uid=menu.uid)
        menu.items = vault.encrypt(_cleared(items, pattern), table="menus", uid=menu.uid)


def _in_questions(db: Session, vault: Vault, conversation_id: int, pattern: re.Pattern[str]) -> None:
    """A question that holds such words goes: its vector holds them too."""
    for row in db.scalars(
        select(UnansweredQuestion).where(UnansweredQuestion.conversation_id == conversation_id)
    ).all():
        if pattern.search(vault.decrypt(row.words, table=QUESTIONS, uid=row.uid)["words"]):
            db.delete(row)


def _cleared(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(REMOVED, value)
    if isinstance(value, dict):
        return {name: _cleared(item, pattern) for name, item in value.items()}
    return [_cleared(item, pattern) for item in value] if isinstance(value, list) else value
