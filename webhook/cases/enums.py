"""The words of a case: its states, why it was closed, what the worker chose, what is done to it.

Each has a sentence for an officer in ``WORDS``.
"""

from __future__ import annotations

import enum


class State(enum.StrEnum):
    """Where a case stands."""

    NEW = "new"
    OPEN = "open"
    WAITING_FOR_WORKER = "waiting_for_worker"
    HANDED_ON = "handed_on"
    CLOSED = "closed"


class Choice(enum.StrEnum):
    """What the worker decided about who learns who they are."""

    NONE_YET = "none_yet"
    SHARE = "share"
    HELPLINE_ONLY = "helpline_only"
    ANONYMOUS = "anonymous"
    WITHDRAWN = "withdrawn"


class CloseReason(enum.StrEnum):
    """Why a case was closed."""

    HELPED = "helped"
    HANDED_ON = "handed_on"
    WORKER_ENDED_IT = "worker_ended_it"
    NO_CONTACT = "no_contact"
    NO_DANGER_FOUND = "no_danger_found"
    SAME_CONVERSATION = "same_conversation"
    DELETED_BY_WORKER = "deleted_by_worker"


class Why(enum.StrEnum):
    """What brought a case about."""

    RISK = "risk"
    PERSON_ASKED = "person_asked"


class Act(enum.StrEnum):
    """What happened to a case: one row of its timeline each."""

    OPENED = "opened"
    SIGNS_ADDED = "signs_added"
    LEVEL_ROSE = "level_rose"
    PERSON_ASKED = "person_asked"
    JOKE_SAID = "joke_said"
    CHOICE_MADE = "choice_made"
    CHOICE_WITHDRAWN = "choice_withdrawn"
    DELETION_ASKED = "deletion_asked"
    TRANSCRIPT_KEPT = "transcript_kept"
    CONVERSATION_FOUND = "conversation_found"
    NOTICE_SENT = "notice_sent"
    READ = "read"
    STATE_CHANGED = "state_changed"
    CLOSED = "closed"
    CLAIMED = "claimed"
    RELEASED = "released"
    RELEASED_FOR_OTHERS = "released_for_others"
    RETURNED = "returned"
    NOTE_ADDED = "note_added"
    SIGN_MARKED = "sign_marked"
    CHECKLIST_FILLED = "checklist_filled"
    TAKEN_OVER = "taken_over"
    REPLIED = "replied"
    NOT_DELIVERED = "not_delivered"
    HANDED_BACK = "handed_back"
    IDENTITY_SHOWN = "identity_shown"
    HANDED_ON = "handed_on"


class Actor(enum.StrEnum):
    """Who did it."""

    SERVICE = "service"
    WORKER = "worker"
    OFFICER = "officer"


WORDS: dict[enum.StrEnum, str] = {
    State.NEW: "New. Nobody has taken it yet.",
    State.OPEN: "Open. An officer is working on it.",
    State.WAITING_FOR_WORKER: "Waiting for the worker.",
    State.HANDED_ON: "Handed on to another body.",
    State.CLOSED: "Closed.",
    Choice.NONE_YET: "The worker has not chosen yet.",
    Choice.SHARE: "The worker shares who they are with SHOP.",
    Choice.HELPLINE_ONLY: "The worker wants the Helpline only.",
    Choice.ANONYMOUS: "The worker stays anonymous.",
    Choice.WITHDRAWN: "The worker had shared who they are and took it back.",
    CloseReason.HELPED: "The worker got help.",
    CloseReason.HANDED_ON: "Another body has taken it on.",
    CloseReason.WORKER_ENDED_IT: "The worker did not want to go on.",
    CloseReason.NO_CONTACT: "The worker could not be reached.",
    CloseReason.NO_DANGER_FOUND: "No danger was found.",
    CloseReason.SAME_CONVERSATION: "The same conversation has another case.",
    CloseReason.DELETED_BY_WORKER: "The worker deleted the conversation, and it showed no high risk.",
    Why.RISK: "The conversation showed risk.",
    Why.PERSON_ASKED: "The worker asked for a person.",
    Act.OPENED: "The case was opened.",
    Act.SIGNS_ADDED: "A further message showed signs.",
    Act.LEVEL_ROSE: "The level rose.",
    Act.PERSON_ASKED: "The worker asked for a person.",
    Act.JOKE_SAID: "The worker said that it was a joke or a mistake.",
    Act.CHOICE_MADE: "The worker chose who learns who they are.",
    Act.CHOICE_WITHDRAWN: "The worker took the choice back.",
    Act.DELETION_ASKED: "The worker asked for everything to be deleted.",
    Act.TRANSCRIPT_KEPT: "The conversation was kept without names and numbers.",
    Act.CONVERSATION_FOUND: "The conversation of an alert was found.",
    Act.NOTICE_SENT: "A notice was sent to SHOP.",
    Act.READ: "An officer opened it.",
    Act.STATE_CHANGED: "The state changed.",
    Act.CLOSED: "The case was closed.",
    Act.CLAIMED: "An officer took it.",
    Act.RELEASED: "The officer put it back into the queue.",
    Act.RELEASED_FOR_OTHERS: "A supervisor put it back into the queue.",
    Act.RETURNED: "Time ran out, and it went back into the queue.",
    Act.NOTE_ADDED: "A note was written.",
    Act.CHECKLIST_FILLED: "A checklist was filled in.",
    Act.SIGN_MARKED: "A sign was marked as right or wrong.",
    Act.TAKEN_OVER: "An officer talks to the worker in place of the service.",
    Act.REPLIED: "An officer wrote to the worker.",
    Act.NOT_DELIVERED: "A message did not reach the worker.",
    Act.HANDED_BACK: "The service talks to the worker again.",
    Act.IDENTITY_SHOWN: "Who the worker is was shown to an officer.",
    Act.HANDED_ON: "It was handed on to another body.",
    Actor.SERVICE: "The service",
    Actor.WORKER: "The worker",
    Actor.OFFICER: "An officer",
}
