"""Statistics: nothing that could point at somebody, and nothing that a spreadsheet carries out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime, timedelta, timezone
from statistics import median

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from tests.webhook.staff.people import acts, code_entered_long_ago, signed_in
from webhook.accounts.roles import Role
from webhook.cases.models import Case
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.questions.models import QuestionCount
from webhook.staff import statistics as pages_of_statistics
from webhook.staff.app import create_app
from webhook.staff.settings import StaffSettings
from webhook.statistics import table
from webhook.statistics.counting import Statistics, statistics
from webhook.statistics.suppression import SMALLEST, hide_small, hide_with_total

NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
OCTOBER = datetime(2026, 10, 5, 12, tzinfo=timezone.utc)
TOKEN = "a-token-of-more-than-thirty-two-characters"
counts = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=7)


def fill(database: Database, *groups: tuple[int, datetime, str, str], first: int = 1) -> None:
    number = first - 1
    rows = []
    for count, at, level, language in groups:
        for _ in range(count):
            number += 1
            rows.append(
                {
                    "uid": f"{number:032}",
                    "reference": f"R{number}",
                    "name": f"Name {number}",
                    "cause": f"c{number}",
                    "why": "risk",
                    "channel": "sms",
                    "language": language,
                    "level": level,
                    "state": "new",
                    "choice": "none_yet",
                    "opened_at": at,
                    "first_read_at": at + timedelta(minutes=3),
                    "copied_up_to": 0,
                }
            )
    with database.unit_of_work() as db:
        db.execute(insert(Case), rows)


@given(counts)
def test_no_small_number_is_shown_or_can_be_worked_out_from_a_total(cells: dict[str, int]) -> None:
    shown = hide_with_total(cells)
    hidden = [cells[name] for name, count in shown.items() if count is None]
    assert all(count is None or count == 0 or count >= SMALLEST for count in shown.values())
    if hidden:
        alone = sum(1 for count in cells.values() if count) == len(hidden)
        assert alone or (len(hidden) >= 2 and sum(hidden) >= SMALLEST)


@given(counts)
def test_without_a_total_only_small_numbers_are_hidden(cells: dict[str, int]) -> None:
    for name, count in hide_small(cells).items():
        assert count == (None if 0 < cells[name] < SMALLEST else cells[name])


def test_one_hidden_cell_takes_the_next_smallest_with_it() -> None:
    assert hide_with_total({"a": 2, "b": 6, "c": 20}) == {"a": None, "b": None, "c": 20}
    assert hide_with_total({"a": 6, "b": 0, "c": 20}) == {"a": 6, "b": 0, "c": 20}


def test_a_hidden_month_shows_nothing_and_the_running_month_is_left_out(database: Database) -> None:
    fill(
        database,
        (30, OCTOBER, "high", "en"),
        (9, OCTOBER - timedelta(days=31), "high", "en"),
        (2, OCTOBER - timedelta(days=62), "high", "hi"),
        (50, NOW, "emergency", "en"),
    )
    with database.unit_of_work(read_only=True) as db:
        found = statistics(db=db, now=NOW)
    assert [(month.name, month.total) for month in found.months] == [
        ("2026-08", None), ("2026-09", None), ("2026-10", 30),
    ]  # fmt: skip
    assert all(not cells for month in found.months[:2] for cells in month.cells.values())
    assert found.total == 41
    assert found.months[2].cells["level"] == {"high": 30}
    assert found.months[2].median_minutes == 3


def test_the_page_asks_as_many_queries_however_many_cases_there_are(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    somebody = signed_in(app, database, vault, Role.AUDITOR)
    counts = []
    for first, count in ((1, 8), (9, 400)):
        fill(database, *((1, OCTOBER - timedelta(days=n % 300), "high", "en") for n in range(count)), first=first)
        asked.clear()
        assert somebody.get("/statistics").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 9
    assert sum("FROM case_signs" in each or "JOIN case_signs" in each for each in asked) == 1
    assert len([each for each in asked if "cases" in each]) == 2, "the first case's day, and one query that counts"


def test_nothing_is_counted_while_the_right_to_write_is_held(
    app: FastAPI, database: Database, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = signed_in(app, database, vault, Role.AUDITOR)

    def counting(*, db: Session) -> Statistics:
        with database.unit_of_work() as other:  # as a message that comes in meanwhile
            other.add(QuestionCount(month="2026-10", dimension="topic", value="payslip", conversations=9))
        return statistics(db=db, now=NOW)

    monkeypatch.setattr(pages_of_statistics, "counted", counting)
    assert somebody.get("/statistics").status_code == 200


@pytest.mark.parametrize("seconds", [[60, 120, 180, 300, 600], [60, 120, 180, 300, 360, 600]])
def test_the_median_is_that_of_the_minutes(database: Database, seconds: list[int]) -> None:
    fill(database, (len(seconds) + 1, OCTOBER, "high", "en"))
    with database.unit_of_work() as db:
        first, *others = db.scalars(select(Case).order_by(Case.id))
        first.first_read_at = None
        for waited, case in zip(seconds, others, strict=True):
            case.first_read_at = case.opened_at + timedelta(seconds=waited)
    with database.unit_of_work(read_only=True) as db:
        (month,) = statistics(db=db, now=NOW).months
    assert month.median_minutes == round(median(each / 60 for each in seconds))


def test_waits_are_rounded_up_so_that_a_second_more_than_five_minutes_is_more(database: Database) -> None:
    fill(database, (12, OCTOBER, "high", "en"))
    with database.unit_of_work() as db:
        for number, case in enumerate(db.scalars(select(Case).order_by(Case.id))):
            seconds = 300 if number < 6 else 301
            case.first_read_at = case.opened_at + timedelta(seconds=seconds)
    with database.unit_of_work(read_only=True) as db:
        (month,) = statistics(db=db, now=NOW).months
    assert month.cells["first_opening"] == {"within 5 minutes": 6, "within an hour": 6}
    assert month.median_minutes == 6


def test_topics_stand_on_the_page_by_their_titles_and_in_the_file(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    with database.unit_of_work() as db:
        for value, count in (("sick_pay", 7), ("payslip", 3)):
            db.add(QuestionCount(month="2026-10", dimension="topic", value=value, conversations=count))
        db.add(QuestionCount(month="2026-10", dimension="not_understood", value="hi", conversations=9))
    somebody = signed_in(app, database, vault, Role.AUDITOR)
    shown = somebody.get("/statistics").text.split("What workers ask")[1]
    assert "Sick pay" in shown
    assert "Hindi" in shown
    rows = list(csv.DictReader(io.StringIO(somebody.get("/statistics.csv").text)))
    assert [(row["dimension"], row["value"], row["cases"]) for row in rows] == [
        ("topic", "payslip", ""), ("topic", "sick_pay", "7"), ("not_understood", "hi", "9"),
    ]  # fmt: skip


def test_months_are_those_of_london(database: Database) -> None:
    fill(database, (6, datetime(2026, 9, 30, 23, 30, tzinfo=timezone.utc), "high", "en"))
    with database.unit_of_work(read_only=True) as db:
        assert [month.name for month in statistics(db=db, now=NOW).months] == ["2026-10"]


def test_csv_is_harmless_in_a_spreadsheet(database: Database) -> None:
    fill(database, (8, OCTOBER, "high", "=1+1"), (8, OCTOBER, "high", "@SUM(A1)"), (8, OCTOBER, "high", "-2"))
    with database.unit_of_work(read_only=True) as db:
        text = table.as_csv(statistics(db=db, now=NOW))
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in cells


def test_the_page_the_file_and_their_record(app: FastAPI, database: Database, vault: Vault) -> None:
    fill(database, (30, OCTOBER, "high", "en"), (3, OCTOBER, "emergency", "hi"))
    somebody = signed_in(app, database, vault, Role.AUDITOR)
    shown = somebody.get("/statistics").text
    assert "2026-10" in shown
    assert "hidden" in shown
    told = somebody.get("/statistics.csv")
    rows = Counter(row["shown"] for row in csv.DictReader(io.StringIO(told.text)))
    assert rows[table.NOT_SHOWN] >= 2
    assert [act for act in acts(database) if act.startswith("statistics")] == [
        "statistics_viewed", "statistics_exported",
    ]  # fmt: skip
    code_entered_long_ago(database)
    assert somebody.get("/statistics.csv").headers["location"].startswith("/code")


def test_the_feed_is_off_without_a_token_and_opens_only_to_it(
    app: FastAPI, gateway: Gateway, database: Database
) -> None:
    fill(database, (30, OCTOBER, "high", "en"))
    assert TestClient(app).get("/feed", headers={"Authorization": "Bearer "}).status_code == 403
    feed = TestClient(create_app(gateway, StaffSettings(feed_token=SecretStr(TOKEN))))
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {TOKEN}x"}):
        assert feed.get("/feed", headers=headers).status_code == 403
    assert feed.get(f"/feed?token={TOKEN}").status_code == 403
    told = feed.get("/feed", headers={"Authorization": f"Bearer {TOKEN}"}).json()
    assert {"month": "2026-10", "dimension": "level", "value": "high", "cases": 30, "shown": "yes"} in told
    assert acts(database) == ["feed_read"]
