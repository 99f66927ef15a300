"""`python -m webhook.accounts EMAIL ROLE`: make an account, or a fresh link for one, and print the one-time link."""

from __future__ import annotations

import sys

from webhook.accounts.accounts import LINK_LASTS, EmailUnfit, invite
from webhook.accounts.roles import WORDS, Role
from webhook.database import Database, DatabaseUnavailable, default_database
from webhook.privacy.vault import Vault, default_vault
from webhook.settings import Settings, get_settings

USE = "Use: make staff-user EMAIL=name@example.org ROLE=officer\nRoles:\n" + "\n".join(
    f"  {role.value:15} {words}" for role, words in WORDS.items()
)


def main(arguments: list[str]) -> int:
    """Print the link; 1 when the database is away, 2 for wrong use."""
    if len(arguments) != 2 or arguments[1] not in list(Role):
        print(USE, file=sys.stderr)
        return 2
    try:
        print(link(default_database(), default_vault(), get_settings(), arguments[0], Role(arguments[1])))
    except EmailUnfit:
        print("This is not an e-mail address.", file=sys.stderr)
        return 2
    except DatabaseUnavailable:
        print("The database cannot be reached.", file=sys.stderr)
        return 1
    return 0


def link(database: Database, vault: Vault, settings: Settings, email: str, role: Role) -> str:
    """Make the account and say how to set it up."""
    with database.unit_of_work() as db:
        _, token = invite(db=db, vault=vault, email=email, role=role)
    address = f"{console_address(settings)}/set-up/{token}"
    hours = int(LINK_LASTS.total_seconds() // 3600)
    return f"Give this link to the person, by a way only they can read. It works once, for {hours} hours:\n{address}"


def console_address(settings: Settings) -> str:
    """Where the console is opened."""
    return settings.staff_base_url.rstrip("/") or f"http://127.0.0.1:{settings.staff_port}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
