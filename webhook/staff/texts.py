"""The texts of a language that no speaker has read: reading them beside the English, signing them off by a patch."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from knowledge import clock
from knowledge.coverage import coverage, unread
from knowledge.files import ROOT
from knowledge.languages import Language, LanguageNotKnown
from knowledge.languages import language as registered
from knowledge.made_from import made_from, record_path
from knowledge.pack_files import kind_of
from knowledge.phrase_book import ENGLISH
from knowledge.stamping import NotInPack, reviewed_record
from webhook.accounts.sessions import Staff
from webhook.audit import log as audit
from webhook.staff.console import Console, console_of
from webhook.staff.guard import staff_of
from webhook.staff.pages import page

router = APIRouter()
ConsoleHere = Annotated[Console, Depends(console_of)]
Asking = Annotated[Staff, Depends(staff_of)]
LONGEST_NAME = 100


class NothingToSign(Exception):
    """The record already says so: there is nothing to change."""


@dataclass(frozen=True)
class Beside:
    """A part of a text in its language, with the English it was made from."""

    part: str
    own: str
    english: str
    stale: bool


@router.get("/knowledge/{lang}")
def texts_of_a_language(request: Request, console: ConsoleHere, staff: Asking, lang: str, told: str = "") -> Response:
    """What of a language no speaker has read, what is stale, and how to sign it off."""
    return _language(request, console, staff, lang, told)


def _language(
    request: Request, console: Console, staff: Staff, lang: str, told: str, reader: str = "", names: Sequence[str] = ()
) -> Response:
    language = _translated(lang)
    _seen(console, staff, lang)
    found = coverage(lang)
    errors = [("reader", TOLD[told])] if told in TOLD else []
    status = 422 if request.method == "POST" else 200
    return page(request, "language", status, language=language, found=found, errors=errors, reader=reader, chosen=names)


@router.get("/knowledge/{lang}/{kind}")
def single_text(request: Request, console: ConsoleHere, staff: Asking, lang: str, kind: str) -> Response:
    """A text of a kind that has one file a language, beside the English."""
    return _text(request, console, staff, lang, kind)


@router.get("/knowledge/{lang}/{kind}/{item}")
def one_text(request: Request, console: ConsoleHere, staff: Asking, lang: str, kind: str, item: str) -> Response:
    """One of the texts of a kind, beside the English."""
    return _text(request, console, staff, lang, f"{kind}/{item}")


@router.post("/knowledge/{lang}/sign-off")
def sign_off(
    request: Request, console: ConsoleHere, staff: Asking, lang: str,
    reader: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    names: Annotated[list[str] | None, Form(alias="name", max_length=200)] = None,
) -> Response:  # fmt: skip
    """The patch that records who has read which texts, to be applied with `git apply`. Nothing is changed here."""
    _translated(lang)
    who = " ".join(reader.split())
    if not who or not names:
        return _language(request, console, staff, lang, "texts" if who else "reader", reader, names or ())
    try:
        patch = review_patch(lang, names, who)
    except NotInPack:
        raise HTTPException(422) from None
    except NothingToSign:
        return Response(status_code=303, headers={"Location": f"/knowledge/{lang}?told=signed"})
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        for name in names:
            audit.write(db=db, vault=gateway.vault, act="text_signed_off", staff=staff.uid, about=f"{lang}/{name}"[:64])
    headers = {"Content-Disposition": f'attachment; filename="review-{lang}.patch"'}
    return Response(patch, media_type="text/x-patch; charset=utf-8", headers=headers)


TOLD = {
    "reader": "Write the name of the person who has read them.",
    "texts": "Choose the texts that this person has read.",
    "signed": "These texts are signed off already.",
}


def review_patch(lang: str, names: list[str], reader: str, root: Path = ROOT) -> str:
    """A unified diff of the language's record: who has read these texts, today. Raises NotInPack, NothingToSign."""
    path = record_path(lang, root)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    after = reviewed_record(lang, names, reader, clock.today(), root=root)
    where = path.relative_to(root.parent).as_posix()
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{where}", f"b/{where}"
    )
    patch = "".join(lines)
    if not patch:
        raise NothingToSign
    return patch


def _text(request: Request, console: Console, staff: Staff, lang: str, name: str) -> Response:
    language = _translated(lang)
    try:
        kind = kind_of(name)
    except KeyError:
        raise HTTPException(404) from None
    if name not in kind.names(ROOT):
        raise HTTPException(404)
    own, english = kind.parts(name, lang, ROOT), kind.english(name, ROOT)
    if not own:
        raise HTTPException(404)
    _seen(console, staff, f"{lang}/{name}")
    stale = kind.stale(name, lang, ROOT)
    made = made_from(lang).get(name)
    return page(
        request, "text", language=language, text=name, review=made.reviewed_by if made else None,
        unread=name in unread(lang), parts=_beside(own, english, stale),
    )  # fmt: skip


def _beside(own: Mapping[str, str], english: Mapping[str, str], stale: tuple[str, ...]) -> list[Beside]:
    return [Beside(part, said, english.get(part, ""), part in stale) for part, said in own.items()]


def _translated(lang: str) -> Language:
    """A language other than English, which is the original. Not known: the page is not there."""
    try:
        found = registered(lang)
    except LanguageNotKnown:
        raise HTTPException(404) from None
    if lang == ENGLISH:
        raise HTTPException(404)
    return found


def _seen(console: Console, staff: Staff, what: str) -> None:
    gateway = console.gateway
    with gateway.database.unit_of_work() as db:
        audit.write(db=db, vault=gateway.vault, act="texts_viewed", staff=staff.uid, about=what[:64])
