"""What an officer typed comes back when it could not be taken, with the reason why, and can be sent then."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from tests.webhook.parts import NUMBER, STRONG_SIGN, post_sms
from tests.webhook.staff.people import SECRET, Browser, acts, code_entered_long_ago, signed_in, told
from tests.webhook.staff.talk import officer, talking_to, the_case, time_goes_by, work_off
from webhook import replying
from webhook.accounts.models import StaffSession
from webhook.accounts.roles import Role
from webhook.cases import checklists, claims, notes
from webhook.cases.models import Case
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.staff.case_acts import TOLD

__all__ = ["officer"]

TYPED = 'She said: "I\'ll write on Monday" <at nine> & not before.'
REASON = "A neighbour heard threats to kill through the wall tonight."
WARD = "Rose Lodge keeps the rota of 3 March."


@pytest.fixture
def here(client: TestClient, gateway: Gateway, officer: Browser) -> str:
    """A case that the officer has, taken over."""
    return talking_to(client, gateway, officer)[1]


def field(answer: httpx.Response, name: str) -> str:
    """What stands in a field of a page."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', answer.text, re.S)
    single = re.search(rf'<input[^>]*name="{name}" value="(.*?)"', answer.text, re.S)
    found = area or single
    assert found is not None, f"the page has no field {name}"
    return html.unescape(found[1])


def run_out(gateway: Gateway) -> None:
    """The officer's time with the case is over; it is in the queue again."""
    with gateway.database.unit_of_work() as db:
        db.execute(update(Case).values(claim_until=utc_now() - timedelta(minutes=1)))
    assert claims.return_overdue(gateway.database) == 1


def kept_notes(gateway: Gateway) -> list[str]:
    with gateway.database.unit_of_work(read_only=True) as db:
        return [note.words for note in notes.of(db=db, vault=gateway.vault, case=db.scalars(select(Case)).one())]


def test_a_note_comes_back_when_the_claim_ran_out_and_is_kept_with_taking_the_case_again(
    here: str, gateway: Gateway, officer: Browser
) -> None:
    run_out(gateway)
    shown = officer.post(f"{here}/notes", note=TYPED)
    assert told(shown) == "not_yours"
    assert field(shown, "note") == TYPED
    assert "Take the case and keep the note" in shown.text
    assert officer.post(f"{here}/notes", note=TYPED, take="yes").status_code == 303
    assert kept_notes(gateway) == [TYPED]
    assert acts(gateway.database)[-2:] == ["case_claimed", "note_added"]


def test_a_note_comes_back_when_another_has_the_case_meanwhile_and_takes_it_from_nobody(
    app: FastAPI, here: str, gateway: Gateway, officer: Browser, database: Database, vault: Vault
) -> None:
    run_out(gateway)
    signed_in(app, database, vault, Role.OFFICER, 2).post(f"{here}/claim")
    shown = officer.post(f"{here}/notes", note=TYPED, take="yes")
    assert told(shown) == "taken"
    assert field(shown, "note") == TYPED
    assert "Take the case and keep the note" not in shown.text


@pytest.mark.parametrize(("note", "why"), [("x" * (notes.LONGEST + 1), "long"), (TYPED, "closed")])
def test_a_note_that_cannot_be_kept_comes_back_whole(
    here: str, gateway: Gateway, officer: Browser, note: str, why: str
) -> None:
    if why == "closed":
        officer.post(f"{here}/close", reason="helped")
    shown = officer.post(f"{here}/notes", note=note)
    assert told(shown) == why
    assert field(shown, "note") == note
    assert kept_notes(gateway) == []


