"""How grave each sign of danger is, by itself and together, as knowledge/signs.yml says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge.files import ROOT, read_yaml, remembered

LEVELS = ("none", "concern", "high", "emergency")
NONE, CONCERN, HIGH, EMERGENCY = LEVELS
STRONG_TOGETHER = 3
"""So many different strong signs of concern are high together, in a check and in a conversation.

The ILO says that several indicators together are a strong warning where one alone is not, and the guidance lists the
same ones. Two go together in many bad jobs.
"""


class SignNotKnown(LookupError):
    """There is no such sign in knowledge/signs.yml."""


def level_of(sign: str, root: Path = ROOT) -> str:
    """How grave one sign is. Raises SignNotKnown."""
    return _sign(sign, root)[0]


def level_together(signs: Iterable[str], root: Path = ROOT) -> str:
    """How grave the signs are together. Raises SignNotKnown."""
    found = [_sign(sign, root) for sign in dict.fromkeys(signs)]
    if sum(strong for _, strong in found) >= STRONG_TOGETHER:
        found.append((HIGH, False))
    return max((level for level, _ in found), key=LEVELS.index, default=NONE)


def _sign(sign: str, root: Path) -> tuple[str, bool]:
    try:
        return _signs(root)[sign]
    except KeyError:
        raise SignNotKnown(f"there is no sign {sign}") from None


@remembered
def _signs(root: Path) -> dict[str, tuple[str, bool]]:
    signs = read_yaml(root / "signs.yml")["signs"]
    return {name: (str(entry["level"]), "strong" in entry) for name, entry in signs.items()}
