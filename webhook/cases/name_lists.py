"""The words by which names are told from other words, from the text files beside this one."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def words(name: str) -> list[str]:
    """The words of one file, in order."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()


TITLES = frozenset(words("titles"))
PEOPLE = frozenset(words("people"))
"""Kin and people at work: a capital after one of them begins a name."""
PARTICLES = frozenset(words("particles"))
"""Small words inside a name."""
SAYS_WHO = frozenset(words("says_who"))
"""What follows a name after "I am": "I am Asha from Kerala"."""
NOT_A_NAME = frozenset(words("not_a_name"))
"""What ends a name, and what is none at its start."""
NEVER_NAMES = frozenset(words("never_names"))
"""How somebody is, what they do, where they are from: after "I am" an officer must be able to read these."""
WORDS_TOO = frozenset(words("words_too"))
"""Names that are ordinary words too: masked again only where they are written with a capital."""
GIVEN = frozenset(words("given"))
"""Given names, for texts written all in small letters."""
ABROAD = tuple((FOLDER / "my_name_is.txt").read_text(encoding="utf-8").splitlines())
""" "My name is" in the languages of the service, in their scripts and in Latin letters."""
