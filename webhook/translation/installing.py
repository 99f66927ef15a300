"""Getting Argos packages: from the index when this machine is online, from a folder when it is not, and checking them.

The index is Argos's own `index.json`: a list with, for each package, its languages, version and the addresses of its
file. It names no checksums, so what was first installed is remembered by its hash (`checksums.json`): a file of the
same version with another hash is not installed. Nothing here runs while messages are answered.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import httpx

from webhook.translation.packages import ENGLISH, Installed, described, home, installed, packages_folder, read_package

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
SUFFIX = ".argosmodel"
LARGEST = 1024 * 1024 * 1024
"""Bytes of a package as it comes, and four times that unpacked: the largest known have 250 MB."""


class PackageUnusable(ValueError):
    """A file is no Argos package, is damaged, or is another than the one that was installed before."""


class PairNotWanted(ValueError):
    """A package is for other languages than were asked for."""


class IndexUnusable(ValueError):
    """The index could not be fetched, or is none."""


@dataclass(frozen=True)
class Available:
    """A package that the index offers."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]


def read_index(address: str = INDEX, *, seconds: float = 30.0) -> list[Available]:
    """What the index offers. Raises IndexUnusable."""
    try:
        answer = httpx.get(address, timeout=seconds, follow_redirects=True)
        answer.raise_for_status()
        entries = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        raise IndexUnusable(f"{address}: {type(fault).__name__}") from None
    if not isinstance(entries, list):
        raise IndexUnusable(f"{address}: not a list of packages")
    return [found for entry in entries if (found := _available(entry)) is not None]


def wanted(offered: Iterable[Available], codes: Sequence[str]) -> list[Available]:
    """The newest package of each pair between English and one of these languages."""
    newest: dict[tuple[str, str], Available] = {}
    for each in offered:
        pair = (each.source, each.target)
        if _between_english_and(codes, *pair):
            held = newest.get(pair)
            if held is None or _version(each.version) > _version(held.version):
                newest[pair] = each
    return [newest[pair] for pair in sorted(newest)]


def install_from_index(offered: Available, *, seconds: float = 600.0) -> Installed:
    """Fetch a package and install it; one that is there already in this version stays. Raises PackageUnusable."""
    there = _there(offered.source, offered.target)
    if there is not None and there.version == offered.version:
        return there
    with tempfile.TemporaryDirectory(dir=_made(home())) as scratch:
        file = Path(scratch) / f"fetched{SUFFIX}"
        for link in offered.links:
            if _fetch(link, file, seconds):
                return install(file, (offered.source, offered.target))
    raise PackageUnusable(f"{offered.source} to {offered.target}: none of its addresses gave it")


def install(file: Path, pair: tuple[str, str] | None = None, only: Collection[str] | None = None) -> Installed:
    """Unpack one .argosmodel file. `pair`: what it must be for. `only`: it must be between English and one of these.

    Raises PackageUnusable, or PairNotWanted where it is for other languages; then nothing is changed.
    """
    digest = _hash(file)
    with tempfile.TemporaryDirectory(dir=_made(home())) as scratch:
        unpacked = _unpack(file, Path(scratch))
        found = read_package(unpacked)
        if found is None or not any((unpacked / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
            raise PackageUnusable(f"{file.name}: not a whole package")
        if pair is not None and (found.source, found.target) != pair:
            raise PackageUnusable(f"{file.name}: it is for {found.source} to {found.target}")
        if only is not None and not _between_english_and(only, found.source, found.target):
            raise PairNotWanted(f"{file.name}: it is for {found.source} to {found.target}")
        _same_as_before(found, digest, file.name)
        final = _made(packages_folder()) / f"{found.source}_{found.target}"
        before = _there(found.source, found.target)
        if before is not None:
            shutil.rmtree(before.folder)
        shutil.rmtree(final, ignore_errors=True)
        shutil.move(unpacked, final)
    _remember(found, digest)
    installed_now = read_package(final)
    if installed_now is None:
        raise PackageUnusable(f"{file.name}: not a whole package")
    return installed_now


def remove(package: Installed) -> None:
    """Take a package away again, and its remembered hash with it."""
    shutil.rmtree(package.folder, ignore_errors=True)
    known = _known()
    known.pop(_name(package), None)
    _write(known)


def _between_english_and(codes: Iterable[str], source: str, target: str) -> bool:
    return ENGLISH in (source, target) and {source, target} <= {ENGLISH, *codes}


def _available(entry: object) -> Available | None:
    found = described(entry, Path())
    if found is None or not isinstance(entry, Mapping) or entry.get("type", "translate") != "translate":
        return None
    links = tuple(link for link in entry.get("links") or () if isinstance(link, str) and link.startswith("http"))
    return Available(found.source, found.target, found.version, links) if links else None


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def _there(source: str, target: str) -> Installed | None:
    return next((each for each in installed() if (each.source, each.target) == (source, target)), None)


def _fetch(link: str, file: Path, seconds: float) -> bool:
    try:
        with httpx.stream("GET", link, timeout=seconds, follow_redirects=True) as answer, file.open("wb") as to:
            answer.raise_for_status()
            for part in answer.iter_bytes():
                if to.tell() + len(part) > LARGEST:
                    return False
                to.write(part)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return True


def _unpack(file: Path, scratch: Path) -> Path:
    """The one folder of an archive, unpacked; no path leads out of it, nothing in it is a link or a bomb."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > 4 * LARGEST:
                raise PackageUnusable(f"{file.name}: too large")
            tops = {part for entry in entries for part in PurePosixPath(entry.filename).parts[:1]}
            if len(tops) != 1 or any(_leads_out(entry) for entry in entries) or archive.testzip() is not None:
                raise PackageUnusable(f"{file.name}: damaged, or not one folder")
            archive.extractall(scratch)
    # Behind a password or packed in an unknown way it is a RuntimeError.
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as fault:
        raise PackageUnusable(f"{file.name}: {type(fault).__name__}") from None
    return scratch / tops.pop()


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    return path.is_absolute() or ".." in path.parts or stat.S_ISLNK(entry.external_attr >> 16)


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as fault:
        raise PackageUnusable(f"{file.name}: {type(fault).__name__}") from None


def _same_as_before(found: Installed, digest: str, name: str) -> None:
    before = _known().get(_name(found))
    if before is not None and before != digest:
        raise PackageUnusable(f"{name}: another file than the one installed before as {_name(found)}")


def _name(package: Installed) -> str:
    return f"{package.source}_{package.target}-{package.version}"


def _known() -> dict[str, str]:
    try:
        return dict(json.loads((home() / "checksums.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _remember(package: Installed, digest: str) -> None:
    _write({**_known(), _name(package): digest})


def _write(known: Mapping[str, str]) -> None:
    (home() / "checksums.json").write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
