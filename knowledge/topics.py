"""The registry of what can be asked: sections, topics, checks and moves. An id never changes its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.files import ROOT, read_checked, remembered
from knowledge.shape import identifier, list_of, matching, record, table, text

FILE = "topics.yml"
OUT_OF_SCOPE = "out_of_scope"
_word = {"title": text, "menu": text}
_intent = matching(r"[a-z][a-z_]*(/[a-z][a-z_]*)?", "the name of an intent")
topics_form = record(
    {
        "sections": table(identifier, record(_word), at_least=1),
        "topics": table(identifier, record({**_word, "section": identifier, "related": list_of(identifier, 2)})),
        "checks": table(identifier, record({**_word, "topic": identifier})),
        "moves": list_of(_intent, 1),
        "follow_ups": list_of(_intent, 1),
    }
)


class TopicNotKnown(LookupError):
    """No topic of that name stands in the registry."""


@dataclass(frozen=True)
class Section:
    """A group of topics. `menu`: its words on a button, at most 24 characters."""

    id: str
    title: str
    menu: str


@dataclass(frozen=True)
class Topic:
    """Something a worker may ask. `related`: topics offered next."""

    id: str
    section: str
    title: str
    menu: str
    related: tuple[str, ...]

    @property
    def intent(self) -> str:
        """The intent by which it is asked."""
        return f"ask/{self.id}"


@dataclass(frozen=True)
class RightsCheck:
    """A set of questions worked out for the worker. `topic`: the topic it belongs to."""

    id: str
    title: str
    menu: str
    topic: str

    @property
    def intent(self) -> str:
        """The intent that starts it."""
        return f"start_check/{self.id}"


@dataclass(frozen=True)
class _Registry:
    sections: dict[str, Section]
    topics: dict[str, Topic]
    checks: dict[str, RightsCheck]
    moves: tuple[str, ...]
    follow_ups: tuple[str, ...]


def all_sections(root: Path = ROOT) -> tuple[Section, ...]:
    """Every section, in the order of the menu."""
    return tuple(_registry(root).sections.values())


def all_topics(root: Path = ROOT) -> tuple[Topic, ...]:
    """Every topic, in the order of the menu."""
    return tuple(_registry(root).topics.values())


def topics_in(section: str, root: Path = ROOT) -> tuple[Topic, ...]:
    """The topics of one section, in the order of the menu."""
    return tuple(each for each in all_topics(root) if each.section == section)


def topic(topic_id: str, *, root: Path = ROOT) -> Topic:
    """One topic. Raises TopicNotKnown."""
    try:
        return _registry(root).topics[topic_id]
    except KeyError as error:
        raise TopicNotKnown(f"there is no topic {topic_id}") from error


def all_checks(root: Path = ROOT) -> tuple[RightsCheck, ...]:
    """Every rights check, in the order of the menu."""
    return tuple(_registry(root).checks.values())


def all_moves(root: Path = ROOT) -> tuple[str, ...]:
    """The intents that carry no question, such as greet and thank."""
    return _registry(root).moves


def all_follow_ups(root: Path = ROOT) -> tuple[str, ...]:
    """The intents that mean something only after an answer."""
    return _registry(root).follow_ups


def all_intents(root: Path = ROOT) -> tuple[str, ...]:
    """Every intent a message may have: questions, checks, moves, follow-ups."""
    asked = tuple(each.intent for each in all_topics(root))
    checks = tuple(each.intent for each in all_checks(root))
    return asked + checks + all_moves(root) + all_follow_ups(root)


def intent_families(root: Path = ROOT) -> dict[str, str]:
    """What each intent is: topic, check, move, follow_up or out_of_scope."""
    families = dict.fromkeys(all_intents(root), "move")
    families |= {each.intent: "topic" for each in all_topics(root)}
    families |= {each.intent: "check" for each in all_checks(root)}
    families |= dict.fromkeys(all_follow_ups(root), "follow_up")
    return families | {name: name for name in families if name == OUT_OF_SCOPE}


@remembered
def _registry(root: Path) -> _Registry:
    data: dict[str, Any] = read_checked(root / FILE, topics_form)
    return _Registry(
        sections={name: Section(name, **entry) for name, entry in data["sections"].items()},
        topics={
            topic_id: Topic(topic_id, **{**entry, "related": tuple(entry["related"])})
            for topic_id, entry in data["topics"].items()
        },
        checks={name: RightsCheck(name, **entry) for name, entry in data["checks"].items()},
        moves=tuple(data["moves"]),
        follow_ups=tuple(data["follow_ups"]),
    )
