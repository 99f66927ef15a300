"""The worker's tasks: safe to run twice, silent about content, calm when the database or the queue is away."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from huey import RedisHuey, SqliteHuey

from knowledge.files import ROOT
from tests.webhook.parts import DANGER, NUMBER, PlayedRasa, post_sms, without_database
from tests.webhook.twilio_server import Twilio
from webhook import tasks
from webhook.gateway import Gateway
from webhook.settings import Settings

EVERY_TASK = (
    tasks.answer_waiting,
    tasks.send_replies,
    tasks.drain_spool,
    tasks.erase,
    tasks.tell_shop,
    tasks.round_of_alarms,
    tasks.round_of_the_minute,
    tasks.purge,
)


@pytest.fixture(autouse=True)
def this_gateway(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "default_gateway", lambda: gateway)


def run_everything_twice() -> None:
    for task in (*EVERY_TASK, *EVERY_TASK):
        task.call_local()


def test_every_task_may_run_twice_and_nothing_is_said_twice(
    client: TestClient, twilio: Twilio, rasa: PlayedRasa
) -> None:
    post_sms(client, "SM1", "what is the minimum wage")
    run_everything_twice()
    assert twilio.bodies() == ["Answer to what is the minimum wage"]
    assert len(rasa.asked) == 1


def test_the_round_of_the_minute_does_without_any_nudge(client: TestClient, twilio: Twilio) -> None:
    post_sms(client, "SM1", "what is the minimum wage")
    tasks.round_of_the_minute.call_local()
    assert twilio.bodies() == ["Answer to what is the minimum wage"]


def test_without_the_database_every_task_puts_its_work_off(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch, written: io.StringIO
) -> None:
    away = without_database(gateway)
    monkeypatch.setattr(tasks, "default_gateway", lambda: away)
    run_everything_twice()
    assert "task_failed" not in written.getvalue()


def test_what_fails_in_a_round_keeps_nothing_else_of_it_waiting(
    client: TestClient, twilio: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(tasks.answering, "drain", disk_full)
    post_sms(client, "SM1", "what is the minimum wage")
    tasks.round_of_the_minute.call_local()
    assert twilio.bodies() == ["Answer to what is the minimum wage"]


def test_every_task_is_registered_with_the_worker() -> None:
    registered = tasks.queue._registry._registry
    assert {task.task_class.__name__ for task in EVERY_TASK} <= {name.rsplit(".", 1)[-1] for name in registered}


def test_the_worker_as_it_is_started_knows_every_task_by_the_name_others_queue_it_under() -> None:
    """A task is found by the name of its module, which is another where that module is the program itself."""
    code = (
        "import json, runpy\n"
        "from huey.consumer import Consumer\n"
        "Consumer.run = lambda self: print(json.dumps(sorted(self.huey._registry._registry)))\n"
        "try:\n"
        "    runpy.run_module('webhook.tasks', run_name='__main__')\n"
        "except SystemExit:\n"
        "    pass\n"
    )
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert json.loads(started.stdout.splitlines()[-1]) == sorted(tasks.queue._registry._registry)


def test_nudges_carry_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = tasks.QueuedJobs()
    tasks.queue.flush()
    for nudge in (jobs.answer, jobs.send, jobs.drain, jobs.erase, jobs.notify):
        nudge()
    waiting = tasks.queue.pending()
    assert len(waiting) == 5
    assert all(task.args == () and task.kwargs == {} for task in waiting)
    tasks.queue.flush()


def test_a_queue_that_is_away_costs_no_answer(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionError("refused")

    monkeypatch.setattr(tasks.queue, "enqueue", away)
    jobs = tasks.QueuedJobs()
    for nudge in (jobs.answer, jobs.send, jobs.drain, jobs.erase, jobs.notify):
        nudge()


def test_the_queue_is_a_file_of_ours_or_redis(tmp_path: Path) -> None:
    by_file = tasks.make_queue(Settings(var=tmp_path / "var"))
    assert isinstance(by_file, SqliteHuey)
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
    assert isinstance(tasks.make_queue(Settings(var=tmp_path, redis_url="redis://127.0.0.1:9/0")), RedisHuey)


def test_neither_words_nor_number_stand_in_the_clear_in_any_file(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, tmp_path: Path
) -> None:
    post_sms(client, "SM1", "canarywords in a question")
    post_sms(client, "SM2", f"canarywords {DANGER}")
    rasa.down = True
    post_sms(client, "SM3", "canarywords again")
    tasks.answer_waiting.call_local()
    contents = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"canarywords" not in contents
    assert NUMBER[1:].encode() not in contents
