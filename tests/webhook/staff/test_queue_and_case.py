"""The queue and the page of a case: one officer at a time, nothing of who the worker is, every look written down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import event, select, update

from tests.webhook.cases.rooms import Receive, raise_one
from tests.webhook.staff.people import acts, signed_in, told, uid_of
from webhook.accounts.roles import Role
from webhook.cases import claims, queue
from webhook.cases import service as cases
from webhook.cases.enums import Act, State
from webhook.cases.models import Case, CaseEvent, CaseSign
from webhook.conversations.models import Conversation
from webhook.database import Database, utc_now
from webhook.notifications.models import Notice
from webhook.privacy.vault import Vault
from webhook.settings import get_settings

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def reference(database: Database, vault: Vault, receive: Receive) -> str:
    raise_one(database, vault, receive, text=f"he has a knife {SCRIPT}")
    with database.unit_of_work() as db:
        receive(db, "SM2", "ring me on 07700 900456")
    cases.deliver_alerts(database=database, vault=vault)
    return case_of(database).reference


def case_of(database: Database) -> Case:
    with database.unit_of_work(read_only=True) as db:
        return db.scalars(select(Case).order_by(Case.id)).all()[0]


def timeline_of(database: Database) -> list[str]:
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(CaseEvent.act).order_by(CaseEvent.id)))


def test_the_queue_shows_an_emergency_in_words_and_no_worker(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    shown = signed_in(app, database, vault, Role.OFFICER).get("/cases").text
    assert case_of(database).name in shown
    assert "An emergency waits that nobody has read." in shown
    assert "knife" not in shown
    assert "900456" not in shown


def test_the_page_of_a_case_shows_why_with_the_guidance_and_hides_numbers(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    shown = signed_in(app, database, vault, Role.OFFICER).get(f"/cases/{reference}").text
    assert "A weapon is there or is threatened." in shown
    assert "What to do:" in shown
    assert "he has a knife" in shown
    assert "900456" not in shown


def test_what_a_worker_writes_is_text_and_never_part_of_the_page(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"/cases/{reference}/claim")
    somebody.post(f"/cases/{reference}/notes", note=SCRIPT)
    for address in (f"/cases/{reference}", "/cases"):
        shown = somebody.get(address).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)" in somebody.get(f"/cases/{reference}").text


def test_looking_stops_no_alarm_and_taking_does(app: FastAPI, database: Database, vault: Vault, reference: str) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.get(f"/cases/{reference}")
    assert case_of(database).alarm_at is not None
    assert somebody.post(f"/cases/{reference}/claim").headers["location"] == f"/cases/{reference}"
    case = case_of(database)
    assert (case.alarm_at, case.state, case.claimed_by) == (None, State.OPEN, uid_of(database, Role.OFFICER))
    assert acts(database)[-2:] == ["case_viewed", "case_claimed"]


def test_of_two_officers_at_once_one_has_it(database: Database, vault: Vault, reference: str) -> None:
    def take(staff: str) -> bool:
        with database.unit_of_work() as db:
            case = cases.find(db=db, reference=reference)
            assert case is not None
            try:
                claims.claim(db=db, case=case, staff=staff, settings=get_settings())
            except claims.TakenByAnother:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, [f"officer{number}" for number in range(8)]))
    assert taken.count(True) == 1
    assert timeline_of(database).count(Act.CLAIMED) == 1


def test_who_comes_second_is_told_and_changes_nothing(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    first = signed_in(app, database, vault, Role.OFFICER)
    second = signed_in(app, database, vault, Role.OFFICER, number=2)
    first.post(f"/cases/{reference}/claim")
    assert second.post(f"/cases/{reference}/claim").headers["location"].endswith("told=taken")
    for act, fields in (("release", {}), ("notes", {"note": "mine now"}), ("signs", {"sign": "x", "right": "true"})):
        assert told(second.post(f"/cases/{reference}/{act}", **fields)) == "not_yours"
    assert "Another officer has just taken this case." in second.get(f"/cases/{reference}?told=taken").text
    assert case_of(database).claimed_by == uid_of(database, Role.OFFICER)


def test_a_case_put_back_can_be_taken_by_another(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    first = signed_in(app, database, vault, Role.OFFICER)
    first.post(f"/cases/{reference}/claim")
    first.post(f"/cases/{reference}/release")
    assert case_of(database).claimed_by is None
    second = signed_in(app, database, vault, Role.OFFICER, number=2)
    second.post(f"/cases/{reference}/claim")
    assert case_of(database).claimed_by == uid_of(database, Role.OFFICER, 2)


def test_a_case_left_alone_goes_back_rings_again_and_shop_is_told_once(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    signed_in(app, database, vault, Role.OFFICER).post(f"/cases/{reference}/claim")
    with database.unit_of_work() as db:
        db.execute(update(Conversation).values(taken_over=True))
    later = utc_now() + timedelta(minutes=get_settings().claim_emergency_minutes, seconds=1)
    assert claims.return_overdue(database) == 0
    assert claims.return_overdue(database, now=later) == 1
    assert claims.return_overdue(database, now=later) == 0
    case = case_of(database)
    assert case.claimed_by is None
    assert case.alarm_at is not None
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Notice.kind).where(Notice.kind == "returned")).all() == ["returned"]
        assert db.scalars(select(Conversation.taken_over)).all() == [False], "the worker is not left in silence"
    assert Act.RETURNED in timeline_of(database)


def test_a_supervisor_puts_a_case_back_for_others_and_it_rings_again(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    officer = signed_in(app, database, vault, Role.OFFICER)
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    officer.post(f"/cases/{reference}/claim")
    with database.unit_of_work() as db:
        db.execute(update(Conversation).values(taken_over=True))
    other = signed_in(app, database, vault, Role.OFFICER, 2)
    assert other.post(f"/cases/{reference}/release-for-others").status_code == 403
    assert "for others" not in other.get(f"/cases/{reference}").text
    assert "for others" in supervisor.get(f"/cases/{reference}").text
    supervisor.post(f"/cases/{reference}/release-for-others")
    case = case_of(database)
    assert (case.claimed_by, case.alarm_at is not None, case.news_at is not None) == (None, True, True)
    assert told(officer.post(f"/cases/{reference}/notes", note="still mine")) == "not_yours"
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(Conversation.taken_over)).all() == [False], "the worker is not left in silence"
    assert Act.RELEASED_FOR_OTHERS in timeline_of(database)
    assert acts(database).count("case_released_for_others") == 1
    supervisor.post(f"/cases/{reference}/release-for-others")
    assert acts(database).count("case_released_for_others") == 1, "nobody has it any more"
    other.post(f"/cases/{reference}/claim")
    assert case_of(database).claimed_by == uid_of(database, Role.OFFICER, 2)


def test_every_act_of_the_officer_moves_the_time_on(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"/cases/{reference}/claim")
    with database.unit_of_work() as db:
        db.execute(update(Case).values(claim_until=utc_now() + timedelta(seconds=30)))
    somebody.post(f"/cases/{reference}/notes", note="rang the safeguarding lead")
    until = case_of(database).claim_until
    assert until is not None
    assert until > utc_now() + timedelta(minutes=10)


def test_a_case_that_waits_for_the_worker_lies_still_until_the_worker_writes(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    signed_in(app, database, vault, Role.OFFICER).post(f"/cases/{reference}/claim")
    later = utc_now() + timedelta(days=2)
    with database.unit_of_work() as db:
        db.execute(update(Case).values(state=State.WAITING_FOR_WORKER))
    assert claims.return_overdue(database, now=later) == 0
    with database.unit_of_work() as db:
        db.execute(update(Case).values(news_at=utc_now()))
    assert claims.return_overdue(database, now=later) == 1


def test_notes_are_encrypted_and_read_again(app: FastAPI, database: Database, vault: Vault, reference: str) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"/cases/{reference}/claim")
    somebody.post(f"/cases/{reference}/notes", note="rang the landlordperson")
    assert "rang the landlordperson" in somebody.get(f"/cases/{reference}").text
    with database.engine.connect() as connection:
        assert b"landlordperson" not in connection.exec_driver_sql("SELECT words FROM case_notes").scalars().one()


def test_a_sign_is_marked_and_the_mark_can_be_changed(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.post(f"/cases/{reference}/claim")
    with database.unit_of_work(read_only=True) as db:
        sign = db.scalars(select(CaseSign.uid)).one()
    for right, words in (("false", "wrongly read"), ("true", "rightly read")):
        somebody.post(f"/cases/{reference}/signs", sign=sign, right=right)
        assert f"<strong>{words}</strong>" in somebody.get(f"/cases/{reference}").text
    assert case_of(database).level == "emergency"


@pytest.mark.parametrize("said", ["SW-0000-00", "nonsense", "sw 0000", "' OR 1=1 --", "SW-ZZZZ-ZZ"])
def test_a_reference_that_is_not_there_and_one_that_is_none_look_the_same(
    app: FastAPI, database: Database, vault: Vault, reference: str, said: str
) -> None:
    answer = signed_in(app, database, vault, Role.OFFICER).get(f"/cases/{said}")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_a_page_that_renews_itself_is_written_down_once_and_keeps_no_session_open(
    app: FastAPI, database: Database, vault: Vault, reference: str
) -> None:
    from webhook.accounts.models import StaffSession

    somebody = signed_in(app, database, vault, Role.OFFICER)
    somebody.get("/cases")
    long_ago = utc_now() - timedelta(minutes=20)
    with database.unit_of_work() as db:
        db.execute(update(StaffSession).values(seen_at=long_ago))
    for address in ("/cases", f"/cases/{reference}"):
        assert somebody.client.get(address, headers={"HX-Request": "true"}).status_code == 200
    assert acts(database).count("queue_viewed") == 1
    assert "case_viewed" not in acts(database)
    with database.unit_of_work(read_only=True) as db:
        assert db.scalars(select(StaffSession.seen_at)).all() == [long_ago]


def test_filters_live_in_the_address_and_nonsense_is_left_out() -> None:
    wanted = queue.Wanted.read({"level": "high", "who": "mine", "page": "2", "choice": "x' OR 1", "language": "<b>"})
    assert wanted.address() == "level=high&who=mine&page=2"
    assert queue.Wanted.read({"page": "-1"}).page == 1


def test_the_gravest_stands_first_then_who_has_waited_longest(
    app: FastAPI, database: Database, vault: Vault, receive: Receive
) -> None:
    for number, level in enumerate(("high", "emergency", "high")):
        raise_one(database, vault, receive, sid=f"SM{number}", level=level, number=f"+44770090012{number}")
        cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work(read_only=True) as db:
        listed = queue.listed(db=db, vault=vault, wanted=queue.Wanted(), staff="me")
        assert [row.level for row in listed.rows] == ["emergency", "high", "high"]
        assert listed.rows[1].waiting >= listed.rows[2].waiting
        some = queue.listed(db=db, vault=vault, wanted=queue.Wanted(level="high"), staff="me")
        assert (some.total, len(some.rows)) == (2, 2)
        nobodys = queue.listed(db=db, vault=vault, wanted=queue.Wanted(who="mine"), staff="me")
        assert nobodys.total == 0


def test_the_reference_finds_every_word_in_any_case(app: FastAPI, database: Database, vault: Vault) -> None:
    somebody = signed_in(app, database, vault, Role.OFFICER)
    assert "Assessing accommodation standards" in somebody.get("/reference?q=OVERCROWDING rooms").text
    assert "0 found" in somebody.get("/reference?q=zebra").text
    assert "Fair Work Agency" in somebody.get("/reference/agencies").text
    assert somebody.get("/reference/..%2Fagencies").status_code == 404
    assert somebody.get("/reference/no_such_page").status_code == 404


def test_a_page_of_the_queue_asks_the_database_as_often_for_many_cases_as_for_few(
    app: FastAPI, database: Database, vault: Vault, receive: Receive
) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    somebody = signed_in(app, database, vault, Role.OFFICER)
    counts = []
    for number in range(12):
        raise_one(database, vault, receive, sid=f"SM{number}", level="high", number=f"+447700900{100 + number}")
        if number in (1, 11):
            cases.deliver_alerts(database=database, vault=vault)
            asked.clear()
            assert somebody.get("/cases").status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
