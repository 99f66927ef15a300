"""The guidance this service grew from: its paragraphs, and where each of them went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.answers import PARTS, Answer
from knowledge.shape import list_of, matching, record, table, text, whole_number
from knowledge.staff import FOLDER as STAFF_FOLDER
from knowledge.staff import StaffPage

MAP_FILE = "guidance_map.yml"
SOURCE_FOLDER = f"{STAFF_FOLDER}/source"
_target = matching(
    r"answers/[a-z0-9_]+#[a-z0-9_]+|staff/[a-z0-9_/-]+(#[a-z0-9_-]+)?",
    "answers/<topic>#<section or part> or staff/<page>",
)
_place = {"paragraph": whole_number, "starts": text}
map_form = table(
    matching(r"[a-z0-9_]+\.txt", "the name of a .txt file"),
    list_of(record(_place, {"to": list_of(_target, 1), "because": text})),
)


def paragraphs(text: str) -> list[str]:
    """The blocks of a text that stand between blank lines, each on one line; the first is paragraph 1."""
    blocks = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").lstrip("\ufeff"))
    return [joined for block in blocks if (joined := " ".join(block.split()))]


def source_files(root: Path) -> list[Path]:
    """The texts of the guidance, sorted."""
    return sorted((root / SOURCE_FOLDER).glob("*.txt"))


def map_reasons(
    data: dict[str, Any], root: Path, answers: dict[str, Answer], staff: dict[str, StaffPage]
) -> Iterator[str]:
    """Why the map does not tell where every paragraph went. `answers`: the English ones by topic; `staff`: by id."""
    files = {path.name: path for path in source_files(root)}
    for name in sorted(set(data) - set(files)):
        yield f"{name}: there is no such file in {SOURCE_FOLDER}"
    for name, path in files.items():
        entries = data.get(name, [])
        for reason in _file_reasons(paragraphs(path.read_text(encoding="utf-8")), entries):
            yield f"{name}: {reason}"
        for entry in entries:
            for target in entry.get("to", []):
                reason_against = _target_reason(target, answers, staff)
                if reason_against:
                    yield f"{name}: paragraph {entry['paragraph']}: {target}: {reason_against}"


def _file_reasons(written: list[str], entries: list[dict[str, Any]]) -> Iterator[str]:
    told: set[int] = set()
    for entry in entries:
        number = entry["paragraph"]
        if number in told:
            yield f"paragraph {number}: stands twice"
        told.add(number)
        if ("to" in entry) == ("because" in entry):
            yield f"paragraph {number}: needs either to or because"
        if number > len(written):
            yield f"paragraph {number}: the file has {len(written)}"
        elif not written[number - 1].startswith(" ".join(entry["starts"].split())):
            yield f'paragraph {number}: starts "{written[number - 1][:40]}"'
    for number, paragraph in enumerate(written, start=1):
        if number not in told:
            yield f'paragraph {number} is not mapped: "{paragraph[:40]}"'


def _target_reason(target: str, answers: dict[str, Answer], staff: dict[str, StaffPage]) -> str | None:
    kind, _, rest = target.partition("/")
    page, _, part = rest.partition("#")
    if kind == STAFF_FOLDER:
        if page not in staff:
            return "there is no such page"
        sections = {section.id for section in staff[page].sections}
        return None if not part or part in sections else "the page has no such section"
    if page not in answers:
        return "there is no such answer"
    return None if part in _parts_of(answers[page]) else "the answer has no such part"


def _parts_of(answer: Answer) -> set[str]:
    present = {"answer", "meaning", "do", "help", "sources"} | {section.id for section in answer.sections}
    also = {"if": answer.in_my_case, "why": answer.why, "doubt": answer.doubt, "guidance": answer.guidance}
    return present | {part for part, content in also.items() if content and part in PARTS}
