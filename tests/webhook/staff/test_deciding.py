"""Who the worker is stays sealed; handing on keeps to the worker's word; deciding is recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from knowledge.phrases import phrase
from tests.webhook.cases.rooms import Receive, raise_one
from tests.webhook.staff.people import Browser, acts, code_entered_long_ago, signed_in, told
from webhook.accounts.roles import Role
from webhook.cases import hand_ons, notes
from webhook.cases import service as cases
from webhook.cases.contact import is_this_channel
from webhook.cases.desk_models import CaseHandOn
from webhook.cases.models import Case, CaseChoice
from webhook.cases.telltales import telltales
from webhook.conversations.models import Conversation, Message
from webhook.database import Database
from webhook.privacy.erasure import request_erasure
from webhook.privacy.vault import Vault

NUMBER, NAME = "+447700900123", "Lakshmi Canarywala"
CONTACT = cases.SafeContact(
    way="in this chat", where="the number of this chat", time="after eight", safe_word="sunflower"
)
REASON = "He said that he will kill her tonight."
SUMMARY = "A worker told us that a weapon is there. Please call SHOP."


@pytest.fixture
def here(database: Database, vault: Vault, receive: Receive) -> str:
    raise_one(database, vault, receive)
    cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work() as db:
        receive(db, "SM2", "yes you may tell the police")
    return f"/cases/{the_case(database).reference}"


@pytest.fixture
def share(database: Database, vault: Vault, here: str) -> Callable[[], None]:
    def it() -> None:
        with database.unit_of_work() as db:
            case = db.scalars(select(Case)).one()
            cases.record_choice(
                db=db, vault=vault, case=case, choice=cases.Choice.SHARE, identity=cases.Identity(NAME, CONTACT)
            )

    return it


@pytest.fixture
def officer(app: FastAPI, database: Database, vault: Vault, here: str) -> Browser:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"{here}/claim")
    return somebody


def the_case(database: Database) -> Case:
    with database.unit_of_work(read_only=True) as db:
        return db.scalars(select(Case)).one()


def test_what_is_not_shared_stays_sealed(officer: Browser, here: str, database: Database) -> None:
    assert told(officer.post(f"{here}/identity")) == "not_shared"
    assert "identity_shown" not in acts(database)


def test_what_is_shared_is_shown_on_asking_and_written_down_and_can_no_longer_be_withdrawn(
    officer: Browser, here: str, share: Callable[[], None], database: Database, vault: Vault
) -> None:
    share()
    for address in (here, "/cases", f"{here}/identity"):
        shown = officer.get(address).text
        assert NAME not in shown
        assert "sunflower" not in shown
    shown = officer.post(f"{here}/identity").text
    for value in (NAME, "after eight", "sunflower", NUMBER):
        assert value in shown
    assert "identity_shown" in acts(database)
    assert "Who the worker is was shown to an officer." in officer.get(here).text
    with database.unit_of_work() as db, pytest.raises(cases.ChoiceAlreadyRead):
        cases.withdraw(db=db, vault=vault, case=db.scalars(select(Case)).one())


def test_until_it_is_shown_the_worker_can_take_it_back_even_when_the_case_was_taken(
    officer: Browser, here: str, share: Callable[[], None], database: Database, vault: Vault
) -> None:
    share()
    officer.get(here)
    with database.unit_of_work() as db:
        cases.withdraw(db=db, vault=vault, case=db.scalars(select(Case)).one())
    assert told(officer.post(f"{here}/identity")) == "not_shared"


def test_the_number_of_the_chat_is_shown_in_whatever_language_the_worker_named_it(
    officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    with database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        contact = cases.SafeContact(way=phrase("share_way_text", "hi"), where=phrase("share_this_number", "hi"))
        cases.record_choice(
            db=db,
            vault=vault,
            case=case,
            choice=cases.Choice.SHARE,
            identity=cases.Identity(NAME, contact),
            language="hi",
        )
        assert case.language == "en", "it was opened before the language was chosen"
        assert is_this_channel(contact, "sms")
        assert not is_this_channel(contact, "web")
    assert NUMBER in officer.post(f"{here}/identity").text


def test_a_number_is_not_part_of_what_is_shared_unless_the_worker_gave_it(
    officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    with database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        cases.record_choice(db=db, vault=vault, case=case, choice=cases.Choice.SHARE, identity=cases.Identity(NAME))
    shown = officer.post(f"{here}/identity").text
    assert NAME in shown
    assert NUMBER not in shown


def test_identity_and_exports_need_a_fresh_code(
    officer: Browser, here: str, share: Callable[[], None], database: Database
) -> None:
    share()
    code_entered_long_ago(database)
    for answer in (officer.get(f"{here}/identity"), officer.post(f"{here}/identity")):
        assert answer.headers["location"] == f"/code?next={here}/identity"
    assert "identity_shown" not in acts(database)


def test_an_officer_cannot_open_it_for_danger_and_a_supervisor_needs_a_reason(
    app: FastAPI, officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    fields = {"danger": "life", "reason": REASON}
    assert officer.post(f"{here}/identity/danger", **fields).status_code == 403
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    assert told(supervisor.post(f"{here}/identity/danger", danger="life", reason="danger")) == "reason"
    assert supervisor.post(f"{here}/identity/danger", danger="curious", reason=REASON).status_code == 422
    assert "identity_shown" not in acts(database)
    assert NUMBER in supervisor.post(f"{here}/identity/danger", **fields).text
    assert "identity_shown" in acts(database)
    assert REASON in officer.get(here).text


def hand_on(somebody: Browser, here: str, to: str, **fields: str) -> object:
    return somebody.post(f"{here}/hand-on", to=to, sure="yes", **{"summary": SUMMARY, **fields})


def passed(database: Database) -> list[tuple[str, bool, str]]:
    with database.unit_of_work(read_only=True) as db:
        rows = db.scalars(select(CaseHandOn).order_by(CaseHandOn.id)).all()
        return [(row.body, row.with_identity, row.basis) for row in rows]


def test_the_page_of_bodies_says_immigration_plainly(officer: Browser, here: str) -> None:
    shown = officer.get(f"{here}/hand-on").text
    assert "Fair Work Agency" in shown
    assert "GLAA" not in shown.replace("(was GLAA", "")
    assert "Uses what it gets for immigration decisions." in shown
    assert "public authorities must notify the Home Office" in shown


def test_a_nameless_summary_goes_out_after_it_was_looked_at(officer: Browser, here: str, database: Database) -> None:
    drafted = officer.get(f"{here}/hand-on?to=police").text
    assert "A weapon is there or is threatened." in drafted
    assert NUMBER not in drafted
    looked = officer.post(f"{here}/hand-on", to="police", summary=SUMMARY + " She is from Kerala, at Rose Lodge.")
    assert "Kerala" in looked.text.split("could still give the worker away")[1]
    assert passed(database) == []
    hand_on(officer, here, "police")
    assert passed(database) == [("police", False, "nameless")]
    assert the_case(database).state == "handed_on"
    assert "handed_on" in acts(database)


@pytest.mark.parametrize("to", ["home_office", "sponsor_compliance", "nrm_referral"])
def test_the_home_office_is_told_nothing_without_the_workers_own_yes(
    officer: Browser, here: str, database: Database, to: str
) -> None:
    assert told(hand_on(officer, here, to)) == "consent"
    assert told(hand_on(officer, here, to, basis="worker_said_yes")) == "yes"
    assert told(hand_on(officer, here, to, basis="danger", reason=REASON)) == "consent"
    assert passed(database) == []
    hand_on(officer, here, to, basis="worker_said_yes", yes_words="Said yes by telephone with an interpreter.")
    assert passed(database) == [(to, False, "worker_said_yes")]


def test_identity_goes_along_only_when_it_is_shared_read_and_agreed_to_for_that_body(
    officer: Browser, here: str, share: Callable[[], None], database: Database
) -> None:
    with database.unit_of_work(read_only=True) as db:
        yes = str(db.scalars(select(Message.id).order_by(Message.id.desc())).first())
    agreed = {"identity": "yes", "basis": "worker_said_yes", "yes_message": yes}
    assert told(hand_on(officer, here, "police", **agreed)) == "nothing_to_pass_on"
    share()
    assert told(hand_on(officer, here, "police", **agreed)) == "nothing_to_pass_on", "nobody has read it yet"
    officer.post(f"{here}/identity")
    assert told(hand_on(officer, here, "police", identity="yes")) == "consent"
    assert told(hand_on(officer, here, "police", **{**agreed, "yes_message": "99999"})) == "yes"
    assert NAME in officer.get(f"{here}/hand-on?to=police&identity=yes").text
    hand_on(officer, here, "police", **agreed)
    assert passed(database) == [("police", True, "worker_said_yes")]


def test_for_danger_a_supervisor_with_a_reason_may(app: FastAPI, here: str, database: Database, vault: Vault) -> None:
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    supervisor.post(f"{here}/claim")
    assert told(hand_on(supervisor, here, "police", identity="yes", basis="danger")) == "reason"
    hand_on(supervisor, here, "police", identity="yes", basis="danger", reason=REASON)
    assert passed(database) == [("police", True, "danger")]


def test_what_was_written_is_shown_again_when_a_hand_on_does_not_go_through(officer: Browser, here: str) -> None:
    how = "On the telephone, with an interpreter."
    shown = hand_on(officer, here, "home_office", summary="A summary of many words.", yes_words=how)
    assert shown.status_code == 422
    assert "A summary of many words." in shown.text
    assert how in shown.text
    long = "x" * (hand_ons.LONGEST + 1)
    assert long in hand_on(officer, here, "police", summary=long).text


def test_a_supervisor_begins_a_hand_on_with_identity_for_danger_where_nothing_is_shared(
    app: FastAPI, officer: Browser, here: str, database: Database, vault: Vault
) -> None:
    address = f"{here}/hand-on?to=police&identity=yes"
    assert "The worker shares nothing that says who they are" in officer.get(address).text
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    shown = supervisor.get(address).text
    assert "Who the worker is: " in shown
    assert "For danger to life or a child: the reason" in shown


@pytest.mark.parametrize("act", ["close", "release"])
def test_a_worker_who_is_there_is_told_when_the_officer_leaves(
    officer: Browser, here: str, database: Database, act: str
) -> None:
    officer.post(f"{here}/take-over")
    officer.post(f"{here}/{act}", reason="helped")
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation.taken_over)).all() == [False]
        assert len(db.scalars(select(Message).where(Message.direction == "out")).all()) == 2, "here, and gone"


def test_the_duty_to_notify_goes_out_without_a_name_and_without_a_yes(
    officer: Browser, here: str, database: Database
) -> None:
    hand_on(officer, here, "duty_to_notify")
    assert passed(database) == [("duty_to_notify", False, "nameless")]


def test_the_page_is_taken_out_as_one_page_of_pdf_and_as_text_and_both_are_written_down(
    officer: Browser, here: str, database: Database
) -> None:
    hand_on(officer, here, "police", summary=f"{SUMMARY} മലയാളം\n" + "A line of the summary.\n" * 60)
    with database.unit_of_work(read_only=True) as db:
        uid = db.scalars(select(CaseHandOn.uid)).one()
    pdf = officer.get(f"{here}/hand-on/{uid}.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.content.count(b"/Type /Page\n") == 1
    assert pdf.headers["content-disposition"].startswith("attachment")
    assert "മലയാളം" in officer.get(f"{here}/hand-on/{uid}.txt").text
    assert acts(database).count("summary_exported") == 2
    assert officer.get(f"{here}/hand-on/{'0' * 32}.pdf").status_code == 404


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("since 3 March", "a date"),
        ("on Tuesday", "a day or time"),
        ("in Smethwick", "a place"),
        ("near B66 4XX", "a place"),
        ("works at Rose Lodge", "an employer"),
        ("the only woman there", "a job"),
        ("a Zimbabwean", "a country or language"),
        ("paid 9000", "a number"),
    ],
)
def test_what_could_give_a_worker_away_is_found(text: str, kind: str) -> None:
    assert [each.kind for each in telltales(text)] == [kind]


def test_a_summary_without_such_words_gets_no_warning() -> None:
    assert telltales(SUMMARY) == []


def test_a_case_is_closed_with_its_reason_and_changes_no_more(officer: Browser, here: str, database: Database) -> None:
    with database.unit_of_work() as db:
        db.execute(update(Conversation).values(taken_over=True))
    assert officer.post(f"{here}/close", reason="same_conversation").status_code == 422
    officer.post(f"{here}/close", reason="helped")
    case = the_case(database)
    assert (case.state, case.close_reason, case.claimed_by) == ("closed", "helped", None)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation.taken_over)).all() == [False]
    for act, fields in (("claim", {}), ("notes", {"note": "x"}), ("close", {"reason": "helped"})):
        assert told(officer.post(f"{here}/{act}", **fields)) == "closed"
    assert "The worker got help." in officer.get(here).text


def test_a_worker_who_deletes_everything_takes_identity_out_of_notes_and_summaries_too(
    officer: Browser, here: str, share: Callable[[], None], database: Database, vault: Vault
) -> None:
    share()
    officer.post(f"{here}/identity")
    officer.post(f"{here}/notes", note=f"Spoke with {NAME} today")
    hand_on(
        officer, here, "police", identity="yes", basis="worker_said_yes", summary=f"Her name is {NAME}.",
        yes_words="Said yes in the chat, see the messages.",
    )  # fmt: skip
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        request_erasure(db=db, vault=vault, conversation=conversation, stores=["tracker"])
    with database.unit_of_work(read_only=True) as db:
        case = db.scalars(select(Case)).one()
        kept = [each.words for each in notes.of(db=db, vault=vault, case=case)]
        kept += [each.summary for each in hand_ons.of(db=db, vault=vault, case=case)]
        assert db.scalars(select(CaseChoice.passed_on)).all() == [None]
    assert kept
    assert not any("Lakshmi" in words or "Canarywala" in words for words in kept)
