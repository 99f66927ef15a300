"""`make languages`: from a folder, from an index in its own form, checked; and first drafts."""

from __future__ import annotations

import json
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.webhook.translation import toy_packages
from webhook.translation import __main__ as command
from webhook.translation import drafts, installing
from webhook.translation.installing import IndexUnusable, PackageUnusable
from webhook.translation.packages import can_translate, installed, packages_folder
from webhook.translation.process import TranslationProcess
from webhook.translation.translator import Translator


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is served."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def index(served: tuple[Path, str], files: tuple[Path, Path]) -> str:
    """The address of an index that offers Polish both ways, and what nobody here wants."""
    folder, address = served
    entries: list[dict[str, object]] = []
    for file, (source, target) in zip(files, (("pl", "en"), ("en", "pl")), strict=True):
        shutil.copy(file, folder)
        dead = f"{address}/gone.argosmodel"
        entries.append(toy_packages.metadata(source, target, links=(dead, f"{address}/{file.name}")))
    entries.append(toy_packages.metadata("pl", "en", "0.9", links=(f"{address}/old.argosmodel",)))
    entries.append(toy_packages.metadata("de", "en", links=(f"{address}/de.argosmodel",)))
    entries.append({"type": "sbd", "from_codes": ["pl"], "links": [f"{address}/sbd.argosmodel"]})
    (folder / "index.json").write_text(json.dumps(entries), encoding="utf-8")
    return f"{address}/index.json"


def pairs() -> list[tuple[str, str]]:
    return [(each.source, each.target) for each in installed()]


def test_packages_come_from_the_index(
    index: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    monkeypatch.setenv("ARGOS_INDEX", index)
    assert command.main(["install"]) == 0
    assert pairs() == [("en", "pl"), ("pl", "en")]
    assert "pl to en  version 1.0" in capsys.readouterr().out
    assert can_translate("pl", "en")
    assert not can_translate("pl", "ro")


def test_packages_come_from_a_folder_when_there_is_no_network(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(files[0].parent))
    assert command.main(["install"]) == 0
    assert pairs() == [("en", "pl"), ("pl", "en")]


def test_only_the_languages_named_are_taken(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(files[0].parent))
    assert command.main(["install", "--only", "ro"]) == 0
    assert pairs() == []


def test_packages_of_a_folder_that_were_not_asked_for_leave_what_is_installed(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    installing.install(files[0])
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(files[0].parent))
    assert command.main(["install", "--only", "ro"]) == 0
    assert pairs() == [("pl", "en")]


def test_a_package_between_two_other_languages_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy_packages.build(tmp_path / "offered", "pl", "ro", toy_packages.POLISH)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "offered"))
    assert command.main(["install"]) == 0
    assert pairs() == []


def test_packages_stay_when_it_is_the_process_that_does_not_start(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = partial(TranslationProcess, command=(sys.executable, "-c", "raise SystemExit(1)"))
    monkeypatch.setattr(command, "TranslationProcess", broken)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(files[0].parent))
    assert command.main(["install"]) == 1
    assert "does not start" in capsys.readouterr().err
    assert pairs() == [("en", "pl"), ("pl", "en")]


def test_without_index_and_folder_nothing_is_installed_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    monkeypatch.setenv("ARGOS_INDEX", "http://127.0.0.1:9/index.json")
    assert command.main(["install"]) == 0
    said = capsys.readouterr()
    assert "out of reach" in said.err
    assert "The service runs without" in said.out


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"a": 1}'])
def test_an_index_that_is_none_is_said(served: tuple[Path, str], content: str) -> None:
    folder, address = served
    (folder / "index.json").write_text(content)
    with pytest.raises(IndexUnusable):
        installing.read_index(f"{address}/index.json")


def test_of_several_versions_the_newest_is_wanted(index: str) -> None:
    wanted = installing.wanted(installing.read_index(index), ["pl", "ro"])
    assert [(each.source, each.target, each.version) for each in wanted] == [("en", "pl", "1.0"), ("pl", "en", "1.0")]


