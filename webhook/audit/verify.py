"""`python -m webhook.audit.verify [ID MARK]`: is the audit log whole, and does it still hold the entry named?

Write the last number and mark down now and then, away from this machine: with them it shows when the newest entries
were cut off.
"""

from __future__ import annotations

import sys
from datetime import timedelta

from webhook.audit.log import verify
from webhook.audit.models import AuditEntry
from webhook.database import Database, DatabaseUnavailable, default_database
from webhook.privacy.vault import Vault, default_vault
from webhook.settings import Settings, get_settings

USE = "Use: python -m webhook.audit.verify [ID MARK]"


def main(arguments: list[str]) -> int:
    """0 when the log is whole, 1 when it is not, 2 for wrong use."""
    if len(arguments) not in (0, 2) or (arguments and not arguments[0].isdecimal()):
        print(USE, file=sys.stderr)
        return 2
    known = (int(arguments[0]), arguments[1]) if arguments else None
    try:
        return report(default_database(), default_vault(), get_settings(), known)
    except DatabaseUnavailable:
        print("The database cannot be reached.", file=sys.stderr)
        return 1


def report(database: Database, vault: Vault, settings: Settings, known: tuple[int, str] | None) -> int:
    """Verify and say what was found."""
    with database.unit_of_work(read_only=True) as db:
        found = verify(db=db, vault=vault, kept_for=timedelta(days=settings.audit_days))
        named = db.get(AuditEntry, known[0]) if known else None
    if found.fault:
        print(f"The audit log is NOT whole: {found.fault}.", file=sys.stderr)
        return 1
    if known and (named is None or named.mark != known[1]):
        print(f"The audit log is NOT whole: entry {known[0]} is gone or was changed.", file=sys.stderr)
        return 1
    print(f"The audit log is whole: {found.entries} entries. Last: {found.last or 0} {found.head}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
