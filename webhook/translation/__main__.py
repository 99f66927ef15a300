"""`make languages`, and first drafts: python -m webhook.translation install | list | draft --to CODE.

`install` takes packages from the folder in ARGOS_PACKAGES_DIR where that is set, else from Argos's index
(ARGOS_INDEX names another). It checks each: the file is whole, and one sentence goes through. Without any package the
service runs as before.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.languages import all_languages
from webhook.settings import get_settings, prepare_var
from webhook.translation import drafts, installing
from webhook.translation.installing import SUFFIX, IndexUnusable, PackageUnusable, PairNotWanted
from webhook.translation.packages import Installed, installed
from webhook.translation.process import NOT_STARTED, NoTranslation, TranslationProcess
from webhook.translation.translator import PairNotInstalled, Translator

CHECK_SENTENCE = "1 2 3."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 1 when something was not usable."""
    chosen = _parser().parse_args(arguments)
    settings = get_settings()
    prepare_var(settings)
    process = TranslationProcess(seconds=settings.translation_seconds * 2, megabytes=settings.translation_megabytes)
    try:
        if chosen.command == "install":
            return _install(process, chosen.only or list(all_languages()))
        if chosen.command == "draft":
            return _draft(Translator(process), chosen.to, chosen.topic, chosen.out)
        return _list()
    finally:
        process.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m webhook.translation", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help="install and check packages")
    install.add_argument("--only", nargs="+", metavar="CODE", help="these languages alone")
    commands.add_parser("list", help="what is there")
    draft = commands.add_parser("draft", help="first drafts of answers for a translator to work on")
    draft.add_argument("--to", required=True, metavar="CODE")
    draft.add_argument("--topic", nargs="+", metavar="TOPIC")
    draft.add_argument("--out", type=Path, metavar="FOLDER")
    return parser


def _install(process: TranslationProcess, codes: list[str]) -> int:
    folder = os.environ.get("ARGOS_PACKAGES_DIR", "")
    found = _from_folder(Path(folder), codes) if folder else _from_index(os.environ.get("ARGOS_INDEX", ""), codes)
    failed = 0
    for got in found:
        reason = str(got) if isinstance(got, Exception) else _check(process, got)
        if reason:
            failed += 1
            print(f"Not usable: {reason}", file=sys.stderr)
    _list()
    return 1 if failed else 0


def _from_folder(folder: Path, codes: list[str]) -> Iterator[Installed | Exception]:
    files = sorted(folder.glob(f"*{SUFFIX}"))
    if not files:
        yield PackageUnusable(f"{folder}: no file that ends in {SUFFIX}")
    for file in files:
        try:
            yield installing.install(file, only=codes)
        except PackageUnusable as fault:
            yield fault
        except PairNotWanted:
            continue


def _from_index(address: str, codes: list[str]) -> Iterator[Installed | Exception]:
    try:
        offered = installing.wanted(installing.read_index(address or installing.INDEX), codes)
    except IndexUnusable as fault:
        print(f"The index is out of reach ({fault}).", file=sys.stderr)
        print("Without a network put packages into a folder and name it in ARGOS_PACKAGES_DIR.", file=sys.stderr)
        return
    for each in offered:
        print(f"{each.source} to {each.target}, version {each.version} ...", flush=True)
        try:
            yield installing.install_from_index(each)
        except PackageUnusable as fault:
            yield fault


def _check(process: TranslationProcess, package: Installed) -> str | None:
    """Why no sentence goes through, or None; a package through which none does is taken away again."""
    try:
        if process.translate(CHECK_SENTENCE, package.folder).strip():
            return None
        reason = "an empty sentence"
    except NoTranslation as fault:
        reason = fault.reason
    if reason == NOT_STARTED:
        return f"{package.source} to {package.target}: not checked, as the process of the models does not start"
    installing.remove(package)
    return f"{package.source} to {package.target}: no sentence goes through ({reason}); taken away"


def _list() -> int:
    there = installed()
    if not there:
        print("No package for machine translation is installed. The service runs without.")
    for each in there:
        print(f"{each.source} to {each.target}  version {each.version}")
    return 0


def _draft(translator: Translator, to: str, topics: Sequence[str] | None, out: Path | None) -> int:
    place = out or get_settings().var / "drafts" / to
    try:
        for name, done, left in drafts.write(translator, to, place, topics):
            print(f"{name}: {done} texts drafted, {left} left in English", flush=True)
    except PairNotInstalled:
        print(f"There is no package from English to {to}. See: make languages", file=sys.stderr)
        return 1
    print(f"Drafts are in {place}. None may be served before a speaker has gone through it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
