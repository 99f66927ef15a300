"""Which messages got emergency words without the database: a doubled 999 is preferred to none."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from webhook import told_already
from webhook.database import utc_now
from webhook.told_already import ToldAlready


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spool" / "told"


def test_a_message_is_told_once_also_by_another_process(path: Path) -> None:
    assert ToldAlready(path, b"k").first_time("SM1")
    assert not ToldAlready(path, b"k").first_time("SM1")
    assert ToldAlready(path, b"k").first_time("SM2")


def test_ten_simultaneous_repeats_are_told_once(path: Path) -> None:
    together = threading.Barrier(10)

    def tell(_: int) -> bool:
        together.wait()
        return ToldAlready(path, b"k").first_time("SM1")

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(tell, range(10))) == 1


def test_the_file_holds_no_message_id(path: Path) -> None:
    ToldAlready(path, b"k").first_time("SMcanary")
    assert b"canary" not in path.read_bytes()


def test_a_torn_or_spoiled_file_spoils_only_its_own_line(path: Path) -> None:
    told = ToldAlready(path, b"k")
    told.first_time("SM1")
    with path.open("ab") as file:
        file.write(b"\xff\x00 garbage\n17")
    assert not told.first_time("SM1")
    assert told.first_time("SM2")
    assert not told.first_time("SM2")


def test_a_list_that_cannot_be_kept_tells_again(path: Path, tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file in the way")
    told = ToldAlready(path, b"k")
    assert told.first_time("SM1")
    assert told.first_time("SM1")


def test_the_list_forgets_by_age_and_stays_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_already, "COMPACT_BYTES", 500)
    told, start = ToldAlready(path, b"k"), utc_now() - timedelta(days=3)
    for number in range(100):
        told.first_time(f"old{number}", now=start + timedelta(minutes=number))
    now = start + timedelta(days=2)
    assert told.first_time("new", now=now)
    assert path.stat().st_size < 300
    assert not told.first_time("new", now=now)
    assert told.purge(now=now + timedelta(days=2)) == 1
    assert path.read_bytes() == b""


def test_words_that_never_left_are_given_to_a_later_repeat(path: Path) -> None:
    told, now = ToldAlready(path, b"k"), utc_now()
    assert told.first_time("SM1", confirmed_later=True, now=now)
    assert not told.first_time("SM1", confirmed_later=True, now=now + timedelta(seconds=5)), "on their way"
    assert told.first_time("SM1", confirmed_later=True, now=now + timedelta(seconds=15))
    told.confirm("SM1", now=now + timedelta(seconds=15))
    assert not told.first_time("SM1", confirmed_later=True, now=now + timedelta(seconds=60))
