"""Whether a reading is sure enough to answer: two intents that lead to the same answer need not be told apart."""

from __future__ import annotations

from knowledge.topics import all_checks
from understanding.topic import TopicReading

Ranking = tuple[tuple[str, float], ...]


def settled(reading: TopicReading, unsure_below: float) -> tuple[Ranking, bool]:
    """The ranking to act on, and whether to act on it or to ask back.

    A question and the check on the same topic ("how much holiday do I get") count together; the question goes first
    where neither is sure alone. So do a wish for a language and the question which there are. A message that clearly
    asks two things is answered: the second is offered anyway.
    """
    best, confidence = reading.ranking[0]
    topic = _topic(best)
    if reading.sure or topic is None:
        return reading.ranking, reading.sure
    same = [(intent, chance) for intent, chance in reading.ranking if _topic(intent) == topic]
    together = sum(chance for _, chance in same)
    if together < unsure_below:
        return reading.ranking, bool(reading.also)
    others = [each for each in reading.ranking if each not in same]
    first = next((intent for intent, _ in same if intent.startswith("ask/")), best)
    rest = [(intent, chance) for intent, chance in same if intent != first]
    return ((first, max(together, confidence)), *rest, *others), True


def _topic(intent: str) -> str | None:
    if intent == "change_language":
        return "languages"
    family, _, about = intent.partition("/")
    if family == "ask":
        return about
    if family == "start_check":
        return next((check.topic for check in all_checks() if check.id == about), None)
    return None
