"""What answers may share: an action of its own for each topic, and sentences that stand in many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from knowledge.answers import Answer
from knowledge.validation.wording import sentences

MANY_TOPICS = 5


def without_own_action(answers: Iterable[Answer]) -> Iterator[Answer]:
    """The answers whose every action stands word for word in another topic of the language."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    told = list(answers)
    for each in told:
        for action in each.do:
            users[each.lang, _plain(action)].add(each.topic)
    for each in told:
        if all(len(users[each.lang, _plain(action)]) > 1 for action in each.do):
            yield each


def shared_sentences(answers: Iterable[Answer]) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences that stand in more than five topics of a language, with those topics; the most shared first."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in answers:
        for part, said in each.texts():
            if not part.startswith(("title", "help")) and not part.endswith(".title"):
                for sentence in sentences(said):
                    users[each.lang, sentence].add(each.topic)
    many = [(said, tuple(sorted(topics))) for (_, said), topics in users.items() if len(topics) > MANY_TOPICS]
    return sorted(many, key=lambda found: (-len(found[1]), found[0]))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