def test_a_message_comes_back_when_the_claim_ran_out_and_goes_after_taking_the_case_again(
    here: str, gateway: Gateway, officer: Browser
) -> None:
    officer.post(f"{here}/messages", text=TYPED)
    run_out(gateway)
    shown = officer.post(f"{here}/messages", text=TYPED, sure="yes")
    assert told(shown) == "not_yours"
    assert field(shown, "text") == TYPED
    assert "Take the case and the conversation again" in shown.text
    again = officer.post(f"{here}/messages", text=TYPED, sure="yes", take="yes")
    assert again.status_code == 200
    assert "message_sent" not in acts(gateway.database), "taking is not sending"
    assert field(again, "text") == TYPED
    assert officer.post(f"{here}/messages", text=TYPED, sure="yes").status_code == 303
    assert acts(gateway.database)[-1] == "message_sent"


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"text": "x" * (replying.LONGEST + 1)}, "long"), ({"text": " ", "reason": REASON}, "empty")],
)
def test_a_message_that_cannot_be_sent_comes_back_whole(
    here: str, gateway: Gateway, officer: Browser, fields: dict[str, str], why: str
) -> None:
    shown = officer.post(f"{here}/messages", sure="yes", **fields)
    assert told(shown) == why
    for name, value in fields.items():
        assert field(shown, name) == value.strip()
    assert "message_sent" not in acts(gateway.database)


def test_a_message_comes_back_with_its_reason_when_that_is_too_short(
    client: TestClient, gateway: Gateway, officer: Browser
) -> None:
    post_sms(client, "SM1", STRONG_SIGN)
    work_off(gateway)
    here = f"/cases/{the_case(gateway.database).reference}"
    officer.post(f"{here}/claim")
    officer.post(f"{here}/take-over")
    time_goes_by(gateway)
    shown = officer.post(f"{here}/messages", text=TYPED, reason="short", sure="yes")
    assert told(shown) == "reason"
    assert (field(shown, "text"), field(shown, "reason")) == (TYPED, "short")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"danger": "life", "reason": "too short"}, "reason"),
        ({"reason": REASON}, "danger"),
        ({"danger": "child", "reason": "x" * (notes.LONGEST + 1)}, "long"),
    ],
)
def test_the_reason_for_showing_who_somebody_is_comes_back(
    app: FastAPI, here: str, database: Database, vault: Vault, fields: dict[str, str], why: str
) -> None:
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    shown = supervisor.post(f"{here}/identity/danger", **fields)
    assert told(shown) == why
    assert field(shown, "reason") == fields["reason"]
    if "danger" in fields:
        assert (
            f'value="{fields["danger"]}" required checked' in shown.text
            or f'value="{fields["danger"]}" checked' in shown.text
        )
    assert "identity_shown" not in acts(database)


def test_a_reason_outlives_the_code_that_grew_old_and_a_wrong_one(
    app: FastAPI, client: TestClient, gateway: Gateway, database: Database, vault: Vault
) -> None:
    post_sms(client, "SM1", STRONG_SIGN)
    work_off(gateway)
    here = f"/cases/{the_case(database).reference}"
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    code_entered_long_ago(database)
    asked = supervisor.post(f"{here}/identity/danger", danger="life", reason=REASON)
    assert "Enter your code" in asked.text
    brought = {name: field(asked, name) for name in ("next", "onward", "danger", "reason")}
    assert brought["reason"] == REASON
    wrong = supervisor.post("/code", code="000000", **brought)
    assert wrong.status_code == 401
    assert {name: field(wrong, name) for name in brought} == brought
    right = supervisor.post("/code", code=pyotp.TOTP(SECRET).now(), **brought)
    assert f'action="{here}/identity/danger"' in right.text
    assert NUMBER not in right.text, "nothing is opened before it is sent again"
    opened = supervisor.post(field_action(right), danger=field(right, "danger"), reason=field(right, "reason"))
    assert NUMBER in opened.text


def field_action(answer: httpx.Response) -> str:
    """Where the form in a page's main part goes to."""
    found = re.search(r'<form method="post" action="([^"]*)"', answer.text.split("<main")[1])
    assert found is not None
    return found[1]


@pytest.mark.parametrize("onward", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])
def test_what_a_code_lets_through_goes_to_no_other_site(
    app: FastAPI, database: Database, vault: Vault, onward: str
) -> None:
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    right = supervisor.post("/code", code=pyotp.TOTP(SECRET).now(), onward=onward, reason=REASON)
    assert field_action(right) == "/"


