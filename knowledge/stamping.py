"""Writing the record of a language: from which English its files were made, and which speaker has read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import ROOT, forget
from knowledge.languages import language
from knowledge.made_from import ENGLISH, Made, Review, Texts, made_from, part_hash, record_path, words_hash
from knowledge.pack_files import Kind, every_file, kind_of

_HEAD = (
    "# From which English each text was made, and which speaker has read it. Not by hand: `python -m knowledge stamp`\n"
    "# and `python -m knowledge reviewed` write it.\n"
)


class NotInPack(LookupError):
    """The language has no such file."""


def stamp(lang: str, named: Sequence[str] = (), *, root: Path = ROOT) -> tuple[str, ...]:
    """Record the English of today for words that have no record. Returns the files whose record changed.

    What is named ("answers/payslip", or one part of it as "answers/payslip#why") is recorded anew: somebody has looked
    at those words beside the English of today. Raises NotInPack or LanguageNotKnown.
    """
    _refuse_the_original(lang, root)
    records = dict(made_from(lang, root))
    written = []
    for kind, name, part in _chosen(lang, named, root):
        own = kind.parts(name, lang, root)
        if not own:
            if named:
                raise NotInPack(f"{lang} has no {name}")
            continue
        made = records.get(name, Made())
        now = _hashes(kind, own, kind.english(name, root))
        if part and part not in now:
            raise NotInPack(f"{name} has no part {part}")
        kept = _kept(kind, now, made.source_hash, bool(named), part)
        if kept != made.source_hash:
            records[name] = Made(kept, made.reviewed_by)
            written.append(name)
    if written:
        _write(lang, records, root)
    return tuple(written)


def _kept(kind: Kind, now: Mapping[str, str], before: Mapping[str, str], named: bool, part: str) -> Mapping[str, str]:
    if part:
        return {**before, part: now[part]}
    if named or not before:
        return now
    return before if kind.whole else {each: before.get(each, one) for each, one in now.items()}


def review(lang: str, name: str, reader: str, on: date, *, root: Path = ROOT) -> None:
    """Record that a speaker has read the words of a file as they stand. Raises NotInPack or LanguageNotKnown."""
    _write(lang, _reviewed(lang, (name,), reader, on, root), root)


def reviewed_record(lang: str, names: Sequence[str], reader: str, on: date, *, root: Path = ROOT) -> str:
    """The record of a language as it is once a speaker has read these files. Writes nothing. Raises as `review`."""
    return _text(_reviewed(lang, names, reader, on, root))


def _reviewed(lang: str, names: Sequence[str], reader: str, on: date, root: Path) -> Mapping[str, Made]:
    _refuse_the_original(lang, root)
    records = dict(made_from(lang, root))
    for name in names:
        own = _kind(name).parts(name, lang, root)
        if not own or name not in records:
            raise NotInPack(f"{lang} has no {name}, or it is not stamped")
        records[name] = Made(records[name].source_hash, Review(reader, on, words_hash(own)))
    return records


def _chosen(lang: str, named: Sequence[str], root: Path) -> Iterator[tuple[Kind, str, str]]:
    for each in named:
        name, _, part = each.partition("#")
        yield _kind(name), name, part
    if not named:
        yield from ((kind, name, "") for kind, name in every_file(root))


def _refuse_the_original(lang: str, root: Path) -> None:
    language(lang, root=root)
    if lang == ENGLISH:
        raise NotInPack("the English is the original: it has no record")


def _kind(name: str) -> Kind:
    try:
        return kind_of(name)
    except KeyError as error:
        raise NotInPack(f"there is no kind of file {name}") from error


def _hashes(kind: Kind, own: Texts, english: Texts) -> dict[str, str]:
    return {part: part_hash(said) for part, said in english.items() if kind.whole or part in own}


def _write(lang: str, records: Mapping[str, Made], root: Path) -> None:
    path = record_path(lang, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(records), encoding="utf-8")
    forget()


def _text(records: Mapping[str, Made]) -> str:
    data = {name: _plain(records[name]) for name in sorted(records)}
    return _HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=130, default_flow_style=None)


def _plain(made: Made) -> dict[str, Any]:
    read = made.reviewed_by
    told = None if read is None else {"name": read.name, "date": read.on, "words": read.words}
    return {"reviewed_by": told, "source_hash": dict(made.source_hash)}
