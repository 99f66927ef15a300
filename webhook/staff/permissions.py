"""Who may do what: every address of the console, with the one permission it asks for, and every role's permissions.

What is not named here is denied. `docs/console.md` shows the same to people; a test asks every address as every role.
"""

from __future__ import annotations

import enum

from webhook.accounts.roles import Role


class Permission(enum.Enum):
    """What an address asks for."""

    OPEN = "Anybody, before signing in."
    CODE = "Whoever gave the right password and still owes the code."
    SIGNED_IN = "Everybody who is signed in."
    SEE_CASES = "See the queue and the cases, without who anybody is."
    WORK_CASES = "Take cases, write on them, talk to workers, decide."
    RELEASE_CASES = "Put a case of another officer back into the queue."
    SEE_IDENTITY = "Open what a worker shares of who they are."
    DECIDE_FOR_DANGER = "Against a worker's choice, for danger to life or a child, with a written reason."
    EXPORT_SUMMARY = "Take the summary of a hand-on out of the console."
    SEE_REFERENCE = "Read what the guidance tells professionals."
    SEE_KNOWLEDGE = "See what of the knowledge base needs care."
    SIGN_OFF = "Take a reviewer's sign-off of texts out as a patch."
    SEE_SWITCHES = "See what is switched off."
    SWITCH_WORDS = "Switch the answer on a topic, or a language, off and on."
    SWITCH_CHANNELS = "Switch a channel off and on."
    SEE_STATISTICS = "See the statistics."
    EXPORT_STATISTICS = "Take the statistics out as a file."
    READ_FEED = "A program that brings the token of the feed."
    SEE_AUDIT = "Read the record of what was done."
    MANAGE_ACCOUNTS = "Make, change and disable accounts."


P = Permission

CASE_WORK = frozenset({P.SEE_CASES, P.WORK_CASES, P.SEE_IDENTITY, P.EXPORT_SUMMARY, P.SEE_REFERENCE, P.SEE_STATISTICS})

SWITCHES = frozenset({P.SEE_SWITCHES, P.SWITCH_WORDS, P.SWITCH_CHANNELS})

FRESH_CODE = frozenset({P.SEE_IDENTITY, P.DECIDE_FOR_DANGER, P.EXPORT_SUMMARY, P.EXPORT_STATISTICS})
"""What asks for a code that was entered within the last minutes."""

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: CASE_WORK,
    Role.SUPERVISOR: CASE_WORK
    | SWITCHES
    | {P.DECIDE_FOR_DANGER, P.RELEASE_CASES, P.SEE_KNOWLEDGE, P.EXPORT_STATISTICS, P.SEE_AUDIT},
    Role.CONTENT_EDITOR: frozenset(
        {P.SEE_REFERENCE, P.SEE_KNOWLEDGE, P.SIGN_OFF, P.SEE_SWITCHES, P.SWITCH_WORDS, P.SEE_STATISTICS}
    ),
    Role.AUDITOR: frozenset({P.SEE_AUDIT, P.SEE_STATISTICS, P.EXPORT_STATISTICS}),
    Role.ADMINISTRATOR: SWITCHES | {P.MANAGE_ACCOUNTS, P.SEE_STATISTICS},
}

ADDRESSES: dict[tuple[str, str], Permission] = {
    ("GET", "/healthz"): P.OPEN,
    ("GET", "/login"): P.OPEN,
    ("POST", "/login"): P.OPEN,
    ("GET", "/login/organisation"): P.OPEN,
    ("GET", "/login/organisation/back"): P.OPEN,
    ("GET", "/set-up/{token}"): P.OPEN,
    ("POST", "/set-up/{token}"): P.OPEN,
    ("GET", "/login/code"): P.CODE,
    ("POST", "/login/code"): P.CODE,
    ("GET", "/"): P.SIGNED_IN,
    ("POST", "/logout"): P.SIGNED_IN,
    ("GET", "/code"): P.SIGNED_IN,
    ("POST", "/code"): P.SIGNED_IN,
    ("GET", "/cases"): P.SEE_CASES,
    ("GET", "/cases/{reference}"): P.SEE_CASES,
    ("POST", "/cases/{reference}/claim"): P.WORK_CASES,
    ("POST", "/cases/{reference}/release"): P.WORK_CASES,
    ("POST", "/cases/{reference}/release-for-others"): P.RELEASE_CASES,
    ("GET", "/cases/{reference}/checklists/{page_id}"): P.SEE_CASES,
    ("POST", "/cases/{reference}/checklists/{page_id}"): P.WORK_CASES,
    ("POST", "/cases/{reference}/notes"): P.WORK_CASES,
    ("POST", "/cases/{reference}/signs"): P.WORK_CASES,
    ("POST", "/cases/{reference}/take-over"): P.WORK_CASES,
    ("POST", "/cases/{reference}/hand-back"): P.WORK_CASES,
    ("POST", "/cases/{reference}/messages"): P.WORK_CASES,
    ("GET", "/cases/{reference}/messages/{uid}"): P.WORK_CASES,
    ("POST", "/cases/{reference}/state"): P.WORK_CASES,
    ("POST", "/cases/{reference}/close"): P.WORK_CASES,
    ("GET", "/cases/{reference}/hand-on"): P.WORK_CASES,
    ("POST", "/cases/{reference}/hand-on"): P.WORK_CASES,
    ("GET", "/cases/{reference}/hand-on/{uid}.txt"): P.EXPORT_SUMMARY,
    ("GET", "/cases/{reference}/hand-on/{uid}.pdf"): P.EXPORT_SUMMARY,
    ("GET", "/cases/{reference}/identity"): P.SEE_IDENTITY,
    ("POST", "/cases/{reference}/identity"): P.SEE_IDENTITY,
    ("POST", "/cases/{reference}/identity/danger"): P.DECIDE_FOR_DANGER,
    ("GET", "/reference"): P.SEE_REFERENCE,
    ("GET", "/reference/{page_id}"): P.SEE_REFERENCE,
    ("GET", "/knowledge"): P.SEE_KNOWLEDGE,
    ("GET", "/knowledge/{lang}"): P.SEE_KNOWLEDGE,
    ("GET", "/knowledge/{lang}/{kind}"): P.SEE_KNOWLEDGE,
    ("GET", "/knowledge/{lang}/{kind}/{item}"): P.SEE_KNOWLEDGE,
    ("POST", "/knowledge/{lang}/sign-off"): P.SIGN_OFF,
    ("GET", "/switches"): P.SEE_SWITCHES,
    ("POST", "/switches/channel"): P.SWITCH_CHANNELS,
    ("POST", "/switches/topic"): P.SWITCH_WORDS,
    ("POST", "/switches/language"): P.SWITCH_WORDS,
    ("GET", "/statistics"): P.SEE_STATISTICS,
    ("GET", "/statistics.csv"): P.EXPORT_STATISTICS,
    ("GET", "/feed"): P.READ_FEED,
    ("GET", "/audit"): P.SEE_AUDIT,
    ("GET", "/accounts"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{uid}/role"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{uid}/disable"): P.MANAGE_ACCOUNTS,
}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody of this role, signed in, has this permission."""
    return permission in (P.OPEN, P.SIGNED_IN) or permission in ROLES[role]
