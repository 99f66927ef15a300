"""What the tests of the gateway share: its own runtime folder, and a database of each kind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.webhook import postgres_cluster
from tests.webhook.parts import client, gateway, rasa, settings, twilio
from tests.webhook.postgres_cluster import Cluster
from tests.webhook.written_logs import written
from webhook.conversations import service
from webhook.conversations.models import Conversation, Message
from webhook.database import Base, Database, default_database
from webhook.migrations.run import migrate
from webhook.privacy.keyring import Keyring
from webhook.privacy.vault import Vault, default_vault
from webhook.settings import get_settings

__all__ = ["client", "gateway", "rasa", "settings", "twilio", "written"]
"""Fixtures of a whole gateway, for the tests that ask for them."""

NUMBER = "+447700900123"  # Ofcom keeps this range for drama


@pytest.fixture(autouse=True)
def _runtime_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give every test a runtime folder of its own and settings from nothing but defaults."""
    for name in list(os.environ):
        if name.startswith("CARE_ADVICE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CARE_ADVICE_VAR", str(tmp_path / "var"))
    for cached in (get_settings, default_database, default_vault):
        cached.cache_clear()
    yield
    for cached in (get_settings, default_database, default_vault):
        cached.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL server for the whole run. Fails, and does not skip, where none is installed."""
    with postgres_cluster.running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url(postgres: Cluster) -> str:
    """The address of a migrated PostgreSQL database."""
    url = postgres.create_database("advice")
    database = Database(url)
    migrate(database)
    database.dispose()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.empty_log()
    database.dispose()
    return path.read_bytes()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: bytes) -> str:
    """The address of an empty, migrated SQLite database."""
    path = tmp_path / "test.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database of each kind: every test that asks for it runs twice."""
    database = Database(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))
    yield database
    if request.param == "postgresql":
        with database.engine.begin() as connection:
            tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
            connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    database.dispose()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """Fresh random keys."""
    return Vault(
        pseudonym_key=os.urandom(32), sealing_keys=Keyring.new(), text_keys=Keyring.new(), session_key=os.urandom(32)
    )


@pytest.fixture
def open_conversation(vault: Vault) -> Callable[..., Conversation]:
    """Open the conversation of a number: ``open_conversation(db)``."""

    def open_it(db: Session, *, number: str = NUMBER, channel: str = "sms", **more: object) -> Conversation:
        pseudonym = vault.pseudonym(channel=channel, address=number)
        return service.find_or_open(
            db=db,
            vault=vault,
            pseudonym=pseudonym,
            channel=channel,
            number=number,
            **more,  # type: ignore[arg-type]
        )

    return open_it


@pytest.fixture
def receive(vault: Vault, open_conversation: Callable[..., Conversation]) -> Callable[..., Message | None]:
    """Keep a worker's message: ``receive(db, "SM1", "hello")``."""

    def receive_it(
        db: Session, provider_id: str, text: str = "hello", *, number: str = NUMBER, **more: object
    ) -> Message | None:
        return service.record_inbound(
            db=db,
            vault=vault,
            conversation=open_conversation(db, number=number),
            provider="twilio",
            provider_id=provider_id,
            content=service.Content(text),
            **more,  # type: ignore[arg-type]
        )

    return receive_it
