"""Signing in: password, then code; failures tell nothing, and shut nobody else out."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from tests.webhook.staff.people import PASSWORD, Browser, acts, browser, email_of, set_up, signed_in
from webhook.accounts import tries
from webhook.accounts.models import FailedTry, StaffAccount, StaffLink, StaffSession
from webhook.accounts.roles import Role
from webhook.database import Database, utc_now
from webhook.privacy.vault import Vault
from webhook.staff.cookies import DEVICE, SESSION

EMAIL = email_of(Role.OFFICER)


@pytest.fixture
def secret(database: Database, vault: Vault) -> str:
    with database.unit_of_work() as db:
        return set_up(db, vault, Role.OFFICER)[1]


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def password_given(somebody: Browser, password: str = PASSWORD, email: str = EMAIL) -> int:
    somebody.get("/login")
    return somebody.post("/login", email=email, password=password).status_code


def sign_in(somebody: Browser, code: str) -> int:
    assert password_given(somebody) == 303
    somebody.get("/login/code")
    return somebody.post("/login/code", code=code).status_code


def test_password_and_code_together_open_the_console(app: FastAPI, secret: str, database: Database) -> None:
    somebody = browser(app)
    assert sign_in(somebody, code_of(secret)) == 303
    assert somebody.get("/").status_code == 200
    assert "Sign out" in somebody.get("/").text
    assert acts(database)[-1] == "signed_in"


def test_the_password_alone_opens_nothing(app: FastAPI, secret: str) -> None:
    somebody = browser(app)
    assert password_given(somebody) == 303
    answer = somebody.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login/code")


def test_the_session_gets_a_fresh_token_at_the_code_and_the_one_before_is_dead(app: FastAPI, secret: str) -> None:
    somebody = browser(app)
    password_given(somebody)
    before = somebody.client.cookies[SESSION]
    somebody.get("/login/code")
    somebody.post("/login/code", code=code_of(secret))
    assert somebody.client.cookies[SESSION] != before
    old = browser(app)
    old.client.cookies.set(SESSION, before)
    assert old.get("/").headers["location"] == "/login"


def test_a_token_planted_before_signing_in_is_never_the_session(app: FastAPI, secret: str) -> None:
    somebody = browser(app)
    somebody.client.cookies.set(SESSION, "planted", domain="testserver.local")
    assert sign_in(somebody, code_of(secret)) == 303
    assert "planted" not in somebody.client.cookies.values()
    planted = browser(app)
    planted.client.cookies.set(SESSION, "planted")
    assert planted.get("/").status_code == 303


def test_a_code_is_good_once(app: FastAPI, secret: str) -> None:
    code = code_of(secret)
    assert sign_in(browser(app), code) == 303
    assert sign_in(browser(app), code) == 401


def test_a_recovery_code_is_good_once(app: FastAPI, database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        _, _, kept = set_up(db, vault, Role.OFFICER)
    assert len(set(kept)) == 10
    assert sign_in(browser(app), kept[0].upper()) == 303
    assert sign_in(browser(app), kept[0]) == 401


def test_an_unknown_address_and_a_wrong_password_look_the_same(app: FastAPI, secret: str) -> None:
    pages = []
    for email in (EMAIL, "nobody@example.org"):
        somebody = browser(app)
        somebody.get("/login")
        answer = somebody.post("/login", email=email, password="wrong password here")
        pages.append((answer.status_code, answer.text.replace(email, "").replace(somebody.mark, "")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 401


def test_brute_force_is_stopped_for_known_and_unknown_addresses_alike(app: FastAPI, secret: str) -> None:
    for email in (EMAIL, "nobody@example.org"):
        stranger = browser(app)
        found = [password_given(stranger, "wrong password here", email) for _ in range(tries.MOST + 1)]
        assert found == [401] * tries.MOST + [429]
    assert password_given(browser(app)) == 429, "even the right password tells a stranger nothing now"


def test_strangers_failures_do_not_shut_the_officer_out_of_their_own_browser(
    app: FastAPI, secret: str, database: Database
) -> None:
    mine = browser(app)
    assert sign_in(mine, code_of(secret)) == 303
    assert DEVICE in mine.client.cookies
    mine.client.cookies.delete(SESSION)
    stranger = browser(app)
    for _ in range(tries.MOST + 1):
        password_given(stranger, "wrong password here")
    assert password_given(mine) == 303


def test_codes_cannot_be_tried_without_end(app: FastAPI, secret: str) -> None:
    somebody = browser(app)
    found = []
    for _ in range(tries.MOST + 1):
        found.append(sign_in(somebody, "000000"))
        somebody.client.cookies.delete(SESSION)
        if found[-1] == 401 and len(found) == tries.MOST:
            break
    assert password_given(browser(app)) == 429


def test_after_the_wait_the_right_password_is_taken_again(app: FastAPI, secret: str, database: Database) -> None:
    for _ in range(tries.MOST):
        password_given(browser(app), "wrong password here")
    with database.unit_of_work() as db:
        db.execute(update(FailedTry).values(at=utc_now() - tries.WITHIN - timedelta(seconds=1)))
    assert password_given(browser(app)) == 303


@pytest.mark.parametrize(
    "change",
    [
        {"seen_at": utc_now() - timedelta(hours=1)},
        {"expires_at": utc_now() - timedelta(seconds=1)},
        {"ended_at": utc_now()},
    ],
)
def test_a_session_ends_when_idle_when_its_day_is_over_and_when_it_is_ended(
    app: FastAPI, database: Database, vault: Vault, change: dict[str, object]
) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    assert somebody.get("/").status_code == 200
    with database.unit_of_work() as db:
        db.execute(update(StaffSession).values(**change))
    assert somebody.get("/").status_code == 303


def test_signing_out_ends_the_session_in_the_database(app: FastAPI, database: Database, vault: Vault) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    token = somebody.client.cookies[SESSION]
    assert somebody.post("/logout").status_code == 303
    somebody.client.cookies.set(SESSION, token)
    assert somebody.get("/").status_code == 303


def test_the_one_time_link_sets_an_account_up_once(app: FastAPI, database: Database, vault: Vault) -> None:
    from webhook.accounts import accounts

    with database.unit_of_work() as db:
        _, token = accounts.invite(db=db, vault=vault, email="New.Person@Example.org", role=Role.OFFICER)
    somebody = browser(app)
    shown = somebody.get(f"/set-up/{token}")
    assert "new.person@example.org" in shown.text
    assert "<svg" in shown.text
    with database.unit_of_work(read_only=True) as db:
        secret = accounts.set_up_page(db=db, vault=vault, token=token).secret
    fields = {"password": "wind apple stone", "again": "wind apple stone", "code": code_of(secret)}
    assert (
        "easy to guess"
        in somebody.post(
            f"/set-up/{token}", **{**fields, "password": "person person 1", "again": "person person 1"}
        ).text
    )
    assert somebody.post(f"/set-up/{token}", **{**fields, "code": "000000"}).status_code == 422
    done = somebody.post(f"/set-up/{token}", **fields)
    assert "recovery codes" in done.text
    assert somebody.get(f"/set-up/{token}").status_code == 404
    with database.unit_of_work(read_only=True) as db:
        account = db.scalars(select(StaffAccount)).one()
    assert account.password_hash is not None
    assert account.password_hash.startswith("$argon2id$")


def test_a_link_expires_and_a_newer_one_replaces_it(app: FastAPI, database: Database, vault: Vault) -> None:
    from webhook.accounts import accounts

    with database.unit_of_work() as db:
        _, first = accounts.invite(db=db, vault=vault, email=EMAIL, role=Role.OFFICER)
        _, second = accounts.invite(db=db, vault=vault, email=EMAIL, role=Role.OFFICER)
    assert browser(app).get(f"/set-up/{first}").status_code == 404
    assert browser(app).get(f"/set-up/{second}").status_code == 200
    with database.unit_of_work() as db:
        db.execute(update(StaffLink).values(expires_at=utc_now()))
    assert browser(app).get(f"/set-up/{second}").status_code == 404


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(app: FastAPI, secret: str, wanted: str) -> None:
    somebody = browser(app)
    somebody.get("/login", params={"next": wanted})
    answer = somebody.post("/login", email=EMAIL, password=PASSWORD, next=wanted)
    assert answer.headers["location"] == "/login/code?next=/"
