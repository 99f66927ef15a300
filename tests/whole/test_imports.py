"""Who may import whom. The directions are the design's; a wrong one would tie parts together that must fail apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.whole.tree import ROOT, ours

HOUSE = {"knowledge", "understanding", "bot", "actions", "webhook"}
ALLOWED = {
    "knowledge": set(),
    "understanding": {"knowledge"},
    "bot": {"knowledge", "understanding"},
    "actions": {"knowledge", "understanding"},
    "webhook": {"knowledge", "understanding"},
}
FORBIDDEN_OUTSIDE = {
    "knowledge": {"rasa", "rasa_sdk", "fastapi", "sqlalchemy"},
    "understanding": {"rasa", "rasa_sdk", "fastapi", "sqlalchemy", "starlette"},
    "actions": {"rasa", "sqlalchemy", "fastapi"},
    "webhook": {"rasa", "rasa_sdk"},
    "bot": {"fastapi", "rasa_sdk"},
}


def imported_by(path: Path) -> set[str]:
    """The top-level names a Python file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", sorted(HOUSE))
def test_a_room_imports_only_what_the_design_allows(room: str) -> None:
    files = [path for path in ours(".py") if path.parts[0] == room]
    assert files, f"{room}/ holds no Python"
    wrong = []
    for path in files:
        names = imported_by(path)
        wrong += [f"{path}: {name}" for name in names & (HOUSE - ALLOWED[room] - {room})]
        wrong += [f"{path}: {name}" for name in names & FORBIDDEN_OUTSIDE[room]]
    assert wrong == []
