"""Every address, asked as every role: what is not named is denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from tests.webhook.staff.people import Browser, browser, email_of, signed_in, uid_of
from webhook.accounts.roles import Role
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.staff.permissions import ADDRESSES, ROLES, Permission, may

FILLED = {
    "{token}": "no-such-token",
    "{uid}": "0" * 32,
    "{reference}": "SW-0000-00",
    "{page_id}": "agencies",
    "{lang}": "hi",
    "{kind}": "answers",
    "{item}": "payslip",
}
DENIED, TO_SIGN_IN = 403, 303


def addresses(routed: Any) -> Iterator[tuple[str, str]]:
    for route in routed.routes:
        if isinstance(route, APIRoute):
            for method in route.methods:
                yield method, route.path
        elif hasattr(route, "original_router"):
            yield from addresses(route.original_router)
        else:
            assert isinstance(route, Mount), route
            assert route.path.startswith("/static"), route


def filled(path: str) -> str:
    for part, value in FILLED.items():
        path = path.replace(part, value)
    assert "{" not in path, f"say in FILLED what stands for the part of {path}"
    return path


def ask(somebody: Browser, method: str, path: str) -> int:
    answer = somebody.get(filled(path)) if method == "GET" else somebody.post(filled(path))
    return answer.status_code


def test_every_address_is_named_and_no_name_is_left_over(app: FastAPI) -> None:
    assert set(addresses(app)) == set(ADDRESSES)


def test_every_permission_is_used_and_every_role_has_a_line() -> None:
    assert set(ADDRESSES.values()) == set(Permission)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(app: FastAPI, database: Database, vault: Vault, role: Role) -> None:
    for (method, path), permission in ADDRESSES.items():
        if path == "/logout":
            continue
        status = ask(signed_in(app, database, vault, role), method, path)
        if permission in (Permission.CODE, Permission.READ_FEED) or not may(role, permission):
            assert status == DENIED, (method, path)
        else:
            assert status != DENIED, (method, path)
            assert status < 500, (method, path)


def test_nobody_opens_anything_but_the_door(app: FastAPI) -> None:
    for (method, path), permission in ADDRESSES.items():
        somebody = browser(app)
        somebody.get("/login")
        status = ask(somebody, method, path)
        if permission is Permission.OPEN:
            assert status in (200, 404, 422), (method, path)
        else:
            assert status == (DENIED if permission is Permission.READ_FEED else TO_SIGN_IN), (method, path)


def test_an_address_that_the_map_does_not_name_is_denied_to_everybody(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    app.add_api_route("/forgotten", lambda: "secret")
    for role in Role:
        assert signed_in(app, database, vault, role).get("/forgotten").status_code == DENIED


def test_a_form_without_its_mark_or_with_that_of_another_session_changes_nothing(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    for method, path in ADDRESSES:
        if method == "GET":
            continue
        mine = signed_in(app, database, vault, Role.ADMINISTRATOR)
        other = signed_in(app, database, vault, Role.ADMINISTRATOR, number=2)
        if not may(Role.ADMINISTRATOR, ADDRESSES[method, path]):
            continue
        for mark in ("", "0" * 64, other.mark):
            mine.mark = mark
            assert ask(mine, method, path) == DENIED, (path, mark[:4])


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_from_another_site_is_refused_even_with_the_right_mark(
    app: FastAPI, database: Database, vault: Vault, headers: dict[str, str]
) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    answer = somebody.client.post("/logout", data={"form_mark": somebody.mark}, headers=headers)
    assert answer.status_code == DENIED
    assert somebody.get("/").status_code == 200


def test_a_role_that_was_changed_or_an_account_that_was_disabled_is_out_at_once(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    admin = signed_in(app, database, vault, Role.ADMINISTRATOR)
    officer = signed_in(app, database, vault, Role.OFFICER)
    uid = uid_of(database, Role.OFFICER)
    admin.get("/accounts")
    assert admin.post(f"/accounts/{uid}/role", role="auditor").status_code == 303
    assert officer.get("/").status_code == TO_SIGN_IN
    auditor = signed_in(app, database, vault, Role.OFFICER)
    assert auditor.get("/audit").status_code == 200
    admin.post(f"/accounts/{uid}/disable")
    assert auditor.get("/").status_code == TO_SIGN_IN


def test_nobody_changes_their_own_role(app: FastAPI, database: Database, vault: Vault) -> None:
    admin = signed_in(app, database, vault, Role.ADMINISTRATOR)
    admin.get("/accounts")
    assert admin.post(f"/accounts/{uid_of(database, Role.ADMINISTRATOR)}/role", role="officer").status_code == 422
    own = {"email": email_of(Role.ADMINISTRATOR), "name": "", "role": "supervisor"}
    assert admin.post("/accounts", **own).status_code == 422, "nor by a new link for themselves"
    assert admin.get("/cases").status_code == 403
