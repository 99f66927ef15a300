"""Guards over the whole tree: sizes, names, secrets, addresses."""

from __future__ import annotations

import json
import re
import stat

from tests.whole.tree import ROOT, files, ours, text

LARGEST_MODULE = 400
DRAWERS = {"utils.py", "helpers.py", "misc.py", "common.py"}
# Put together here so that this file does not hold the words it looks for.
REGISTRY = re.compile(
    "|".join([r"https?://[^\s\"']*pypi", r"registry\.np" + "mjs", r"--(extra-)?index" + "-url", r"deb\.deb" + "ian"])
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAC[0-9a-f]{32}\b|\bSK[0-9a-f]{32}\b|AKIA[0-9A-Z]{16}")
# Ofcom keeps these for drama and tests: 07700 900000 to 900999.
MOBILE = re.compile(r"(?:\+44\s?7|\b07)\d{3}\s?\d{3}\s?\d{3}\b")
DRAMA = re.compile(r"(?:\+44\s?7|07)700\s?900\s?\d{3}")


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {str(path): n for path in ours(".py") if (n := len(text(path).splitlines())) > LARGEST_MODULE}
    assert long == {}


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [str(path) for path in files() if path.name in DRAWERS] == []


def test_no_file_names_the_address_of_a_package_registry() -> None:
    assert [str(path) for path in files() if REGISTRY.search(text(path))] == []


def test_no_secret_is_in_the_tree() -> None:
    assert [str(path) for path in files() if SECRET.search(text(path))] == []


def test_every_mobile_number_is_one_kept_for_tests() -> None:
    wrong = [
        f"{path}: {found}"
        for path in files()
        if path.suffix != ".txt" and "requirements" not in path.parts
        for found in MOBILE.findall(text(path))
        if not DRAMA.search(found)
    ]
    assert wrong == []


def test_lock_files_hold_hashes_for_every_package_and_no_download_address() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        entries = re.findall(
            r"^[a-z0-9][^\n]*(?:\n    --hash[^\n]*)*", lock.read_text(encoding="utf-8"), flags=re.M | re.I
        )
        assert entries, lock
        assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
        assert "://" not in lock.read_text(encoding="utf-8")


def test_npm_lock_files_hold_hashes_for_every_package_and_no_address() -> None:
    locks = [path for path in files() if path.name == "package-lock.json"]
    assert locks
    for lock in locks:
        packages = json.loads(text(lock))["packages"]
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []
        assert "://" not in text(lock), lock


def test_what_ci_runs_can_be_run() -> None:
    for name in (".ci/run", "deploy/environments.sh"):
        assert (ROOT / name).stat().st_mode & stat.S_IXUSR, name


def test_no_test_is_skipped() -> None:
    skip = re.compile(r"mark\.(?:skip|skipif)\b|pytest\.skip\(|importor" + r"skip|unittest\.skip")
    this = "tests/whole/test_tree.py"
    assert [str(path) for path in ours(".py") if str(path) != this and skip.search(text(path))] == []
