"""What the worker chooses: recorded with the exact words, taken back without a trace until it was read."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.webhook.cases.rooms import Receive, all_cases, everything, raise_one
from webhook.cases import service as cases
from webhook.cases.models import Case, CaseChoice
from webhook.conversations import service
from webhook.conversations.models import Conversation
from webhook.database import Database
from webhook.privacy.vault import Vault

NAME, WHERE, WORD = "Lakshmi Canarywala", "07700 900456", "sunflowerword"
IDENTITY = cases.Identity(
    NAME, cases.SafeContact(way="call", where=WHERE, time="after six", words="say you are the dentist", safe_word=WORD)
)


@pytest.fixture
def case(database: Database, vault: Vault, receive: Receive) -> Case:
    """A case whose conversation holds the identity in every form it may be said in."""
    raise_one(database, vault, receive, text="my name is LAKSHMI  canarywala and he has a knife")
    cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work() as db:
        receive(db, "SM2", "ring +44 7700-900-456, word Sunflowerword, ask for Canarywala")
        conversation = db.scalars(select(Conversation)).one()
        preview = cases.choice_preview(choice=cases.Choice.SHARE, identity=IDENTITY)
        service.record_replies(
            db=db,
            vault=vault,
            conversation_id=conversation.id,
            replies=[service.Reply("choice", service.Content(preview.text))],
        )
        service.keep(db=db, vault=vault, conversation=conversation, values={"share": {"name": [NAME]}})
        service.set_menu(db=db, vault=vault, conversation=conversation, choices=[(f"Yes, {NAME}", "affirm")])
        case = db.scalars(select(Case)).one()
        cases.keep_transcript(db=db, vault=vault, case=case)
    return case


def choose(database: Database, vault: Vault, case: Case, choice: cases.Choice, **more: Any) -> CaseChoice:
    with database.unit_of_work() as db:
        return cases.record_choice(db=db, vault=vault, case=case, choice=choice, **more)


def identity_in(text: str) -> list[str]:
    lowered = text.lower()
    squeezed = "".join(letter for letter in lowered if letter.isalnum())
    return [word for word in ("lakshmi", "canarywala", WORD, "dentist") if word in lowered] + [
        number for number in ("7700900456",) if number in squeezed
    ]


def test_the_preview_holds_all_that_is_passed_on_and_nothing_else() -> None:
    preview = cases.choice_preview(choice=cases.Choice.SHARE, identity=IDENTITY)
    for value in (NAME, WHERE, WORD, "after six", "call", "say you are the dentist"):
        assert value in preview.text
    some = cases.choice_preview(choice=cases.Choice.SHARE, identity=cases.Identity(name=NAME), language="xx")
    assert some.language == "en"
    assert "safe word" not in some.text.lower()
    for choice in (cases.Choice.ANONYMOUS, cases.Choice.HELPLINE_ONLY):
        assert "do not pass on who you are" in cases.choice_preview(choice=choice).text


@pytest.mark.parametrize("choice", [cases.Choice.NONE_YET, cases.Choice.WITHDRAWN])
def test_no_choice_is_not_a_choice(choice: cases.Choice) -> None:
    with pytest.raises(cases.NotAChoice):
        cases.choice_preview(choice=choice)


def test_identity_goes_only_with_sharing() -> None:
    with pytest.raises(cases.NotAChoice):
        cases.choice_preview(choice=cases.Choice.ANONYMOUS, identity=IDENTITY)


def test_a_sharing_is_recorded_with_the_exact_words_and_once(database: Database, vault: Vault, case: Case) -> None:
    words = cases.choice_preview(choice=cases.Choice.SHARE, identity=IDENTITY).text
    first = choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=words, language="en")
    again = choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=words, language="en")
    assert first.id == again.id
    record = cases.read_choice(vault=vault, row=first)
    assert (record.passed_on, record.identity) == (words, IDENTITY)
    assert all_cases(database)[0].choice == "share"
    assert NAME not in repr(record)
    with database.unit_of_work(read_only=True) as db:
        assert [event.act for event in cases.timeline(db=db, case=case)].count("choice_made") == 1


def test_withdrawing_leaves_no_identity_in_any_table(database: Database, vault: Vault, case: Case) -> None:
    words = cases.choice_preview(choice=cases.Choice.SHARE, identity=IDENTITY).text
    choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=words)
    assert identity_in(everything(database, vault)) == ["lakshmi", "canarywala", WORD, "dentist", "7700900456"]
    with database.unit_of_work() as db:
        cases.withdraw(db=db, vault=vault, case=case)
    held = everything(database, vault)
    assert identity_in(held) == []
    assert "he has a knife" in held
    assert all_cases(database)[0].choice == "withdrawn"
    with pytest.raises(cases.NothingToWithdraw), database.unit_of_work() as db:
        cases.withdraw(db=db, vault=vault, case=case)


def test_another_choice_instead_takes_the_sharing_back(database: Database, vault: Vault, case: Case) -> None:
    choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=NAME)
    choose(database, vault, case, cases.Choice.ANONYMOUS)
    assert identity_in(everything(database, vault)) == []
    assert all_cases(database)[0].choice == "anonymous"


def test_a_changed_sharing_forgets_only_what_is_no_longer_given(database: Database, vault: Vault, case: Case) -> None:
    choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=f"{NAME} {WHERE}")
    choose(database, vault, case, cases.Choice.SHARE, identity=cases.Identity(name=NAME), passed_on=NAME)
    held = identity_in(everything(database, vault))
    assert "lakshmi" in held
    assert "7700900456" not in held
    assert WORD not in held


def test_what_an_officer_has_read_cannot_be_taken_back_but_changed(
    database: Database, vault: Vault, case: Case
) -> None:
    choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=NAME)
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=case, staff="7")
    with pytest.raises(cases.ChoiceAlreadyRead), database.unit_of_work() as db:
        cases.withdraw(db=db, vault=vault, case=case)
    choose(database, vault, case, cases.Choice.ANONYMOUS)
    assert all_cases(database)[0].choice == "anonymous"
    with database.unit_of_work(read_only=True) as db:
        rows = db.scalars(select(CaseChoice).order_by(CaseChoice.id)).all()
        assert cases.read_choice(vault=vault, row=rows[0]).passed_on == NAME


def test_a_sharing_made_after_the_case_was_read_can_still_be_taken_back(
    database: Database, vault: Vault, case: Case
) -> None:
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=case, staff="7")
    choose(database, vault, case, cases.Choice.SHARE, identity=IDENTITY, passed_on=NAME)
    with database.unit_of_work() as db:
        cases.withdraw(db=db, vault=vault, case=case)
    assert identity_in(everything(database, vault)) == []
