"""Messages read as the first of a conversation, and how often that was right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from understanding.encoded import Encoded
from understanding.encoder import Encoder
from understanding.evaluation_set import Message
from understanding.language import guess
from understanding.risk import RiskReader
from understanding.risk_levels import EMERGENCY, HIGH
from understanding.topic import TopicModel
from understanding.topic_pieces import ASK, OUT_OF_SCOPE
from understanding.wilson import lower_bound

_ALARM = (HIGH, EMERGENCY)


@dataclass(frozen=True)
class Prediction:
    """What was made of one message, under the names of a line of the output file."""

    id: str
    language: str
    topic: str
    top3: tuple[str, ...]
    confidence: float
    risk: str
    signs: tuple[str, ...]

    def as_line(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "id": self.id,
            "language": self.language,
            "topic": self.topic,
            "top3": list(self.top3),
            "confidence": round(self.confidence, 4),
            "risk": self.risk,
            "signs": list(self.signs),
        }


def predict(
    messages: Sequence[Message],
    topics: TopicModel,
    risks: RiskReader,
    encoder: Encoder,
    say: Callable[[str], None] = lambda _: None,
) -> list[Prediction]:
    """Read every message, each by itself."""
    found: list[Prediction] = []
    for message in messages:
        if found and len(found) % 500 == 0:
            say(f"read {len(found)} of {len(messages)}")
        encoded = Encoded.of(message.text, encoder)
        language = guess(message.text).language
        reading = topics.read(message.text, encoded)
        risk = risks.read(message.text, language, encoded)
        top3 = tuple(intent for intent, _ in reading.ranking[:3])
        signs = tuple(dict.fromkeys(sign.id for sign in risk.signs))
        found.append(Prediction(message.id, language, top3[0], top3, reading.confidence, risk.level, signs))
    return found


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @classmethod
    def count(cls, outcomes: Iterable[bool]) -> Share:
        """How many of these are true."""
        listed = list(outcomes)
        return cls(sum(listed), len(listed))

    def __str__(self) -> str:
        return f"{100 * self.hits / self.of:.1f}% ({self.hits}/{self.of})" if self.of else "-"

    def with_bound(self) -> str:
        """With the Wilson 95 % lower bound."""
        return f"{self} at least {100 * lower_bound(self.hits, self.of):.1f}%" if self.of else "-"


@dataclass(frozen=True)
class Score:
    """How the messages of one language were read."""

    language: str
    n: int
    language_right: Share
    first: Share
    among_three: Share
    scope_recall: Share
    scope_false: Share
    high_recall: Share
    emergency_recall: Share
    precision: Share
    false_alarms: Share


def score(messages: Sequence[Message], predictions: Sequence[Prediction]) -> list[Score]:
    """The score of each language, then of all together ("all"). Only what a line states is counted."""
    by_id = {prediction.id: prediction for prediction in predictions}
    groups: dict[str, list[tuple[Message, Prediction]]] = defaultdict(list)
    for message in messages:
        pair = (message, by_id[message.id])
        groups[message.lang or "?"].append(pair)
    scores = [_score(language, groups[language]) for language in sorted(groups)]
    return (
        scores if len(scores) == 1 else [*scores, _score("all", [pair for group in groups.values() for pair in group])]
    )


def bare(intent: str) -> str:
    """A topic without "ask/", as the table of topics names it; every other intent as it is."""
    return intent.removeprefix(ASK)


def in_the_sets_naming(messages: Sequence[Message], predictions: Sequence[Prediction]) -> list[Prediction]:
    """Predictions with topics named as the set names them: bare ("minimum_wage"), unless it writes "ask/..." itself."""
    named = [name for message in messages for name in (message.topic or "", *message.also_ok)]
    if any(name.startswith(ASK) for name in named):
        return list(predictions)
    return [replace(p, topic=bare(p.topic), top3=tuple(bare(intent) for intent in p.top3)) for p in predictions]


def _score(language: str, pairs: Sequence[tuple[Message, Prediction]]) -> Score:
    def hit(message: Message, given: str) -> bool:
        return bare(given) in {bare(wanted) for wanted in (message.topic or "", *message.also_ok)}

    with_topic = [(m, p) for m, p in pairs if m.topic]
    outside = [(m, p) for m, p in with_topic if m.topic == OUT_OF_SCOPE]
    inside = [(m, p) for m, p in with_topic if OUT_OF_SCOPE not in (m.topic, *m.also_ok)]
    with_risk = [(m, p) for m, p in pairs if m.risk]
    # A message that may also be read as harmless says nothing about what was missed, and the other way round.
    grave = [(m, p) for m, p in with_risk if m.risk in _ALARM and all(level in _ALARM for level in m.risk_ok)]
    quiet = [(m, p) for m, p in with_risk if not {m.risk, *m.risk_ok} & set(_ALARM)]
    alarms = [(m, p) for m, p in with_risk if p.risk in _ALARM]

    return Score(
        language=language,
        n=len(pairs),
        language_right=Share.count(m.lang == p.language for m, p in pairs if m.lang),
        first=Share.count(hit(m, p.topic) for m, p in with_topic),
        among_three=Share.count(any(hit(m, given) for given in p.top3) for m, p in with_topic),
        scope_recall=Share.count(p.topic == OUT_OF_SCOPE for _, p in outside),
        scope_false=Share.count(p.topic == OUT_OF_SCOPE for _, p in inside),
        high_recall=Share.count(p.risk in _ALARM for m, p in grave),
        emergency_recall=Share.count(p.risk in {EMERGENCY, *m.risk_ok} for m, p in grave if m.risk == EMERGENCY),
        precision=Share.count(bool({m.risk, *m.risk_ok} & set(_ALARM)) for m, _ in alarms),
        false_alarms=Share.count(p.risk in _ALARM for _, p in quiet),
    )


def table(scores: Sequence[Score]) -> str:
    """The scores as text, one block for each language."""
    blocks = []
    for found in scores:
        lines = [
            f"{found.language}: n = {found.n}",
            f"  language right          {found.language_right}",
            f"  topic first             {found.first}",
            f"  topic among three       {found.among_three}",
            f"  out-of-scope recall     {found.scope_recall}",
            f"  in scope called out     {found.scope_false}",
            f"  high+emergency recall   {found.high_recall.with_bound()}",
            f"  emergency recall        {found.emergency_recall.with_bound()}",
            f"  precision of alarms     {found.precision}",
            f"  false alarms            {found.false_alarms}",
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
