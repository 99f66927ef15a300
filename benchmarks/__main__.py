"""`make benchmark`: trains and starts both systems in one run and writes docs/benchmarks.md with its picture.

Rasa's default pipeline goes a hundred times over its examples, which takes four hours on two cores: EPOCHS says how
often. What it costs to serve does not depend on it, how often it is right does.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks import accuracy, page
from benchmarks.load import Waits, talk
from benchmarks.processes import memory
from benchmarks.systems import Default, Ours, Running
from knowledge import clock
from understanding.encoder import Encoder
from understanding.evaluation_set import Message, parse
from understanding.places import ROOT

FOLDER = ROOT / "var" / "benchmark"
SETS = ROOT / "tests" / "languages" / "en"
PEOPLE = (1, 8, 32)
_MESSAGES = 1000
_AT_ONCE = 400
"""Messages in all where several people talk at once."""
_WHOLE = "all its processes"
_WEIGHT = f"memory after {_MESSAGES:,} messages and more, MB (PSS): of Rasa, of all its processes"


def main(epochs: int | None) -> None:
    """Measure, then write the page. `epochs`: how often Rasa's default pipeline goes over its examples."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    messages = _messages()
    default, ours = Default(FOLDER / "default", epochs), Ours(FOLDER / "ours")
    rows: dict[str, dict[str, str]] = {}
    bars: dict[str, dict[str, float]] = {}

    def note(row: str, system: str, value: str) -> None:
        rows.setdefault(row, {})[system] = value
        _say(f"{system}: {row}: {value}")

    load = {}
    for system in (ours, default):
        system.prepare()
        note("training from nothing, s", system.name, f"{system.train():.0f}")
        with system.started() as running:
            note("ready after, s", system.name, f"{running.start_seconds:.0f}")
            load[system.name] = _load(running, messages)
            _note_load(note, bars, system.name, load[system.name])
            weight = memory(running.group)
            note(_WEIGHT, system.name, f"{weight:.0f}")
            bars.setdefault("memory of Rasa, MB", {})[system.name] = weight
            if isinstance(system, Default):
                right = accuracy.of_default(running, messages)
        if isinstance(system, Ours):
            right = accuracy.of_ours(system, messages)
        note("topic right first", system.name, str(right[0]))
        note("topic among three", system.name, str(right[1]))
        bars.setdefault("topic right first, %", {})[system.name] = 100 * right[0].hits / right[0].of
    with ours.whole() as running:
        note("ready after, s", _WHOLE, f"{running.start_seconds:.0f}")
        _note_load(note, bars, _WHOLE, _load(running, messages))
        note(_WEIGHT, _WHOLE, f"{memory(running.group):.0f}")
    _write(rows, bars, (default.name, ours.name, _WHOLE), _encoding(messages), epochs)


def _messages() -> list[Message]:
    lines = [line for path in sorted(SETS.glob("*.jsonl")) if path.name != "risk.jsonl" for line in path.open("rb")]
    found, _ = parse(line.decode() for line in lines)
    return [message for message in found if message.topic]


def _load(running: Running, messages: Sequence[Message]) -> dict[int, Waits]:
    texts = [message.text for message in messages]
    talk(running.base, running.say, texts[:20], 1)
    # One after the other comes first: memory is weighed after a thousand messages.
    return {
        people: talk(running.base, running.say, texts[: _MESSAGES if people == 1 else _AT_ONCE], people)
        for people in PEOPLE
    }


def _note_load(note: object, bars: dict[str, dict[str, float]], system: str, load: Mapping[int, Waits]) -> None:
    assert callable(note)  # noqa: S101
    alone = load[1]
    waits = " / ".join(f"{alone.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
    note("a message, ms: median / 95th / 99th of 100", system, waits)
    for people, found in load.items():
        note(f"messages a second, {people} talking at once", system, f"{found.a_second:.1f}")
    bars.setdefault("median wait, ms", {})[system] = alone.quantile(0.5)
    bars.setdefault("messages a second, 8 at once", {})[system] = load[8].a_second


def _encoding(messages: Sequence[Message]) -> float:
    """Milliseconds of the encoder alone for one message, the median."""
    encoder = Encoder()
    encoder.encode(["warm"])
    spent = []
    for message in messages[:300]:
        began = time.monotonic()
        encoder.encode([message.text])
        spent.append(time.monotonic() - began)
    return float(np.median(spent)) * 1000


def _write(
    rows: Mapping[str, Mapping[str, str]],
    bars: Mapping[str, Mapping[str, float]],
    systems: Sequence[str],
    encoding: float,
    epochs: int | None,
) -> None:
    docs = Path(ROOT / "docs")
    page.draw(bars, systems, docs / "benchmarks.svg")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    said = [
        f"Made by `make benchmark` on {clock.today()}: {machine}. Both sides are trained on the English examples of",
        "`data/nlu/en` and asked the messages of `tests/languages/en` (the sets of topics and moves), one after the",
        f"other in the same run. The encoder alone takes {encoding:.0f} ms for a message (median).",
        *_shortened(epochs),
        "",
        page.as_table(list(rows.items()), systems),
        "",
        "![The same as bars](benchmarks.svg)",
    ]
    text = (docs / "benchmarks.md").read_text(encoding="utf-8")
    (docs / "benchmarks.md").write_text(page.with_measured(text, "\n".join(said)), encoding="utf-8")


def _shortened(epochs: int | None) -> list[str]:
    if epochs is None:
        return []
    return [
        f"Rasa's default pipeline went {epochs} times over its examples, not a hundred: its training time and how",
        "often it is right are those of a training cut short, its memory and waits are not touched by that.",
    ]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m benchmarks")
    arguments.add_argument("--epochs", type=int, help="of Rasa's default pipeline; without it a hundred: four hours")
    main(arguments.parse_args().epochs)
