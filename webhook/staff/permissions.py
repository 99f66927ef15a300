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
    SEE_REFERENCE = "Read what the guidance tells professionals."
    SEE_AUDIT = "Read the record of what was done."
    MANAGE_ACCOUNTS = "Make, change and disable accounts."


P = Permission

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset({P.SEE_CASES, P.WORK_CASES, P.SEE_REFERENCE}),
    Role.SUPERVISOR: frozenset({P.SEE_CASES, P.WORK_CASES, P.SEE_REFERENCE, P.SEE_AUDIT}),
    Role.CONTENT_EDITOR: frozenset({P.SEE_REFERENCE}),
    Role.AUDITOR: frozenset({P.SEE_AUDIT}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS}),
}

ADDRESSES: dict[tuple[str, str], Permission] = {
    ("GET", "/healthz"): P.OPEN,
    ("GET", "/login"): P.OPEN,
    ("POST", "/login"): P.OPEN,
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
    ("POST", "/cases/{reference}/notes"): P.WORK_CASES,
    ("POST", "/cases/{reference}/signs"): P.WORK_CASES,
    ("GET", "/reference"): P.SEE_REFERENCE,
    ("GET", "/reference/{page_id}"): P.SEE_REFERENCE,
    ("GET", "/audit"): P.SEE_AUDIT,
    ("GET", "/accounts"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{uid}/role"): P.MANAGE_ACCOUNTS,
    ("POST", "/accounts/{uid}/disable"): P.MANAGE_ACCOUNTS,
}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody of this role, signed in, has this permission."""
    return permission in (P.OPEN, P.SIGNED_IN) or permission in ROLES[role]
