"""Who can help: name, number, hours, cost and languages of each line, as one registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knowledge.figures import sure_code
from knowledge.files import ROOT, read_checked, remembered
from knowledge.opening_hours import WeeklyHours, hours_form, weekly_hours
from knowledge.shape import day, identifier, one_of, optional, record, table, text

FILE = "contacts.yml"
EMERGENCY = "emergency"
ALWAYS = "always"
contacts_form = table(
    identifier,
    record(
        {"name": text, "does": text, "cost": text, "hours": hours_form, "sure": sure_code, "source": text,
         "checked_on": day, "review_by": day},
        {"number": optional(text), "email": optional(text), "web": optional(text),
         "bank_holidays": one_of("closed", "open", "all_day", "unknown"),
         "language_help": optional(text), "doubt": optional(text), "immigration": optional(text)},
    ),
)  # fmt: skip


class ContactNotKnown(LookupError):
    """No contact of that name stands in the registry."""


@dataclass(frozen=True)
class Contact:
    """A body a worker can turn to.

    `hours`: "always", weekly hours, or None where they are not known. `cost`: free, standard, unknown, or words.
    `immigration`: what it may share with the Home Office. `sure`: how certain the entry is, as for figures.
    """

    id: str
    name: str
    number: str | None
    email: str | None
    web: str | None
    does: str
    cost: str
    hours: WeeklyHours | str | None
    language_help: str | None
    sure: str
    source: str
    checked_on: date
    review_by: date
    doubt: str | None
    immigration: str | None

    def open_at(self, moment: datetime) -> bool | None:
        """Is the line open at that moment? None where that is not known."""
        if isinstance(self.hours, WeeklyHours):
            return self.hours.open_at(moment)
        return True if self.hours == ALWAYS else None

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it surely opens next, in Europe/London time; None where that is not known or it never closes."""
        return self.hours.next_opening(moment) if isinstance(self.hours, WeeklyHours) else None


def contact(contact_id: str, *, root: Path = ROOT) -> Contact:
    """One contact. Raises ContactNotKnown."""
    try:
        return all_contacts(root)[contact_id]
    except KeyError as error:
        raise ContactNotKnown(f"there is no contact {contact_id}") from error


@remembered
def all_contacts(root: Path = ROOT) -> dict[str, Contact]:
    """Every contact by its id. Raises FileMalformed."""
    data = read_checked(root / FILE, contacts_form)
    return {contact_id: _contact_from(contact_id, entry) for contact_id, entry in data.items()}


def _contact_from(contact_id: str, entry: dict[str, Any]) -> Contact:
    words = {key: entry.get(key) for key in ("number", "email", "web", "language_help", "doubt", "immigration")}
    return Contact(
        id=contact_id, name=entry["name"], does=entry["does"], cost=entry["cost"], hours=_hours(entry),
        sure=entry["sure"], source=entry["source"], checked_on=entry["checked_on"],
        review_by=entry["review_by"], **words,
    )  # fmt: skip


def _hours(entry: dict[str, Any]) -> WeeklyHours | str | None:
    written = entry["hours"]
    if isinstance(written, dict):
        return weekly_hours(written, entry.get("bank_holidays", "unknown"))
    return ALWAYS if written == ALWAYS else None
