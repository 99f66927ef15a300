"""The signs of danger: what each is, how grave, and what it is tied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import FileMalformed, read_checked, remembered
from knowledge.sign_files import FILE, registry_form
from understanding.places import ROOT

REGISTRY = ROOT / "knowledge" / FILE


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


__all__ = ["REGISTRY", "FileMalformed", "SignKind", "registry"]
