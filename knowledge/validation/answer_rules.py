"""What every answer must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.answers import FOLDER, PARTS, Answer, answer, answer_form, answer_languages, answer_path, answered_topics
from knowledge.contacts import EMERGENCY, all_contacts
from knowledge.files import FileMalformed
from knowledge.languages import all_languages
from knowledge.situations import all_situations
from knowledge.sources import all_sources
from knowledge.topics import all_topics
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.references import reference_reasons
from knowledge.validation.wording import LONGEST_BUTTON, wording_reasons


def sound_answers(tree: Tree, faults: list[Fault]) -> list[Answer]:
    """Every answer that can be read; the faults of the others, and of missing ones, go into the list."""
    topics = [each.id for each in all_topics(tree.root)]
    languages = all_languages(tree.root)
    found: list[Answer] = []
    for lang in answer_languages(tree.root):
        if lang not in languages:
            faults.append(tree.fault(tree.root / FOLDER / lang, f"the language {lang} is not in languages.yml"))
        for item_id in answered_topics(lang, tree.root):
            path = answer_path(item_id, lang, tree.root)
            if item_id not in topics:
                faults.append(tree.fault(path, f"the topic {item_id} is not in topics.yml"))
            elif (data := tree.read(path, answer_form(lang), faults)) is not None:
                if data["topic"] != item_id:
                    faults.append(tree.fault(path, f"topic: says {data['topic']}"))
                found.append(answer(item_id, lang, tree.root))
    for lang, entry in languages.items():
        for item_id in topics:
            if entry.offered and not answer_path(item_id, lang, tree.root).is_file():
                faults.append(tree.fault(answer_path(item_id, lang, tree.root), "there is no answer on this topic"))
    return found


def answer_faults(tree: Tree, each: Answer, path: Path) -> Iterator[Fault]:
    """Every fault of one answer, taken by itself."""
    reasons = [*_reference_reasons(tree, each), *_part_reasons(each)]
    for part, said in each.texts():
        told = (*wording_reasons(said, each.lang), *reference_reasons(tree, said))
        reasons += [f"{part}: {reason}" for reason in told]
    for place, note in enumerate(each.guidance):
        told = (*wording_reasons(note.now, "notes"), *reference_reasons(tree, note.now))
        reasons += [f"guidance[{place}].now: {reason}" for reason in told]
    yield from (tree.fault(path, reason) for reason in reasons)


def _part_reasons(each: Answer) -> Iterator[str]:
    ids = [section.id for section in each.sections]
    for item_id in sorted(set(ids)):
        if ids.count(item_id) > 1:
            yield f"sections: {item_id}: stands twice"
        if item_id in PARTS:
            yield f"sections: {item_id}: is the name of a part"
    if "{" not in each.title and len(each.title) > LONGEST_BUTTON:
        yield f"title: {len(each.title)} characters, at most {LONGEST_BUTTON}"
    contacts = [line.contact for line in each.help]
    for item_id in sorted(set(contacts)):
        if contacts.count(item_id) > 1:
            yield f"help: {item_id}: stands twice"
    if EMERGENCY in contacts[1:]:
        yield f"help: {EMERGENCY} must stand first"


def _reference_reasons(tree: Tree, each: Answer) -> Iterator[str]:
    root = tree.root
    topics = {known.id for known in all_topics(root)}
    for related in each.related:
        if related not in topics or related == each.topic:
            yield f"related: {related} is not another topic"
    try:
        yield from (f"help: the contact {line.contact} is not known" for line in each.help
                    if line.contact not in all_contacts(root))  # fmt: skip
        yield from (f"sources: {item_id} is not known" for item_id in each.sources if item_id not in all_sources(root))
        yield from (
            f"if: the situation {item_id} is not known"
            for item_id in each.in_my_case
            if item_id not in all_situations(root)
        )
    except (FileMalformed, OSError):
        return  # the fault stands beside the registry itself
