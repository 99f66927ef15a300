"""Texts that no speaker has read: shown beside the English, and signed off by a patch that `git apply` takes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from knowledge import clock
from knowledge.files import ROOT, forget
from knowledge.made_from import is_reviewed, made_from, record_path
from knowledge.pack_files import kind_of
from tests.webhook.staff.people import acts, signed_in
from webhook.accounts.roles import Role
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.staff.texts import TOLD, NothingToSign, review_patch

LANG, TEXT, OTHER = "hi", "answers/payslip", "safety"
READER = 'Asha "A: #1" Devi'
TODAY = datetime.fromisoformat("2026-11-22T09:00+00:00")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository's knowledge of this language, as somebody has it who applies patches."""
    root = tmp_path / "knowledge"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("__pycache__", "source"))
    # The words as they stand, signed off by nobody.
    record = record_path(LANG, root)
    assert "reviewed_by: null" in record.read_text(encoding="utf-8")
    forget()
    return root


def apply(root: Path, patch: str) -> None:
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=root.parent, input=patch, text=True, check=True)
    forget()


def test_the_patch_applies_with_git_and_then_the_words_count_as_read(copy: Path) -> None:
    with clock.at(TODAY):
        apply(copy, review_patch(LANG, [TEXT, OTHER], READER, copy))
    for name in (TEXT, OTHER):
        review = made_from(LANG, copy)[name].reviewed_by
        assert review is not None
        assert (review.name, review.on.isoformat()) == (READER, "2026-11-22")
        assert is_reviewed(name, LANG, kind_of(name).parts(name, LANG, copy), root=copy)
    assert made_from(LANG, copy)["answers/deductions"].reviewed_by is None


def test_two_patches_made_from_the_same_files_apply_one_after_the_other(copy: Path) -> None:
    patches = [review_patch(LANG, [name], READER, copy) for name in (TEXT, OTHER)]
    for patch in patches:
        apply(copy, patch)
    assert all(made_from(LANG, copy)[name].reviewed_by for name in (TEXT, OTHER))


def test_the_patch_changes_nothing_but_who_has_read_it(copy: Path) -> None:
    changed = [line for line in review_patch(LANG, [TEXT], READER, copy).splitlines() if line[:1] in "+-"][2:]
    assert changed
    assert all("reviewed_by" in line or line[1:].lstrip().startswith(("name:", "date:", "words:")) for line in changed)


def test_words_that_change_after_the_reading_count_as_unread_again(copy: Path) -> None:
    apply(copy, review_patch(LANG, [TEXT], READER, copy))
    path = kind_of(TEXT).path(TEXT, LANG, copy)
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: X", 1), encoding="utf-8")
    forget()
    assert not is_reviewed(TEXT, LANG, kind_of(TEXT).parts(TEXT, LANG, copy), root=copy)


def test_what_is_signed_off_already_gives_no_empty_patch(copy: Path) -> None:
    with clock.at(TODAY):
        apply(copy, review_patch(LANG, [TEXT], READER, copy))
        with pytest.raises(NothingToSign):
            review_patch(LANG, [TEXT], READER, copy)


def test_a_content_editor_reads_the_words_and_takes_the_patch_and_it_is_written_down(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    editor = signed_in(app, database, vault, Role.CONTENT_EDITOR)
    assert f'href="/knowledge/{LANG}"' in editor.get("/knowledge").text
    assert TEXT in editor.get(f"/knowledge/{LANG}").text
    shown = editor.get(f"/knowledge/{LANG}/{TEXT}").text
    own, english = (kind_of(TEXT).parts(TEXT, lang, ROOT)["title"] for lang in (LANG, "en"))
    assert own in shown
    assert english in shown
    before = record_path(LANG).read_text(encoding="utf-8")
    taken = editor.post(f"/knowledge/{LANG}/sign-off", reader=READER, name=TEXT)
    assert taken.headers["content-disposition"] == f'attachment; filename="review-{LANG}.patch"'
    assert taken.text.startswith(f"--- a/knowledge/made_from/{LANG}.yml\n+++ b/knowledge/made_from/{LANG}.yml\n")
    assert record_path(LANG).read_text(encoding="utf-8") == before, "nothing is changed on the machine itself"
    assert acts(database).count("text_signed_off") == 1


def test_a_supervisor_sees_what_is_unread_and_signs_nothing_off(app: FastAPI, database: Database, vault: Vault) -> None:
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    assert "Get the patch" not in supervisor.get(f"/knowledge/{LANG}").text
    assert supervisor.post(f"/knowledge/{LANG}/sign-off", reader=READER, name=TEXT).status_code == 403


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"reader": " ", "name": TEXT}, "reader"), ({"reader": READER}, "texts")],
)
def test_without_a_name_or_a_text_there_is_no_patch(
    app: FastAPI, database: Database, vault: Vault, fields: dict[str, str], told: str
) -> None:
    editor = signed_in(app, database, vault, Role.CONTENT_EDITOR)
    shown = editor.post(f"/knowledge/{LANG}/sign-off", **fields)
    assert TOLD[told] in shown.text
    assert ('value="Asha &#34;A: #1&#34; Devi"' in shown.text) == (fields["reader"] == READER)
    assert (f'value="{TEXT}" checked' in shown.text) == ("name" in fields), "what was chosen stays chosen"


@pytest.mark.parametrize("name", ["answers/../../etc/passwd", "answers/nothing", "made_from", "answers"])
def test_nothing_but_the_files_of_the_pack_can_be_read_or_signed_off(
    app: FastAPI, database: Database, vault: Vault, name: str
) -> None:
    editor = signed_in(app, database, vault, Role.CONTENT_EDITOR)
    assert editor.post(f"/knowledge/{LANG}/sign-off", reader=READER, name=name).status_code == 422
    assert editor.get(f"/knowledge/{LANG}/{name.replace('..', '%2e%2e')}").status_code in (403, 404)
    for lang in ("en", "xx", "..%2f..%2fetc"):
        assert editor.get(f"/knowledge/{lang}").status_code in (403, 404)
