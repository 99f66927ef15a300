"""Examples that nobody wrote: made from each other by a template, or taken from the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from knowledge.answers import Answer
from knowledge.placeholders import fill
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.likeness import NearPair, folded, near_pairs
from knowledge.validation.wording import sentences
from knowledge.validation.written_examples import Written

NEAR_PERCENT, NEAR_WORDS, MOST_NEAR_PERCENT = 80, 4, 1
OPENING_WORDS, MOST_OPENING_PERCENT, FEWEST_OPENINGS = 3, 12, 3
SHARED_WORDS = 8
_SHOWN = 5


def template_reasons(intent: str, texts: Sequence[str]) -> Iterator[str]:
    """Why the texts of one intent, folded, look made from each other. The openings of moves are alike by nature."""
    pairs = near_in(texts)
    if len(pairs) * 100 > MOST_NEAR_PERCENT * len(texts):
        told = "; ".join(map(str, pairs[:_SHOWN]))
        yield f"{len(pairs)} pairs of {len(texts)} examples are nearly the same, at most {MOST_NEAR_PERCENT} %: {told}"
    if intent.startswith("ask/"):
        yield from opening_reasons(texts)


def near_in(texts: Iterable[str]) -> list[NearPair]:
    """The pairs of folded texts that are nearly the same, the worst first. Short ones are alike by nature."""
    long = [said for said in texts if len(said.split()) >= NEAR_WORDS]
    return sorted(near_pairs(long, NEAR_PERCENT), reverse=True)


def opening_reasons(texts: Iterable[str]) -> Iterator[str]:
    """Which three words begin too many of the folded texts. Two that begin alike make no template yet."""
    words = [said.split() for said in texts]
    openings = Counter(" ".join(each[:OPENING_WORDS]) for each in words if len(each) >= OPENING_WORDS)
    for opening, count in openings.most_common():
        if count >= FEWEST_OPENINGS and count * 100 > MOST_OPENING_PERCENT * openings.total():
            yield (
                f'{count} of {openings.total()} examples of {OPENING_WORDS} words or more begin "{opening}", '
                f"at most {MOST_OPENING_PERCENT} %"
            )


def answer_words_faults(tree: Tree, examples: Iterable[Written], answers: Iterable[Answer]) -> Iterator[Fault]:
    """Examples that share a run of words with the answer of their topic, as a worker reads it on that day."""
    runs: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for each in answers:
        for _, said in each.texts():
            try:
                read = fill(said, each.lang, tree.on, root=tree.root)
            except (LookupError, ValueError, OSError):
                continue  # the fault stands beside the answer itself
            for sentence in sentences(read):
                runs[f"ask/{each.topic}", each.lang].update(_runs(folded(sentence)))
    for example in examples:
        shared = next((run for run in _runs(example.folded) if run in runs.get((example.intent, example.lang), ())), ())
        if shared:
            told = " ".join(shared)
            yield tree.fault(example.path, f'{example.intent}: has the words of the answer: "{told}"')


def _runs(said: str) -> Iterator[tuple[str, ...]]:
    words = said.split()
    return (tuple(words[start : start + SHARED_WORDS]) for start in range(len(words) - SHARED_WORDS + 1))
