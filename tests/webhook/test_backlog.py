"""What waits is counted, so that it is seen when it grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from webhook import backlog, metrics
from webhook.conversations import service
from webhook.database import Database, DatabaseUnavailable, utc_now
from webhook.journal import Journal
from webhook.privacy.erasure import request_erasure
from webhook.privacy.vault import Vault
from webhook.settings import get_settings
from webhook.spool import Spool


@pytest.fixture
def spool(tmp_path: Path, vault: Vault) -> Spool:
    return Spool(Journal(tmp_path / "spool", "spool", max_bytes=100_000), vault.text_keys)


def shown() -> dict[str, float]:
    lines = [line.split() for line in metrics.page().decode().splitlines() if not line.startswith("#")]
    return {
        name: float(value) for name, value in lines if name.startswith(("advice_waiting", "advice_ov", "advice_sp"))
    }


def test_everything_that_waits_is_counted(
    database: Database, vault: Vault, receive: Callable[..., object], spool: Spool
) -> None:
    long_ago = utc_now() - timedelta(days=get_settings().text_days + 1)
    with database.unit_of_work() as db:
        receive(db, "SM1", received_at=long_ago)
        receive(db, "SM2", answered=True)
        service.raise_alert(db=db, uid="u", level="emergency", channel="sms")
        _, conversation = service.open_web_session(db=db, vault=vault)
        request_erasure(db=db, vault=vault, conversation=conversation, stores=["tracker", "twilio"])
    spool.write("inbound", {})
    backlog.measure(database, spool)
    now = shown()
    assert now["advice_waiting_messages"] == 1
    assert now["advice_waiting_alerts"] == 1
    assert now["advice_waiting_erasures"] == 2
    assert now["advice_overdue_texts"] == 1
    assert now["advice_spool_bytes"] == spool.journal.size()


def test_without_the_database_the_journal_is_still_measured(tmp_path: Path, spool: Spool) -> None:
    spool.write("inbound", {})
    with pytest.raises(DatabaseUnavailable):
        backlog.measure(Database(f"postgresql://x@/x?host={tmp_path}"), spool)
    assert shown()["advice_spool_bytes"] == spool.journal.size()