def test_a_hand_on_comes_back_when_the_claim_ran_out_and_from_its_preview(
    here: str, gateway: Gateway, officer: Browser
) -> None:
    typed = {"to": "police", "basis": "nameless", "summary": TYPED, "yes_words": "on the telephone"}
    assert "Change it" in officer.post(f"{here}/hand-on", **typed).text
    changed = officer.post(f"{here}/hand-on", sure="change", **typed)
    assert (field(changed, "summary"), field(changed, "yes_words")) == (TYPED, "on the telephone")
    run_out(gateway)
    shown = officer.post(f"{here}/hand-on", sure="yes", **typed)
    assert told(shown) == "not_yours"
    assert field(shown, "summary") == TYPED
    again = officer.post(f"{here}/hand-on", take="yes", **typed)
    assert again.status_code == 200
    assert field(again, "summary") == TYPED
    assert "handed_on" not in acts(gateway.database), "taking is not handing on"
    assert officer.post(f"{here}/hand-on", sure="yes", **typed).status_code == 303


@pytest.mark.parametrize("name", ["reason", "yes_words"])
def test_what_is_too_long_for_the_record_of_a_hand_on_is_not_cut_off(here: str, officer: Browser, name: str) -> None:
    long = "y" * (notes.LONGEST + 1)
    shown = officer.post(f"{here}/hand-on", sure="yes", to="police", basis="nameless", summary=TYPED, **{name: long})
    assert told(shown) == "long"
    assert field(shown, "summary") == TYPED


def test_an_account_that_cannot_be_made_leaves_what_was_typed(app: FastAPI, database: Database, vault: Vault) -> None:
    admin = signed_in(app, database, vault, Role.ADMINISTRATOR)
    shown = admin.post("/accounts", email="sam at example", name="Sam", role="auditor")
    assert shown.status_code == 422
    assert 'value="sam at example"' in shown.text
    assert 'value="Sam"' in shown.text


def test_a_checklist_comes_back_when_the_claim_ran_out_and_is_kept_with_taking_the_case_again(
    here: str, gateway: Gateway, officer: Browser
) -> None:
    part = next(part for part in checklists.checklist("pledge").parts if part.questions)
    name = part.questions[0].name
    typed = {name: "partly", f"evidence-{name}": WARD}
    run_out(gateway)
    shown = officer.post(f"{here}/checklists/pledge", **typed)
    assert told(shown) == "not_yours"
    assert WARD in shown.text
    assert 'value="partly" checked' in shown.text
    assert "What you filled in is not kept yet." in shown.text
    assert officer.post(f"{here}/checklists/pledge", take="yes", **typed).status_code == 303
    assert WARD in officer.get(f"{here}/checklists/pledge").text


def test_what_was_typed_is_shown_to_be_copied_when_the_session_ended(
    here: str, database: Database, officer: Browser, gateway: Gateway
) -> None:
    with database.unit_of_work() as db:
        db.execute(update(StaffSession).values(seen_at=utc_now() - timedelta(hours=9)))
    shown = officer.post(f"{here}/notes", note=TYPED)
    assert shown.status_code == 401
    assert TYPED in html.unescape(shown.text)
    assert kept_notes(gateway) == []
    assert officer.get(here).headers["location"].startswith("/login")


def test_what_was_typed_is_shown_to_be_copied_when_the_database_is_away(
    here: str, officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(notes, "add", away)
    shown = officer.post(f"{here}/notes", note=TYPED)
    assert shown.status_code == 503
    assert TYPED in html.unescape(shown.text)


def test_nothing_of_a_form_from_elsewhere_is_shown(here: str, officer: Browser) -> None:
    officer.mark = "0" * 64
    shown = officer.post(f"{here}/notes", note=TYPED)
    assert shown.status_code == 403
    assert TYPED not in html.unescape(shown.text)
    assert TOLD["not_yours"] not in shown.text
