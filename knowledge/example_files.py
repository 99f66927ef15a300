"""The example messages beside the knowledge base: what workers may write, with what it means or the danger it shows.

The folders are named from the folder above the knowledge base.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.files import FileMalformed, read_checked
from knowledge.shape import boolean, list_of, one_of, optional, record, text

NLU, RISK, EVALUATION = "data/nlu", "data/risk", "tests/languages"
RISK_LEVELS = ("none", "concern", "high", "emergency")
_DASH = "- "


def nlu_form(data: object) -> Iterator[str]:
    """What is wrong with a file of examples in Rasa's own format. Synonyms and look-up tables are let pass."""
    if not isinstance(data, dict) or not isinstance(data.get("nlu"), list):
        yield "has no list under 'nlu'"
        return
    for block in _intent_blocks(data):
        if not isinstance(block.get("examples"), str):
            yield f"{block['intent']}: examples are not a block of lines ('examples: |')"
            continue
        for line in block["examples"].splitlines():
            if line.strip() and not line.lstrip().startswith(_DASH):
                yield f"{block['intent']}: a line does not begin with '- ': {line.strip()[:60]}"


def nlu_texts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each example of a file of sound form, with its intent, in the order of the file."""
    for block in _intent_blocks(data):
        for line in block["examples"].splitlines():
            if said := line.lstrip()[len(_DASH) :].strip():
                yield str(block["intent"]), said


def intents_in(path: Path) -> Iterator[tuple[str, str]]:
    """Each intent and example of one file, in its order. Raises FileMalformed."""
    return nlu_texts(read_checked(path, nlu_form))


_risk_line = record(
    {"text": text},
    {
        "sign": optional(text),
        "about": one_of("self", "somebody_else", "nobody"),
        "when": one_of("now", "past", "unknown"),
        "hard": boolean,
        "why": text,
    },
)
risk_form = record({"language": text, "level": one_of(*RISK_LEVELS), "examples": list_of(_risk_line, 1)})


def evaluation_texts(path: Path) -> list[str]:
    """The messages of an evaluation file: `text` of each line of .jsonl, each line of .txt. Raises FileMalformed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".txt":
        return [line.strip() for line in lines if line.strip()]
    return [_message(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _message(path: Path, number: int, line: str) -> str:
    try:
        return str(json.loads(line)["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise FileMalformed(path, [f"line {number}: has no text of a message"]) from error


def _intent_blocks(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (block for block in data["nlu"] if isinstance(block, dict) and "intent" in block)
