"""Everything the rest of the gateway does with cases, under one name. All functions take keywords only."""

from __future__ import annotations

from webhook.cases.acts import (
    CaseIsClosed,
    case_reference,
    change_state,
    close_case,
    find,
    mark_opened,
    note_joke,
)
from webhook.cases.delivery import deliver_alerts, deliver_now, link_conversation
from webhook.cases.enums import Act, Actor, Choice, CloseReason, State, Why
from webhook.cases.erasing import note_erasure
from webhook.cases.names import NotAReference, read_reference
from webhook.cases.opening import NoFreeName, Opened, follow_language, of_cause, open_case, open_case_of
from webhook.cases.sharing import (
    ChoiceAlreadyRead,
    ChoiceRecord,
    Identity,
    NotAChoice,
    NothingToWithdraw,
    Preview,
    SafeContact,
    choice_preview,
    current_choice,
    read_choice,
    record_choice,
    withdraw,
)
from webhook.cases.signs import KeptSign, Shown, shown, signs_of
from webhook.cases.summary import Summary, summary
from webhook.cases.timeline import timeline
from webhook.cases.transcript import Line, keep_expiring, keep_transcript, transcript
from webhook.cases.withheld import WITHHELD

__all__ = [
    "WITHHELD",
    "Act",
    "Actor",
    "CaseIsClosed",
    "Choice",
    "ChoiceAlreadyRead",
    "ChoiceRecord",
    "CloseReason",
    "Identity",
    "KeptSign",
    "Line",
    "NoFreeName",
    "NotAChoice",
    "NotAReference",
    "NothingToWithdraw",
    "Opened",
    "Preview",
    "SafeContact",
    "Shown",
    "State",
    "Summary",
    "Why",
    "case_reference",
    "change_state",
    "choice_preview",
    "close_case",
    "current_choice",
    "deliver_alerts",
    "deliver_now",
    "find",
    "follow_language",
    "keep_expiring",
    "keep_transcript",
    "link_conversation",
    "mark_opened",
    "note_erasure",
    "note_joke",
    "of_cause",
    "open_case",
    "open_case_of",
    "read_choice",
    "read_reference",
    "record_choice",
    "shown",
    "signs_of",
    "summary",
    "timeline",
    "transcript",
    "withdraw",
]
