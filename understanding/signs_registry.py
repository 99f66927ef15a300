"""The signs of danger: what each is, how grave, and what it is tied to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.files import FileMalformed, read_checked, remembered
from knowledge.shape import list_of, one_of, optional, record, text
from understanding.places import ROOT
from understanding.risk_levels import CONCERN, EMERGENCY, HIGH, rank

REGISTRY = ROOT / "knowledge" / "signs.yml"


class SignNotKnown(LookupError):
    """There is no sign with that id."""


@dataclass(frozen=True)
class SignKind:
    """A sign of danger.

    `tied_to` names the sign or form in the council's guidance or the ILO indicator it comes from. `officer` says it to
    an officer, `worker` to a worker. `past` is what an emergency is when it is told as over. `strong` marks a concern
    of which several together make a conversation high.
    """

    id: str
    level: str
    tied_to: tuple[str, ...]
    officer: str
    worker: str
    past: str | None = None
    strong: bool = False


_FIELDS = {
    "level": one_of(CONCERN, HIGH, EMERGENCY),
    "tied_to": list_of(text, 1),
    "officer": text,
    "worker": text,
}


def registry_form(data: object) -> Iterator[str]:
    """What is wrong with the form of the registry."""
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("sources"), dict)
        or not isinstance(data.get("signs"), dict)
    ):
        yield "must have 'sources' and 'signs'"
        return
    signs: dict[str, Any] = data["signs"]
    form = record(_FIELDS, {"past": optional(text), "strong": one_of("yes")})
    for name, entry in signs.items():
        faults = list(form(entry))
        yield from (f"{name}: {fault}" for fault in faults)
        if faults:
            continue
        yield from (
            f"{name}: tied to {tie!r}, which is no source" for tie in entry["tied_to"] if tie not in data["sources"]
        )
        over = entry.get("past")
        if over is not None and (over not in signs or rank(signs[over]["level"]) >= rank(entry["level"])):
            yield f"{name}: in the past it must be a sign of a lower level"


@remembered
def registry(path: Path = REGISTRY) -> Mapping[str, SignKind]:
    """Every sign by its id. Raises FileMalformed."""
    data = read_checked(path, registry_form)
    return {
        name: SignKind(
            name,
            entry["level"],
            tuple(data["sources"][tie] for tie in entry["tied_to"]),
            entry["officer"].strip(),
            entry["worker"].strip(),
            entry.get("past"),
            "strong" in entry,
        )
        for name, entry in data["signs"].items()
    }


def sign_kind(name: str) -> SignKind:
    """One sign. Raises SignNotKnown."""
    try:
        return registry()[name]
    except KeyError as error:
        raise SignNotKnown(name) from error


__all__ = ["REGISTRY", "FileMalformed", "SignKind", "SignNotKnown", "registry", "registry_form", "sign_kind"]
