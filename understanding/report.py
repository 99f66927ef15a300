"""Which topics are read wrongly, and as what: for those who write examples. Every example is read out of fold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from understanding.calibration import Settings
from understanding.out_of_fold import OutOfFold, Prepared
from understanding.topic_pieces import OUT_OF_SCOPE
from understanding.topic_settings import readings


@dataclass(frozen=True)
class IntentLine:
    """How the examples of one intent were read."""

    intent: str
    n: int
    right: int
    among_three: int
    taken_for: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Report:
    """The examples as read by models that had not seen them."""

    n: int
    right: int
    among_three: int
    unsure: int
    right_when_sure: float
    scope_recall: float | None
    scope_false: float
    intents: tuple[IntentLine, ...]
    pairs: tuple[tuple[str, str, int], ...]
    wrong: tuple[tuple[str, str, float, str], ...]


def make(data: Prepared, read: OutOfFold, settings: Settings) -> Report:
    """The report of all examples under these settings."""
    chances = readings(data, read, settings)
    order = np.argsort(-chances, axis=1, kind="stable")
    first = order[:, 0]
    hit = first == data.labels
    three = (order[:, :3] == data.labels[:, None]).any(axis=1)
    sure = chances.max(axis=1) >= settings.unsure_below
    mixed: Counter[tuple[str, str]] = Counter()
    for row in np.flatnonzero(~hit):
        pair = sorted((data.intents[int(data.labels[row])], data.intents[int(first[row])]))
        mixed[(pair[0], pair[1])] += 1
    lines = []
    for number, intent in enumerate(data.intents):
        rows = data.labels == number
        wrong = Counter(data.intents[int(found)] for found in first[rows & ~hit])
        common = tuple(sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))[:3])
        lines.append(IntentLine(intent, int(rows.sum()), int(hit[rows].sum()), int(three[rows].sum()), common))
    scope = data.intents.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in data.intents else None
    outside = data.labels == (-1 if scope is None else scope)
    false = (first == (-1 if scope is None else scope)) & ~outside
    listed = sorted(np.flatnonzero(~hit), key=lambda row: -float(chances[row].max()))
    return Report(
        n=len(hit),
        right=int(hit.sum()),
        among_three=int(three.sum()),
        unsure=int((~sure).sum()),
        right_when_sure=float(hit[sure].mean()) if sure.any() else 0.0,
        scope_recall=None if scope is None else float(hit[outside].mean()),
        scope_false=float(false.sum() / max((~outside).sum(), 1)),
        intents=tuple(sorted(lines, key=lambda line: (line.right / line.n, line.intent))),
        pairs=tuple(
            (left, other, count) for (left, other), count in sorted(mixed.items(), key=lambda p: (-p[1], p[0]))
        ),
        wrong=tuple(
            (
                data.intents[int(data.labels[row])],
                data.intents[int(first[row])],
                float(chances[row].max()),
                data.texts[row],
            )
            for row in listed
        ),
    )


def as_text(report: Report, settings: Settings, pairs: int = 25, wrong: int = 0) -> str:
    """The report as a page: worst topics first, then the pairs that are mixed up, then the surest mistakes."""
    out = [
        f"{report.n} examples, each read by a model that had not seen it or anything nearly the same",
        f"  right first    {_share(report.right, report.n)}",
        f"  among three    {_share(report.among_three, report.n)}",
        f"  asked back     {_share(report.unsure, report.n)}; right of the others: {100 * report.right_when_sure:.1f}%",
        f"  in scope called out of scope {100 * report.scope_false:.1f}%"
        + ("" if report.scope_recall is None else f", out-of-scope recall {100 * report.scope_recall:.1f}%"),
        "  settings       " + ", ".join(f"{key} {value}" for key, value in settings.as_dict().items()),
        "",
        f"{'intent':38} {'n':>5} {'first':>7} {'three':>7}  taken for",
    ]
    for line in report.intents:
        taken = ", ".join(f"{intent} {count}" for intent, count in line.taken_for)
        first, three = 100 * line.right / line.n, 100 * line.among_three / line.n
        out.append(f"{line.intent:38} {line.n:5} {first:6.1f}% {three:6.1f}%  {taken}")
    out += ["", "most often mixed up:"]
    out += [f"  {count:4}  {left} / {other}" for left, other, count in report.pairs[:pairs]]
    if wrong:
        out += ["", "surest mistakes (is | read as | confidence | text):"]
        out += [f"  {is_} | {read_as} | {chance:.2f} | {text}" for is_, read_as, chance, text in report.wrong[:wrong]]
    return "\n".join(out)


def _share(hits: int, of: int) -> str:
    return f"{100 * hits / max(of, 1):5.1f}% ({hits}/{of})"
