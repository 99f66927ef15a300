"""The roles of the console, with a sentence for each."""

from __future__ import annotations

import enum


class Role(enum.StrEnum):
    """What somebody works as."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    CONTENT_EDITOR = "content_editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


WORDS: dict[Role, str] = {
    Role.OFFICER: "Officer: works on cases.",
    Role.SUPERVISOR: "Supervisor: works on cases, and decides where danger to life or a child needs it.",
    Role.CONTENT_EDITOR: "Content editor: looks after answers, figures and languages. Sees no case.",
    Role.AUDITOR: "Auditor: reads the record of what was done, and the statistics. Sees no case.",
    Role.ADMINISTRATOR: "Administrator: looks after accounts and switches. Sees no case.",
}
