"""python -m knowledge validate | coverage | figures [--on DATE] | stale | guidance"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from knowledge import clock
from knowledge.answers import answer, answered_topics
from knowledge.figures import FigurePastReview
from knowledge.files import ROOT
from knowledge.guidance_page import PAGE, guidance_page
from knowledge.overviews import coverage_lines, figure_lines, stale_lines
from knowledge.staff import staff_page_ids, written_page
from knowledge.validation import validate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when `validate` found faults."""
    asked = _parser().parse_args(arguments)
    warnings.simplefilter("ignore", FigurePastReview)  # `stale` and `validate` tell it
    root: Path = asked.root.resolve()
    if asked.command == "validate":
        return _validate(root)
    if asked.command == "guidance":
        return _write_guidance(root)
    lines: dict[str, Iterable[str]] = {
        "coverage": coverage_lines(root),
        "figures": figure_lines(asked.on or clock.today(), root),
        "stale": stale_lines(asked.on or clock.today(), root),
    }
    print("\n".join(lines[asked.command]))
    return 0


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
    commands.add_parser("coverage", help="topics by language")
    commands.add_parser("guidance", help=f"write {PAGE} from the notes in the answers")
    for name, told in (("figures", "every figure on a day"), ("stale", "what is past its review")):
        commands.add_parser(name, help=told).add_argument("--on", type=date.fromisoformat, metavar="DATE")
    parser.set_defaults(on=None)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
