"""Files of messages with what they mean: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from understanding.risk_levels import LEVELS


class LineBroken(ValueError):
    """A line of the file is not a message; the text names the line and the fault."""


@dataclass(frozen=True)
class Message:
    """One line: a message and, as far as given, its language, topic and risk, with what else may count right."""

    id: str
    text: str
    lang: str | None = None
    topic: str | None = None
    also_ok: tuple[str, ...] = ()
    risk: str | None = None
    risk_ok: tuple[str, ...] = ()


def parse(lines: Iterable[str]) -> tuple[list[Message], list[LineBroken]]:
    """The messages and the faults of all the other lines. Empty lines are passed over; an id may stand only once."""
    messages: list[Message] = []
    faults: list[LineBroken] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip().strip("\ufeff"):
            continue
        try:
            message = _message(line.strip().strip("\ufeff"))
            if message.id in seen:
                raise LineBroken(f"id {message.id!r} stands in line {seen[message.id]} already")
        except LineBroken as fault:
            faults.append(LineBroken(f"line {number}: {fault}"))
            continue
        seen[message.id] = number
        messages.append(message)
    return messages, faults


def _message(line: str) -> Message:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LineBroken(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise LineBroken("not a JSON object")
    if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
        row["id"] = str(row["id"])
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            raise LineBroken(f"no text under {key!r}")
    if not row["id"]:
        raise LineBroken("the id is empty")
    levels = _texts(row, "risk_ok")
    risk = _text(row, "risk")
    for level in (*levels, *([risk] if risk else [])):
        if level not in LEVELS:
            raise LineBroken(f"risk {level!r} is none of {', '.join(LEVELS)}")
    return Message(
        row["id"], row["text"], _text(row, "lang"), _text(row, "topic"), _texts(row, "also_ok"), risk, levels
    )


def _text(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise LineBroken(f"{key!r} is not a text")


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise LineBroken(f"{key!r} is not a list of texts")
