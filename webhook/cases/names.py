"""What a case is called: a two-word name for people, and a reference that a worker can quote.

Both are random: neither tells who, when, or how many cases there are.
"""

from __future__ import annotations

import re
import secrets

from webhook.cases.name_lists import words

# Ordinary words without a judgement, a skin colour, a faith, an origin, an animal, a journey or a danger in them.
FIRST = words("name_first")
SECOND = words("name_second")

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O and U: read over the telephone none is taken for another."""
PREFIX = "SW"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FORM = re.compile(rf"{PREFIX}([{CROCKFORD}]{{4}})([{CROCKFORD}]{{2}})")


class NotAReference(ValueError):
    """The text has not the form of a reference. The text itself is not repeated here."""


def new_name() -> str:
    """A two-word name at random, such as "Amber Meadow". It may be in use: the caller tries again then."""
    while True:
        first, second = secrets.choice(FIRST), secrets.choice(SECOND)
        if first != second:
            return f"{first} {second}"


def new_reference() -> str:
    """A reference at random, such as "SW-7K4F-9M": thirty bits, in no order."""
    drawn = "".join(secrets.choice(CROCKFORD) for _ in range(6))
    return f"{PREFIX}-{drawn[:4]}-{drawn[4:]}"


def read_reference(said: str) -> str:
    """The reference somebody wrote or said: any case, with or without its hyphens, O for 0. Raises NotAReference."""
    letters = re.sub(r"[\s\-.‐-―]", "", said.strip()).upper()
    if letters[:2] != PREFIX:
        raise NotAReference("no reference")
    found = _FORM.fullmatch(PREFIX + letters[2:].translate(_READ_AS))
    if found is None:
        raise NotAReference("no reference")
    return f"{PREFIX}-{found[1]}-{found[2]}"
