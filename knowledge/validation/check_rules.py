"""What the words of the rights checks must hold to: fit words, and a text for every key the rule may give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from knowledge.checks import (
    ENGLISH,
    FOLDER,
    CheckWords,
    check_path,
    check_words,
    checks_form,
    own_words,
    worded_checks,
)
from knowledge.contacts import all_contacts
from knowledge.files import FileMalformed
from knowledge.languages import all_languages
from knowledge.placeholders import PlaceholderMalformed, placeholders_in
from knowledge.rules.outcome import Vocabulary, vocabulary
from knowledge.sources import all_sources
from knowledge.topics import all_checks
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.references import reference_reasons
from knowledge.validation.wording import LONGEST_BUTTON, wording_reasons


def check_faults(tree: Tree) -> Iterator[Fault]:
    """Every fault of the words of every check."""
    faults: list[Fault] = []
    folder = tree.root / FOLDER
    if not folder.is_dir():
        return
    known = {each.id for each in all_checks(tree.root)}
    for lang in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        if lang not in all_languages(tree.root):
            faults.append(tree.fault(folder / lang, f"the language {lang} is not in languages.yml"))
        for check in worded_checks(lang, tree.root):
            path = check_path(check, lang, tree.root)
            if check not in known:
                faults.append(tree.fault(path, f"the check {check} is not in topics.yml"))
            elif tree.read(path, checks_form(lang), faults) is not None:
                words = own_words(check, lang, tree.root)
                faults += [tree.fault(path, reason) for reason in _reasons(tree, check, words)]
    faults += _without_words(tree, known)
    yield from faults


def vocabulary_reasons(words: CheckWords, rule: Vocabulary) -> Iterator[str]:
    """Where the words and the rule's own list of keys do not agree."""
    outcomes = {
        key: (each.answer, *each.meaning, *each.do, *(said for _, said in each.help))
        for key, each in words.outcomes.items()
    }
    yield from _agree("outcomes", outcomes, rule.outcomes)
    yield from _agree("sums", {key: (said,) for key, said in words.sums.items()}, rule.sums, "result")
    yield from _agree("notes", {key: (said,) for key, said in words.notes.items()}, rule.notes)
    yield from _same("questions", set(words.questions), set(rule.questions))
    for key, question in words.questions.items():
        yield from _same(f"questions.{key}.again", set(question.again), set(rule.questions.get(key, ())))
        yield from _same(f"questions.{key}.choices", set(question.choices), set(rule.choices.get(key, ())))
        for said in (question.name, question.ask, question.help, *question.choices.values(), *question.again.values()):
            yield from (f"questions.{key}: {{{name}}} is not given to a question" for name in _values(said))


def _reasons(tree: Tree, check: str, words: CheckWords) -> Iterator[str]:
    if words.check != check:
        yield f"check: says {words.check}"
    for part, said in words.texts():
        told = chain(wording_reasons(said, words.lang), reference_reasons(tree, said, values=True))
        yield from (f"{part}: {reason}" for reason in told)
        if (".choices." in part or part.endswith(".name")) and len(said) > LONGEST_BUTTON:
            yield f"{part}: {len(said)} characters, at most {LONGEST_BUTTON}"
    try:
        yield from (
            f"outcomes.{key}.help: the contact {name} is not known"
            for key, outcome in words.outcomes.items()
            for name, _ in outcome.help
            if name not in all_contacts(tree.root)
        )
        yield from (f"sources: {name} is not known" for name in words.sources if name not in all_sources(tree.root))
    except (FileMalformed, OSError):
        return  # the fault stands beside the registry itself
    rule = vocabulary(check)
    if rule is None:
        yield "there is no rule for these words"
    else:
        # As they are said: what a translation lacks is English, and the English may change first.
        yield from vocabulary_reasons(check_words(check, words.lang, tree.root), rule)


def _agree(
    part: str, said: Mapping[str, tuple[str, ...]], given: Mapping[str, frozenset[str]], *always: str
) -> Iterator[str]:
    yield from _same(part, set(said), set(given))
    for key, texts in said.items():
        allowed = given.get(key, frozenset()) | set(always)
        for name in dict.fromkeys(name for text in texts for name in _values(text)):
            if key in given and name not in allowed:
                yield f"{part}.{key}: the rule does not give {{{name}}}"


def _same(part: str, said: set[str], given: set[str]) -> Iterator[str]:
    yield from (f"{part}: {key}: is missing" for key in sorted(given - said))
    yield from (f"{part}: {key}: is not known to the rule" for key in sorted(said - given))


def _values(text: str) -> tuple[str, ...]:
    try:
        return tuple(each.id for each in placeholders_in(text) if each.kind == "value")
    except PlaceholderMalformed:
        return ()  # told by reference_reasons


def _without_words(tree: Tree, checks: set[str]) -> Iterator[Fault]:
    for check in sorted(checks):
        path: Path = check_path(check, ENGLISH, tree.root)
        if vocabulary(check) is not None and not path.is_file():
            yield tree.fault(path, "the rule has no words")
