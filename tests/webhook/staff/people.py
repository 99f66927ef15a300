"""Staff for tests: accounts that are set up, and browsers in which they are signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pyotp
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webhook.accounts import accounts, codes, sessions, tries
from webhook.accounts.models import StaffAccount, StaffSession
from webhook.accounts.roles import Role
from webhook.audit import log
from webhook.database import Database, utc_now
from webhook.privacy.vault import Vault
from webhook.staff.case_acts import TOLD
from webhook.staff.cookies import SESSION

PASSWORD = "three quiet lanterns"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MARK = re.compile(r'name="form_mark" value="([0-9a-f]{64})"')


def email_of(role: Role | str, number: int = 1) -> str:
    return f"{role}{number}@example.org"


def set_up(db: Session, vault: Vault, role: Role, number: int = 1) -> tuple[StaffAccount, str, list[str]]:
    """An account set up by its link; with its generator's secret and its recovery codes."""
    account, token = accounts.invite(
        db=db, vault=vault, email=email_of(role, number), role=role, name=f"{role.value.title()} {number}"
    )
    secret = accounts.set_up_page(db=db, vault=vault, token=token).secret
    code = pyotp.TOTP(secret).at(utc_now() - timedelta(minutes=2))
    then = utc_now() - timedelta(minutes=2)
    kept = accounts.set_up(db=db, vault=vault, token=token, password=PASSWORD, code=code, now=then)
    return account, secret, kept


def sign_somebody_in(db: Session, vault: Vault) -> None:
    """A row in every table of accounts."""
    account, _, _ = set_up(db, vault, Role.OFFICER)
    sessions.start(db=db, account=account, stage=sessions.FULL, lasts=timedelta(hours=10))
    tries.remember_device(db=db, account=account, device=None)
    tries.note(db=db, who="somebody")


def account(db: Session, vault: Vault, role: Role, number: int = 1) -> StaffAccount:
    """An account that is set up, made without the slow work on a password."""
    known = accounts.find(db=db, email=email_of(role, number))
    if known is not None:
        return known
    made, _ = accounts.invite(
        db=db, vault=vault, email=email_of(role, number), role=role, name=f"{role.value.title()} {number}"
    )
    made.totp = codes.seal(vault, made, SECRET)
    db.flush()
    return made


@dataclass
class Browser:
    """A browser that fills in forms as a person does: with the mark that the page before held."""

    client: TestClient
    mark: str = ""
    page: httpx.Response | None = field(default=None, repr=False)

    def get(self, address: str, **more: object) -> httpx.Response:
        self.page = self.client.get(address, **more)  # type: ignore[arg-type]
        found = MARK.search(self.page.text)
        self.mark = found[1] if found else self.mark
        return self.page

    def post(self, address: str, follow: bool = False, **fields: str) -> httpx.Response:
        data = {"form_mark": self.mark, **fields}
        answer = self.client.post(address, data=data, follow_redirects=follow)
        found = MARK.search(answer.text)
        self.mark = found[1] if found else self.mark
        return answer


def browser(app: FastAPI) -> Browser:
    """A browser nobody has signed in with."""
    return Browser(TestClient(app, raise_server_exceptions=False, follow_redirects=False))


def signed_in(app: FastAPI, database: Database, vault: Vault, role: Role, number: int = 1) -> Browser:
    """A browser in which somebody of this role is signed in, without going through the pages."""
    with database.unit_of_work() as db:
        token = sessions.start(
            db=db, account=account(db, vault, role, number), stage=sessions.FULL, lasts=timedelta(hours=10)
        )
    somebody = browser(app)
    somebody.client.cookies.set(SESSION, token)
    somebody.get("/")
    return somebody


def code_entered_long_ago(database: Database) -> None:
    """As if every code had been entered an hour ago."""
    with database.unit_of_work() as db:
        db.execute(update(StaffSession).values(code_at=utc_now() - timedelta(hours=1)))


def acts(database: Database) -> list[str]:
    """The acts of the audit log, oldest first."""
    with database.unit_of_work(read_only=True) as db:
        return [entry.act for entry in reversed(log.entries(db=db, limit=1000))]


def told(answer: httpx.Response) -> str:
    """The key of what the officer is told: in the address gone to, or at the top of the page shown again."""
    if answer.status_code == 422:
        shown = answer.text.replace("&#39;", "'")
        return next((key for key, words in TOLD.items() if words in shown), "")
    return answer.headers["location"].partition("told=")[2].partition("&")[0]


def uid_of(database: Database, role: Role, number: int = 1) -> str:
    """The uid of somebody's account."""
    with database.unit_of_work(read_only=True) as db:
        return db.scalars(select(StaffAccount.uid).where(StaffAccount.email == email_of(role, number))).one()
