"""How often the topic is right, on the same messages, for both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import httpx

from benchmarks.default_project import intent_of
from benchmarks.systems import Ours, Running
from understanding.evaluate import Share
from understanding.evaluation_set import Message


def of_default(running: Running, messages: Sequence[Message]) -> tuple[Share, Share]:
    """Right first, and among three, by Rasa's own interface for parsing."""
    ranked = []
    with httpx.Client(base_url=running.base, timeout=60, trust_env=False) as client:
        for message in messages:
            parsed = client.post("/model/parse", json={"text": message.text}).raise_for_status().json()
            # Below its threshold the default pipeline puts its fallback first: that is no topic, the next one is.
            ranked.append([one["name"] for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"][:3])
    return _shares(messages, ranked)


def of_ours(ours: Ours, messages: Sequence[Message]) -> tuple[Share, Share]:
    """The same by the command `evaluate`."""
    source, target = ours.folder / "set.jsonl", ours.folder / "read.jsonl"
    lines = (json.dumps({"id": message.id, "text": message.text}) for message in messages)
    source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    ours.evaluate(source, target)
    by_id = {line["id"]: line["top3"] for line in map(json.loads, Path(target).read_text("utf-8").splitlines())}
    ranked = [[_whole(name) for name in by_id[message.id]] for message in messages]
    return _shares(messages, ranked)


def _whole(name: str) -> str:
    return intent_of(name) if "/" in name else name


def _shares(messages: Sequence[Message], ranked: Sequence[Sequence[str]]) -> tuple[Share, Share]:
    def right(message: Message, names: Sequence[str]) -> bool:
        wanted = {_bare(intent_of(name)) for name in (message.topic or "", *message.also_ok)}
        return any(_bare(name) in wanted for name in names)

    pairs = list(zip(messages, ranked, strict=True))
    first = Share.count(right(message, names[:1]) for message, names in pairs)
    return first, Share.count(right(message, names) for message, names in pairs)


def _bare(name: str) -> str:
    return name.removeprefix("ask_")
