"""The guidance's checklists beside a case: filled in by who has it, kept encrypted, printed, and gone with the rest."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from tests.webhook.cases.rooms import Receive, raise_one
from tests.webhook.staff.people import Browser, acts, signed_in, told
from webhook.accounts.roles import Role
from webhook.cases import checklists
from webhook.cases import service as cases
from webhook.cases.desk_models import CaseChecklist
from webhook.cases.enums import Act
from webhook.cases.forgetting import forget_values
from webhook.cases.models import Case, CaseEvent
from webhook.database import Database
from webhook.privacy.vault import Vault

EVIDENCE = "minutes of 3 March, signed by Wintergreen"


@pytest.fixture
def here(database: Database, vault: Vault, receive: Receive) -> str:
    raise_one(database, vault, receive)
    cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work(read_only=True) as db:
        return f"/cases/{db.scalars(select(Case.reference)).one()}"


@pytest.fixture
def officer(app: FastAPI, database: Database, vault: Vault, here: str) -> Browser:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"{here}/claim")
    return somebody


def first(of: checklists.Checklist) -> checklists.Question:
    return next(question for part in of.parts for question in part.questions)


def test_the_guidances_seven_checklists_are_there_each_with_questions() -> None:
    assert [each.letter for each in checklists.all_checklists()] == list("abcdefg")
    for each in checklists.all_checklists():
        names = [question.name for part in each.parts for question in part.questions]
        assert names
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("each", checklists.all_checklists(), ids=lambda each: each.letter)
def test_each_is_filled_in_kept_and_shown_again_with_who_and_when(
    officer: Browser, here: str, each: checklists.Checklist
) -> None:
    question = first(each)
    address = f"{here}/checklists/{each.id}"
    assert question.words.split("{")[0][:40] in officer.get(address).text.replace("&#39;", "'").replace("&#34;", '"')
    assert "Nobody has filled it in yet." in officer.get(address).text
    officer.post(address, **{question.name: "partly", f"evidence-{question.name}": EVIDENCE})
    shown = officer.get(address).text
    assert EVIDENCE in shown
    assert '<td class="govuk-table__cell">Partly</td>' in shown
    assert "Filled in by Officer 1" in shown
    assert f"{each.title}</a>, <strong>filled in</strong>" in officer.get(here).text


def test_what_is_filled_in_is_encrypted_stands_in_timeline_and_audit_log_and_replaces_what_was_before(
    officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    of = checklists.checklist("pledge")
    address, name = f"{here}/checklists/pledge", first(of).name
    officer.post(address, **{name: "yes", f"evidence-{name}": EVIDENCE})
    with database.engine.connect() as connection:
        assert b"Wintergreen" not in bytes(
            connection.exec_driver_sql("SELECT answers FROM case_checklists").scalar_one()
        )
    officer.post(address, **{name: "no"})
    shown = officer.get(address).text
    assert EVIDENCE not in shown
    assert acts(database).count("checklist_filled") == 2
    with database.unit_of_work(read_only=True) as db:
        assert len(db.scalars(select(CaseChecklist)).all()) == 1
        events = db.scalars(select(CaseEvent).where(CaseEvent.act == Act.CHECKLIST_FILLED)).all()
    assert [event.detail for event in events] == [{"checklist": "b"}] * 2


def test_who_does_not_have_the_case_reads_and_prints_it_and_changes_nothing(
    app: FastAPI, officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    name = first(checklists.checklist("pledge")).name
    address = f"{here}/checklists/pledge"
    officer.post(address, **{name: "yes", f"evidence-{name}": EVIDENCE})
    other = signed_in(app, database, vault, Role.OFFICER, 2)
    assert EVIDENCE in other.get(address).text
    assert "Keep it with the case" not in other.get(address).text
    assert told(other.post(address, **{name: "no"})) == "not_yours"
    officer.post(f"{here}/close", reason="helped")
    assert told(officer.post(address, **{name: "no"})) == "closed"
    assert EVIDENCE in officer.get(address).text
    assert officer.get(f"{here}/checklists/agencies").status_code == 404


def test_answers_to_questions_that_the_guidance_no_longer_has_are_kept_apart(database: Database, vault: Vault) -> None:
    old = checklists.Checklist(
        "pledge", "b", "Pledge", (checklists.Part("x", (), (checklists.Question("x-0", "Old?"),)),)
    )
    new = checklists.checklist("pledge")
    with database.unit_of_work() as db:
        case = cases.open_case(db=db, vault=vault, cause="c", level="high", channel="web").case
        for of, said in ((old, {"x-0": "yes"}), (new, {first(new).name: "no"})):
            checklists.fill_in(db=db, vault=vault, case=case, of=of, said=said, staff="1")
        filled = checklists.filled(db=db, vault=vault, case=case, page_id="pledge")
    assert filled is not None
    assert [each.question for each in filled.to_others(new)] == ["Old?"]
    assert filled.to(first(new).words).answer == "no"
    assert filled.to("Old?").answer == "yes"


def test_what_a_worker_takes_back_goes_from_checklists_too(
    officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    name = first(checklists.checklist("pledge")).name
    officer.post(f"{here}/checklists/pledge", **{f"evidence-{name}": EVIDENCE})
    with database.unit_of_work() as db:
        db.execute(update(Case).values(copied_up_to=0))
        forget_values(db=db, vault=vault, case=db.scalars(select(Case)).one(), values=["Wintergreen"])
    shown = officer.get(f"{here}/checklists/pledge").text
    assert "Wintergreen" not in shown
    assert "signed by [removed]" in shown
