"""The knowledge desk shows what needs care, and no case."""

from __future__ import annotations

from datetime import datetime

from fastapi import FastAPI

from knowledge import clock
from tests.webhook.cases.rooms import Receive, raise_one
from tests.webhook.staff.people import signed_in
from webhook.accounts.roles import Role
from webhook.cases import marks
from webhook.cases import service as cases
from webhook.cases.models import Case, CaseSign
from webhook.database import Database
from webhook.privacy.vault import Vault


def test_what_is_past_its_review_and_who_reviewed_a_language_is_shown(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    somebody = signed_in(app, database, vault, Role.CONTENT_EDITOR)
    with clock.at(datetime.fromisoformat("2040-01-01T12:00+00:00")):
        shown = somebody.get("/knowledge").text
    past = shown.split("To be reviewed within 30 days")[0]
    assert "figure minimum_wage.age_21_and_over" in past
    assert "contact modern_slavery_helpline" in past
    assert "Malayalam" in shown


def test_marks_are_counted_once_there_are_enough_and_name_no_case(
    app: FastAPI, database: Database, vault: Vault, receive: Receive
) -> None:
    somebody = signed_in(app, database, vault, Role.CONTENT_EDITOR)
    for number in range(5):
        raise_one(database, vault, receive, sid=f"SM{number}", number=f"+44770090012{number}")
        cases.deliver_alerts(database=database, vault=vault)
        with database.unit_of_work() as db:
            sign = db.query(CaseSign).order_by(CaseSign.id.desc()).first()
            case = db.get_one(Case, sign.case_id)
            marks.mark(db=db, case=case, sign_uid=sign.uid, right=number > 1, staff="1")
            reference = case.reference
        shown = somebody.get("/knowledge").text
        assert ("A weapon is there or is threatened." in shown) is (number == 4)
        assert reference not in shown
