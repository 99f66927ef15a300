"""What the worker translates, in the order in which people wait for it; one thread and one process at a time."""

from __future__ import annotations

import threading
import time

from webhook.gateway import Gateway
from webhook.translation import answers, case_words, replies
from webhook.translation.packages import installed
from webhook.translation.translator import Translator, default_translator

ROUND_SECONDS = 50.0
_at_work = threading.Lock()
_seen: dict[int, case_words.State] = {}


def work(gateway: Gateway, translator: Translator | None = None, seconds: float = ROUND_SECONDS) -> int:
    """Translate for so long at most; return how many texts were taken up. A second call meanwhile does nothing.

    A text on which the process dies stays a job. Raises DatabaseUnavailable.
    """
    if not _at_work.acquire(blocking=False):
        return 0
    try:
        if not installed():
            return 0
        chosen = translator or default_translator()
        done = _work(gateway, chosen, time.monotonic() + seconds)
        chosen.rest()
        return done
    finally:
        _at_work.release()


def _work(gateway: Gateway, translator: Translator, until: float) -> int:
    done = _replies(gateway, translator)
    for line in case_words.wanted(gateway.database, gateway.vault, seen=_seen):
        if not case_words.translate_line(gateway.database, gateway.vault, translator, line):
            return done
        done += 1 + _replies(gateway, translator)  # an officer who waits at the screen goes before
        if time.monotonic() > until:
            return done
    for language in answers.languages_served():
        with gateway.database.unit_of_work(read_only=True) as db:
            lines = list(answers.missing(db, language))
        for ours in lines:
            if time.monotonic() > until or not answers.translate_line(gateway.database, translator, ours, language):
                return done
            done += 1 + _replies(gateway, translator)
    return done


def _replies(gateway: Gateway, translator: Translator) -> int:
    with gateway.database.unit_of_work(read_only=True) as db:
        waiting = replies.waiting(db)
    for uid in waiting:
        replies.translate_reply(gateway.database, gateway.vault, translator, uid)
    return len(waiting)
