"""The worker: `python -m webhook.tasks` runs it. Every task may run twice, at once and in any order.

The queue carries no word and no id: a task only says that there is something to do. What there is to do stands in the
database and in the local journal, so a lost task costs at most the minute until the next round.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey, crontab

from webhook import answering, metrics_server, sending, shop, upkeep, words
from webhook.cases import redaction_names
from webhook.database import DatabaseUnavailable
from webhook.gateway import default_gateway
from webhook.logs import configure, logger
from webhook.settings import Settings, get_settings, prepare_var
from webhook.stepping import reading
from webhook.translation import work as translating

log = logger(__name__)

THREADS = 4
NAME = "care_advice"


def make_queue(settings: Settings) -> Huey:
    """The queue the settings name: Redis, or an SQLite file beside the other state."""
    if settings.redis_url:
        return RedisHuey(NAME, url=settings.redis_url, results=False)
    prepare_var(settings)
    return SqliteHuey(NAME, filename=str(settings.huey_path), results=False)


queue = make_queue(get_settings())


def _calmly(work: Callable[[], Any], name: str) -> None:
    """Do the work; what cannot be done now is left for the next round, and keeps nothing else of this one waiting."""
    try:
        work()
    except DatabaseUnavailable:
        log.warning("task_put_off", task=name)
    except Exception as fault:
        log.error("task_failed", task=name, exc_info=fault)


@queue.task()  # type: ignore[untyped-decorator]  # huey has no types
def answer_waiting() -> None:
    """Answer the messages that wait, then send what comes of it."""
    _calmly(lambda: answering.answer_waiting(default_gateway()), "answer_waiting")


@queue.task()  # type: ignore[untyped-decorator]
def send_replies() -> None:
    """Send what is queued for SMS and WhatsApp."""
    _calmly(lambda: sending.send_waiting(default_gateway()), "send_replies")


@queue.task()  # type: ignore[untyped-decorator]
def drain_spool() -> None:
    """Take the local journal over into the database."""
    _calmly(lambda: answering.drain(default_gateway()), "drain_spool")


@queue.task()  # type: ignore[untyped-decorator]
def erase() -> None:
    """Ask the stores that have still to forget somebody."""
    _calmly(lambda: upkeep.run_erasures(default_gateway()), "erase")


@queue.task()  # type: ignore[untyped-decorator]
def tell_shop() -> None:
    """Bring alerts before SHOP, and send the notices that wait."""
    _calmly(lambda: shop.tell(default_gateway()), "tell_shop")


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def round_of_the_minute() -> None:
    """Everything once a minute, whatever nudges were lost."""
    gateway = default_gateway()
    _calmly(lambda: answering.drain(gateway), "drain_spool")
    _calmly(lambda: answering.answer_waiting(gateway), "answer_waiting")
    _calmly(lambda: sending.send_waiting(gateway), "send_replies")
    _calmly(lambda: upkeep.run_erasures(gateway), "erase")


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def round_of_alarms() -> None:
    """What SHOP must be told, once a minute, apart from the rest: neither waits for the other."""
    _calmly(lambda: shop.tell(default_gateway()), "tell_shop")


@queue.task()  # type: ignore[untyped-decorator]
def translate() -> None:
    """Translate what officers wait for, then answers ahead of their questions."""
    _calmly(lambda: translating.work(default_gateway()), "translate")


@queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def round_of_translation() -> None:
    """The same, once a minute. It takes one thread at most, whatever a model does."""
    _calmly(lambda: translating.work(default_gateway()), "translate")


@queue.periodic_task(crontab(minute="20", hour="3"))  # type: ignore[untyped-decorator]
def purge() -> None:
    """Hold every table to its time, once a day."""
    _calmly(lambda: upkeep.purge(default_gateway()), "purge")


class QueuedJobs:
    """Nudges through the queue. A queue that is away is no reason to fail: the round of the minute finds the rows."""

    def answer(self) -> None:
        """There is a message to answer."""
        self._nudge(answer_waiting)

    def send(self) -> None:
        """There is a message to send."""
        self._nudge(send_replies)

    def drain(self) -> None:
        """There is something in the local journal."""
        self._nudge(drain_spool)

    def erase(self) -> None:
        """Somebody's data is to be erased."""
        self._nudge(erase)

    def notify(self) -> None:
        """SHOP may have to be told of something."""
        self._nudge(tell_shop)

    def translate(self) -> None:
        """There are words to translate for an officer."""
        self._nudge(translate)

    def _nudge(self, task: Callable[[], Any]) -> None:
        try:
            task()
        except Exception as fault:  # noqa: BLE001 - Redis and SQLite fail in many ways, all of them bearable here
            log.warning("nudge_lost", error=type(fault).__name__)


def main() -> int:
    """Run the worker until it is told to stop."""
    settings = get_settings()
    prepare_var(settings)
    configure(level=settings.log_level)
    words.preload()
    redaction_names.preload()
    _calmly(reading.warm_up, "warm_up")
    metrics_server.start(default_gateway(), settings.worker_metrics_port)
    logging.getLogger("huey").setLevel(logging.WARNING)
    # What was left from the last run does not wait for the minute.
    for task in (drain_spool, tell_shop, answer_waiting, send_replies, erase):
        task()
    consumer = queue.create_consumer(
        workers=THREADS, worker_type="thread", periodic=True, initial_delay=0.05, max_delay=0.5, backoff=1.15
    )
    consumer.run()
    return 0


if __name__ == "__main__":
    # A task travels under the name of its module. Here that would be "__main__", which nobody queues it under.
    from webhook import tasks

    sys.exit(tasks.main())
