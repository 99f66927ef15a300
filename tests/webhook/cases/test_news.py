"""What SHOP is told of: whatever waits unread on a case, once until somebody has read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.webhook.cases.rooms import Receive, raise_one
from webhook.cases import service as cases
from webhook.cases.models import Case
from webhook.conversations.models import Conversation
from webhook.database import Database, utc_now
from webhook.notifications.models import Notice
from webhook.privacy.vault import Vault

What = Callable[[Session, Vault, Case, Conversation], object]


def shares(db: Session, vault: Vault, case: Case, conversation: Conversation) -> object:
    return cases.record_choice(
        db=db, vault=vault, case=case, choice=cases.Choice.SHARE, identity=cases.Identity("Lakshmi")
    )


def says_it_was_a_joke(db: Session, vault: Vault, case: Case, conversation: Conversation) -> object:
    return cases.note_joke(db=db, conversation=conversation)


def told(database: Database) -> list[str]:
    """What SHOP was told of, or is to be told."""
    with database.unit_of_work(read_only=True) as db:
        return list(db.scalars(select(Notice.kind).where(Notice.status != "cancelled").order_by(Notice.id)))


@pytest.fixture
def read_case(database: Database, vault: Vault, receive: Receive) -> None:
    """A case that an officer has read."""
    raise_one(database, vault, receive, level="high")
    cases.deliver_alerts(database=database, vault=vault)
    with database.unit_of_work() as db:
        cases.mark_opened(db=db, case=db.scalars(select(Case)).one(), staff="7")


@pytest.mark.usefixtures("read_case")
@pytest.mark.parametrize("what", [shares, says_it_was_a_joke])
def test_what_a_worker_does_after_their_case_was_read_is_told_once(
    database: Database, vault: Vault, receive: Receive, what: What
) -> None:
    assert told(database) == []
    with database.unit_of_work() as db:
        what(db, vault, db.scalars(select(Case)).one(), db.scalars(select(Conversation)).one())
    assert told(database) == ["news"]
    raise_one(database, vault, receive, sid="SM2", level="high")
    cases.deliver_alerts(database=database, vault=vault)
    assert told(database) == ["news"], "it waits unread, and that was told"
    raise_one(database, vault, receive, sid="SM3", level="emergency")
    cases.deliver_alerts(database=database, vault=vault)
    assert told(database) == ["news", "emergency"]


@pytest.mark.usefixtures("read_case")
def test_a_deletion_that_was_asked_after_the_case_was_read_is_told(database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        cases.note_erasure(db=db, vault=vault, conversation=db.scalars(select(Conversation)).one(), at=utc_now())
    assert told(database) == ["news"]
