"""python -m knowledge validate | coverage [LANG] | stale | stamp | reviewed | add-language | figures | guidance"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from knowledge import clock
from knowledge.answers import answer, answered_topics
from knowledge.coverage import coverage_lines, hole_lines, stale_translation_lines
from knowledge.figures import FigurePastReview
from knowledge.files import ROOT
from knowledge.guidance_page import PAGE, guidance_page
from knowledge.languages import LanguageNotKnown
from knowledge.overviews import figure_lines, stale_lines
from knowledge.skeleton import LanguageNotDescribed, add_language
from knowledge.staff import staff_page_ids, written_page
from knowledge.stamping import NotInPack, review, stamp
from knowledge.validation import validate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when `validate` found faults or what was asked for is not there."""
    asked = _parser().parse_args(arguments)
    warnings.simplefilter("ignore", FigurePastReview)  # `stale` and `validate` tell it
    root: Path = asked.root.resolve()
    if asked.command == "validate":
        return _validate(root)
    if asked.command == "guidance":
        return _write_guidance(root)
    if asked.command in _PACK_COMMANDS:
        return _of_pack(asked, root)
    on = asked.on or clock.today()
    lines: dict[str, Callable[[], Iterable[str]]] = {
        "coverage": lambda: coverage_lines(root) if asked.lang is None else hole_lines(asked.lang, root),
        "figures": lambda: figure_lines(on, root),
        "stale": lambda: (*stale_lines(on, root), *stale_translation_lines(root)),
    }
    try:
        print("\n".join(lines[asked.command]()))
    except LanguageNotKnown as error:
        return _refused(error)
    return 0


_PACK_COMMANDS = ("stamp", "reviewed", "add-language")


def _of_pack(asked: argparse.Namespace, root: Path) -> int:
    """The commands that write in the pack of one language."""
    try:
        if asked.command == "stamp":
            written = stamp(asked.lang, asked.files, root=root)
            print("\n".join([*written, f"{len(written)} files stamped"]))
        elif asked.command == "reviewed":
            review(asked.lang, asked.file, asked.by, asked.on or clock.today(), root=root)
        else:
            print("\n".join(add_language(asked.lang, root)))
    except (NotInPack, LanguageNotKnown, LanguageNotDescribed) as error:
        return _refused(error)
    return 0


def _refused(error: Exception) -> int:
    print(f"error: {error}", file=sys.stderr)
    return 1


def _validate(root: Path) -> int:
    report = validate(root)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    for fault in report.faults:
        print(fault)
    print(f"{len(report.faults)} faults, {len(report.notes)} notes", file=sys.stderr)
    return 1 if report.faults else 0


def _write_guidance(root: Path) -> int:
    page = root.parent / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    answers = [answer(topic_id, "en", root) for topic_id in answered_topics("en", root)]
    staff = [written_page(page_id, root) for page_id in staff_page_ids(root)]
    page.write_text(guidance_page(answers, staff, root), "utf-8")
    print(f"wrote {PAGE}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description="The knowledge base of the service.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the knowledge base")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("validate", help="gather every fault as path: reason")
    covered = commands.add_parser("coverage", help="what each language has; with a language, every hole in its pack")
    covered.add_argument("lang", nargs="?")
    stamped = commands.add_parser("stamp", help="record from which English the words of a language were made")
    stamped.add_argument("lang")
    stamped.add_argument("files", nargs="*", metavar="FILE[#PART]", help="looked at again beside the English of today")
    read = commands.add_parser("reviewed", help="record that a speaker of the language has read a file")
    read.add_argument("lang")
    read.add_argument("file", help="such as answers/payslip, phrases, safety")
    read.add_argument("--by", required=True, metavar="NAME")
    read.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    commands.add_parser("add-language", help="make the empty files of a pack").add_argument("lang")
    commands.add_parser("guidance", help=f"write {PAGE} from the notes in the answers")
    for name, told in (
        ("figures", "every figure on a day"),
        ("stale", "what is past its review, and what was made from an English that has changed"),
    ):
        commands.add_parser(name, help=told).add_argument("--on", type=date.fromisoformat, metavar="DATE")
    parser.set_defaults(on=None)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