def test_a_damaged_file_is_refused_and_what_was_there_stays(files: tuple[Path, Path], tmp_path: Path) -> None:
    installing.install(files[0])
    whole = files[0].read_bytes()
    broken = tmp_path / "broken.argosmodel"
    for content in (b"", b"nothing", whole[: len(whole) // 2], whole[:2000] + b"\xff" * 40 + whole[2040:]):
        broken.write_bytes(content)
        with pytest.raises(PackageUnusable):
            installing.install(broken)
    assert pairs() == [("pl", "en")]


def test_a_file_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "out.argosmodel"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/metadata.json", "{}")
        archive.writestr("a/../../out.txt", "x")
    with pytest.raises(PackageUnusable):
        installing.install(file)
    assert not list(tmp_path.rglob("out.txt"))


def flags(archive: bytes, places: tuple[int, int], value: int) -> bytes:
    """The archive of one entry with a field of its two headers set: before the file, and in the directory."""
    changed = bytearray(archive)
    for place in (places[0], archive.index(b"PK\x01\x02") + places[1]):
        changed[place] = value
    return bytes(changed)


@pytest.mark.parametrize(
    "fault", ["behind a password", "packed in an unknown way", "cut in its contents", "of no name"]
)
def test_an_archive_that_cannot_be_unpacked_is_refused_calmly(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "odd.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("." if fault == "of no name" else "pack/model", b"words " * 500)
    whole = file.read_bytes()
    if fault == "behind a password":
        file.write_bytes(flags(whole, (6, 8), 1))
    elif fault == "packed in an unknown way":
        file.write_bytes(flags(whole, (8, 10), 99))
    elif fault == "cut in its contents":
        start = 30 + len("pack/model")
        file.write_bytes(whole[:start] + b"\xff" * 8 + whole[start + 8 :])
    with pytest.raises(PackageUnusable):
        installing.install(file)
    assert pairs() == []


def test_the_same_version_with_other_contents_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    installing.install(files[0])
    other = toy_packages.build(tmp_path, "pl", "en", {"szef": "friend"})
    with pytest.raises(PackageUnusable, match="another file"):
        installing.install(other)
    newer = toy_packages.build(tmp_path / "newer", "pl", "en", {"szef": "friend"}, "1.1")
    assert installing.install(newer).version == "1.1"
    assert pairs() == [("pl", "en")]


def test_a_package_for_another_pair_than_the_index_said_is_refused(files: tuple[Path, Path]) -> None:
    with pytest.raises(PackageUnusable):
        installing.install(files[0], ("ro", "en"))
    assert pairs() == []


def test_a_package_through_which_no_sentence_goes_is_taken_away_again(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "offered"
    folder.mkdir()
    with zipfile.ZipFile(files[0]) as good, zipfile.ZipFile(folder / "bad.argosmodel", "w") as bad:
        for entry in good.infolist():
            bad.writestr(entry.filename, b"no model" if entry.filename.endswith("model.bin") else good.read(entry))
    shutil.copy(files[1], folder)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    assert command.main(["install"]) == 1
    assert "no sentence goes through" in capsys.readouterr().err
    assert pairs() == [("en", "pl")]


def test_a_folder_that_is_no_package_is_passed_over() -> None:
    (packages_folder() / "half" / "model").mkdir(parents=True)
    assert installed() == ()


def test_a_draft_keeps_figures_and_contacts_in_their_places(translator: Translator) -> None:
    said = "please call {contact.acas} here, we help {minimum_wage.age_21_and_over}"
    assert drafts.draft_of(said, translator, "pl") == (
        "proszę dzwoń {contact.acas} tutaj, jesteśmy pomoc {minimum_wage.age_21_and_over}"
    )


def test_drafts_are_files_marked_as_what_they_are(translator: Translator, tmp_path: Path) -> None:
    (done,) = drafts.write(translator, "pl", tmp_path / "drafts", ["payslip"])
    text = (tmp_path / "drafts" / "payslip.yml").read_text(encoding="utf-8")
    assert text.startswith("# A machine's first draft")
    assert yaml.safe_load(text)["topic"] == "payslip"
    assert done[0] == "payslip"
    assert done[1] + done[2] > 10


def test_a_draft_into_a_language_without_a_package_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["draft", "--to", "sq", "--topic", "payslip"]) == 1
    assert "make languages" in capsys.readouterr().err
