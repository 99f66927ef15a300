"""The checks as plain pages: one question on each, nothing kept, and the same finding as the rule's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from knowledge import clock
from knowledge.check_text import finding_text
from knowledge.page_words import page_words
from knowledge.questions.every_check import CHECKS
from knowledge.questions.onward import topic_of
from tests.webhook.public.filled_forms import Form
from webhook.conversations.models import Conversation, Message
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.public import check_fields
from webhook.public.check_state import TAG_BYTES
from webhook.public.switched_off import KnownOff
from webhook.switches.off import Off

TODAY = date(2026, 11, 21)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """One kind is enough: these pages write nothing."""
    database = Database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(TODAY):
        yield


def leave(client: TestClient, lang: str = "en") -> Form:
    form = Form(client, "leave", lang)
    form.day(1, 1, 2026)
    form.answer("days")
    form.answer("5")
    form.answer("no")
    form.answer("no")
    form.answer("10")
    return form


def test_a_check_ends_with_the_finding_of_its_rule_and_its_sums(client: TestClient) -> None:
    form = leave(client)
    form.answer("£500")
    given = {
        "year_start": "2026-01-01", "pattern": "days", "days_a_week": "5", "started": "", "left": "", "taken": "10",
        "week_pay": "500",
    }  # fmt: skip
    (finding,) = CHECKS["leave"].find(given, TODAY)
    told = finding_text("leave", finding)
    for said in (told.answer, *told.sums, *told.do, *told.help):
        assert said in form.text
    assert "x-robots-tag" in form.response.headers
    assert form.response.headers["x-robots-tag"] == "noindex"


def test_nothing_is_kept_and_no_answer_stands_in_an_address(client: TestClient, gateway: Gateway) -> None:
    form = leave(client)
    assert "set-cookie" not in form.response.headers
    assert form.response.headers["cache-control"] == "no-store"
    assert not form.response.history
    assert [a for a in re.findall(r'(?:href|action)="([^"]*)"', form.response.text) if "10" in a or "2026" in a] == []
    with gateway.database.unit_of_work(read_only=True) as db:
        assert db.query(Conversation).count() == db.query(Message).count() == 0


def test_an_answer_that_cannot_be_right_is_asked_again_with_the_reason(client: TestClient) -> None:
    form = Form(client, "leave")
    form.day(1, 1, 2026)
    form.answer("days")
    form.answer("9")
    assert form.question == "days_a_week"
    assert "A week is not so long." in form.text
    form.answer("many")
    assert form.question == "days_a_week"
    assert "Please send a number." in form.text
    form.answer("4")
    assert form.question == "started"


def test_an_empty_answer_and_a_day_that_is_none_are_told(client: TestClient) -> None:
    form = Form(client, "leave")
    form.post(act="next")
    assert "There is a problem" in form.text
    form.day(31, 2, 2026)
    assert "There is no such day" in form.text
    assert 'value="31"' in form.response.text


def test_what_nothing_can_be_told_without_is_asked_for_once_more(client: TestClient) -> None:
    form = Form(client, "leave")
    form.post(act="skip")
    assert (form.question, "We need the day on which the holiday year starts." in form.text) == ("year_start", True)
    form.post(act="skip")
    assert form.question is None
    assert "We cannot tell without this." in form.text
    assert "Acas" in form.text


def test_an_answer_is_changed_and_the_rest_stays(client: TestClient) -> None:
    form = leave(client)
    form.post(act="change:days_a_week")
    assert form.question == "days_a_week"
    form.answer("3")
    assert form.question == "week_pay"
    form.post(act="back")
    assert form.question is not None


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_can_be_passed_over_to_its_end(client: TestClient, check: str) -> None:
    form = Form(client, check)
    for _ in range(80):
        if form.question is None:
            break
        form.post(act="skip")
    assert "What we found" in form.text


@pytest.mark.parametrize("check", sorted(CHECKS))
@pytest.mark.parametrize("place", [0, -1])
def test_every_check_can_be_walked_by_its_first_and_its_last_choices(
    client: TestClient, check: str, place: int
) -> None:
    form = Form(client, check)
    for _ in range(80):
        if form.question is None:
            break
        before = form.question
        form.fill(place)
        if form.question == before:
            form.post(act="skip")
    assert "What we found" in form.text


def test_answers_that_were_changed_on_the_way_begin_again(client: TestClient) -> None:
    form = Form(client, "leave")
    form.day(1, 1, 2026)
    for state in ("", "x", form.state[:-4] + "AAAA", "A" * 4 * TAG_BYTES, "é"):
        said = client.post("/checks/leave", data={"act": "next", "state": state, "question": "pattern"}).text
        assert "Please begin again." in said
    other = client.post("/checks/breaks", data={"act": "next", "state": form.state, "question": "pattern"}).text
    assert "Please begin again." in other


def test_danger_now_puts_999_before_the_finding(client: TestClient) -> None:
    form = Form(client, "situation")
    for _ in range(20):
        if form.question is None:
            break
        form.fill_all()
    found = form.response.text.split("<main", 1)[1]
    assert "999" in found
    assert found.index("999") < found.index('class="lead"')


def test_the_dates_of_a_result_are_a_calendar_file_with_neutral_titles(client: TestClient) -> None:
    form = Form(client, "sponsor_timeline")
    form.answer("letter")
    form.day(10, 11, 2026)
    form.day(9, 1, 2027)
    form.day(1, 6, 2028)
    assert "calendar" in form.text
    file = client.post("/checks/sponsor_timeline/dates", data={"state": form.state})
    assert file.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in file.text
    assert not re.search("visa|sponsor|home office", file.text, re.IGNORECASE)


def test_of_a_check_whose_topic_is_off_no_dates_are_given(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form(client, "sponsor_timeline")
    form.answer("letter")
    form.day(10, 11, 2026)
    form.day(9, 1, 2027)
    form.day(1, 6, 2028)
    off = Off(topics=frozenset({topic_of(CHECKS["sponsor_timeline"])}))
    monkeypatch.setattr(KnownOff, "now", lambda *_: off)
    file = client.post("/checks/sponsor_timeline/dates", data={"state": form.state})
    assert (file.status_code, "BEGIN:VEVENT" in file.text) == (503, False)


@pytest.mark.parametrize(("lang", "says_so"), [("en", False), ("hi", True), ("ro", True), ("ml", False)])
def test_words_that_no_speaker_has_read_say_so_at_the_start_and_at_the_end(
    client: TestClient, lang: str, says_so: bool
) -> None:
    told = page_words(lang)["not_checked"]
    form = leave(client, lang)
    form.post("skip")
    assert 'class="lead"' in form.response.text
    for text in (client.get(f"/checks/leave?lang={lang}").text, form.response.text):
        assert (told in text) is says_so


def test_a_check_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.get("/checks/nothing").status_code == 404
    assert client.post("/checks/nothing", data={"act": "begin"}).status_code == 404


@pytest.mark.parametrize(
    ("year", "born", "wanted"),
    [("85", TODAY, 1985), ("5", TODAY, 2005), ("26", TODAY, 2026), ("85", None, 2085), ("1985", TODAY, 1985)],
)
def test_a_short_year_of_birth_is_one_that_has_been(year: str, born: date | None, wanted: int) -> None:
    filled = {"day-0": ["1"], "month-0": ["2"], "year-0": [year]}
    assert check_fields._day(filled, 0, born) == date(wanted, 2, 1)


@pytest.mark.parametrize("year", ["99999999999", "-5", "1e3", "०"])
def test_a_year_that_never_was_is_told_calmly(year: str) -> None:
    with pytest.raises(check_fields.NotFilled):
        check_fields._day({"day-0": ["30"], "month-0": ["2"], "year-0": [year]}, 0, TODAY)
