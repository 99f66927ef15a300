"""What is written down of the sharing choice: the decision with its exact words, taking it back, the way to return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.phrases import phrase
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations import return_phrases
from webhook.conversations.models import Conversation
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.erasure import forget_copies
from webhook.stepping.context import CaseSoFar, Context
from webhook.stepping.talking import PERSON_ASKED
from webhook.words import gentle

log = logger(__name__)

SHARING = "sharing"
"""Kept by the dialogue when the worker has decided: it goes into the case, and is not kept itself."""


MOST_WITHHELD = 60


def withheld(before: Mapping[str, Any], keep: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the choice that tell who somebody is, with those before them: no transcript shows them."""
    said = keep.get(cases.WITHHELD)
    if not isinstance(said, list):
        return {}
    every = dict.fromkeys([*(before.get(cases.WITHHELD) or []), *map(str, said)])
    return {cases.WITHHELD: list(every)[-MOST_WITHHELD:]}


def case_so_far(db: Session, conversation: Conversation) -> CaseSoFar | None:
    """What the worker may know of the open case of their conversation."""
    case = db.scalars(
        select(Case).where(Case.conversation_id == conversation.id, Case.closed_at.is_(None))
    ).one_or_none()
    if case is None:
        return None
    row = cases.current_choice(db=db, case=case)
    return CaseSoFar(case.reference, case.choice, row is not None and row.read_at is not None)


def write(
    db: Session, gateway: Gateway, conversation: Conversation, context: Context, *, cause: str, message_id: int
) -> None:
    """Write down what the dialogue heard: that a person was asked for, or the decision with its exact words.

    Either has a case; the reference is told once the case is there.
    """
    decided = context.keep.get(SHARING)
    if not context.keep.get(PERSON_ASKED) and not decided:
        return
    case = _case(db, gateway, conversation, context, cause, message_id)
    if isinstance(decided, Mapping):
        _record(db, gateway, case, decided)
    _tell_reference(context, case.reference)


def _case(
    db: Session, gateway: Gateway, conversation: Conversation, context: Context, cause: str, message_id: int
) -> Case:
    open_one = db.scalars(
        select(Case).where(Case.conversation_id == conversation.id, Case.closed_at.is_(None))
    ).one_or_none()
    if open_one is not None and not context.keep.get(PERSON_ASKED):
        return open_one
    return cases.open_case(
        db=db,
        vault=gateway.vault,
        cause=cause,
        why=cases.Why.PERSON_ASKED,
        level=conversation.highest_risk,
        channel=context.channel,
        conversation=conversation,
        language=context.language,
        message_id=message_id,
        opted_out=context.known.opted_out,
    ).case


def _record(db: Session, gateway: Gateway, case: Case, decided: Mapping[str, Any]) -> None:
    given = decided.get("identity") or {}
    contact = {name: str(given.get(name) or "") for name in ("way", "where", "time", "words", "safe_word")}
    choice = cases.Choice(str(decided.get("choice")))
    identity = cases.Identity(str(given.get("name") or ""), cases.SafeContact(**contact))
    language = str(decided.get("language") or "en")
    said = cases.choice_preview(choice=choice, identity=identity, language=language)
    if said.text != decided.get("passed_on"):
        log.error("preview_differs")  # what is recorded as passed on is what is passed on, whatever was shown
    cases.record_choice(
        db=db,
        vault=gateway.vault,
        case=case,
        choice=choice,
        identity=identity,
        passed_on=said.text,
        language=said.language,
    )


def _tell_reference(context: Context, reference: str) -> None:
    """Add the reference to what is said, before any question that follows it."""
    language = gentle("share_reference", lang=context.answers_in).language
    line = phrase("share_reference", language, reference=reference)
    for place, draft in reversed(list(enumerate(context.drafts))):
        if draft.kind == "notice":
            context.drafts[place] = replace(draft, text=f"{draft.text}\n{line}")
            return
    said = gentle("share_reference", lang=context.answers_in)
    context.say("share_reference")
    context.drafts[-1] = replace(context.drafts[-1], text=line, lang=said.language)


def take_back(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> None:
    """Take a sharing back, in our tables now, in the dialogue's memory and at Twilio as soon as they confirm it."""
    case = db.scalars(
        select(Case).where(Case.conversation_id == conversation.id, Case.closed_at.is_(None))
    ).one_or_none()
    try:
        if case is None:
            raise cases.NothingToWithdraw
        cases.withdraw(db=db, vault=gateway.vault, case=case)
    except cases.NothingToWithdraw:
        context.say("share_nothing_to_take_back")
        return
    except cases.ChoiceAlreadyRead:
        context.say("share_already_read")
        return
    forget_copies(db=db, vault=gateway.vault, conversation=conversation)
    context.say(*(("share_taken_back",) if context.channel == "web" else ("share_taken_back", "delete_provider")))


def give_return_phrase(db: Session, gateway: Gateway, conversation: Conversation, context: Context) -> None:
    """Show a phrase that opens this conversation again; one that was given before opens nothing any more.

    It stands in this one reply: what is kept of the reply is without it.
    """
    if context.channel != "web":
        context.say("return_phrase_web_only")
        return
    words = return_phrases.give(db=db, vault=gateway.vault, conversation=conversation)
    context.say("return_phrase_shown", "return_phrase_warning")
    context.shown_once = phrase("return_phrase_is", context.drafts[-1].lang, words=words)
