"""The local journal: nothing lost, nothing twice, whatever dies, whoever writes, however full the disk."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webhook.conversations import service
from webhook.conversations.models import Alert, Conversation, DrainedRecord, Message
from webhook.database import Database, utc_now
from webhook.journal import RESERVE_BYTES, Journal, SpoolFull, SpoolUnavailable, read_lines
from webhook.privacy.keyring import Keyring
from webhook.privacy.vault import Vault
from webhook.settings import get_settings
from webhook.spool import Spool, SpoolRecord
from webhook.spool_records import handlers, spool_alert, spool_inbound

ROOT = Path(__file__).parents[2]
NUMBER = "+447700900123"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def spool(folder: Path, vault: Vault) -> Spool:
    return Spool(Journal(folder, "spool", max_bytes=1_000_000), vault.text_keys)


class Seen:
    """A handler that remembers, and may fail."""

    def __init__(self, *, failing: int = 0) -> None:
        self.bodies: list[int] = []
        self.failing = failing

    def __call__(self, db: Session, record: SpoolRecord) -> None:
        if self.failing:
            self.failing -= 1
            raise ValueError("not now")
        self.bodies.append(record.body["n"])

    @property
    def by_kind(self) -> dict[str, Seen]:
        return {"inbound": self}


def inbound(spool: Spool, vault: Vault, provider_id: str = "SM1", **more: object) -> None:
    values: dict[str, object] = {
        "channel": "sms",
        "pseudonym": vault.pseudonym(channel="sms", address=NUMBER),
        "provider": "twilio",
        "provider_id": provider_id,
        "content": service.Content("my words"),
        "number": NUMBER,
    }
    spool_inbound(spool, vault, **{**values, **more})  # type: ignore[arg-type]


def test_what_was_written_is_taken_over_once_and_in_order(spool: Spool, database: Database) -> None:
    for n in range(5):
        spool.write("inbound", {"n": n})
    seen = Seen()
    assert spool.drain(database, seen.by_kind).taken_over == 5
    assert seen.bodies == list(range(5))
    assert spool.is_empty()
    assert spool.drain(database, seen.by_kind).taken_over == 0


def test_no_word_and_no_number_stands_in_the_files(spool: Spool, vault: Vault, folder: Path) -> None:
    inbound(spool, vault)
    data = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"my words" not in data
    assert b"7700900123" not in data
    assert vault.pseudonym(channel="sms", address=NUMBER).encode() not in data
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_record_cut_anywhere_spoils_only_itself(vault: Vault, sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    sample = Spool(Journal(tmp_path / "sample", "spool", max_bytes=10_000), vault.text_keys)
    sample.write("inbound", {"n": 0})
    length = sample.journal.size()
    for cut in range(1, length, 17):
        here = tmp_path / f"cut{cut}"
        spool = Spool(Journal(here, "spool", max_bytes=10_000), vault.text_keys)
        spool.write("inbound", {"n": 1})
        spool.write("inbound", {"n": 2})
        os.truncate(spool.journal.path, length + cut)
        spool.write("inbound", {"n": 3})
        seen = Seen()
        counts = spool.drain(database, seen.by_kind)
        assert seen.bodies in ([1, 3], [1, 2, 3])
        assert counts.damaged == 3 - len(seen.bodies)


def test_garbage_in_the_file_stops_nothing_and_is_put_aside(
    spool: Spool, database: Database, folder: Path, vault: Vault
) -> None:
    spool.write("inbound", {"n": 1})
    with spool.journal.path.open("ab") as file:
        file.write(b"\n\x00\xff garbage\n{}\n")
    stranger = Spool(spool.journal, Keyring.new("k9"))
    stranger.write("inbound", {"n": 2})
    spool.write("inbound", {"n": 3})
    seen = Seen()
    assert spool.drain(database, seen.by_kind).damaged == 3
    assert seen.bodies == [1, 3]
    assert len(read_lines(folder / "spool.damaged")) == 3


def _write_many(folder: Path, keys: Keyring, first: int) -> None:
    spool = Spool(Journal(folder, "spool", max_bytes=10_000_000), keys)
    for n in range(first, first + 50):
        spool.write("inbound", {"n": n})


def test_several_processes_write_while_others_take_over(folder: Path, vault: Vault, sqlite_url: str) -> None:
    database = Database(sqlite_url)
    fork = multiprocessing.get_context("spawn")
    writers = [fork.Process(target=_write_many, args=(folder, vault.text_keys, 100 * n)) for n in range(3)]
    for writer in writers:
        writer.start()
    spool, seen = Spool(Journal(folder, "spool", max_bytes=10_000_000), vault.text_keys), Seen()
    while any(writer.is_alive() for writer in writers):
        assert spool.drain(database, seen.by_kind).damaged == 0
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    spool.drain(database, seen.by_kind)
    assert sorted(seen.bodies) == sorted(100 * n + k for n in range(3) for k in range(50))


def test_what_cannot_be_taken_over_now_stays(spool: Spool, database: Database) -> None:
    for n in range(3):
        spool.write("inbound", {"n": n})
    spool.write("of-tomorrow", {"n": 9})
    seen = Seen(failing=1)
    assert spool.drain(database, seen.by_kind).left == 2
    assert seen.bodies == [1, 2]
    counts = spool.drain(database, {**seen.by_kind, "of-tomorrow": seen})
    assert (counts.taken_over, seen.bodies) == (2, [1, 2, 0, 9])


def test_a_record_that_never_works_is_put_aside_when_words_expire_but_an_alert_is_not(
    spool: Spool, database: Database, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def broken(db: Session, record: SpoolRecord) -> None:
        raise AttributeError

    spool.write("inbound", {"n": 1})
    spool.write("alert", {"n": 2})
    seen = Seen()
    spool.write("words", {"n": 3})
    failing = {"inbound": broken, "alert": broken, "words": seen}
    assert spool.drain(database, failing).left == 2
    assert seen.bodies == [3], "what is behind a broken record is not held up"
    later = utc_now() + timedelta(days=get_settings().text_days + 1)
    monkeypatch.setattr("webhook.spool.utc_now", lambda: later)
    counts = spool.drain(database, failing)
    assert (counts.damaged, counts.left) == (1, 1)
    assert len(read_lines(folder / "spool.damaged")) == 1


def test_without_the_database_everything_stays(spool: Spool, tmp_path: Path) -> None:
    away = Database(f"postgresql://x@/x?host={tmp_path}")
    spool.write("inbound", {"n": 1})
    for _ in range(2):
        assert spool.drain(away, Seen().by_kind).left == 1
    assert not spool.is_empty()


DRAINER = """
import os, sys
from pathlib import Path
from webhook.conversations.models import OptOut
from webhook.database import Database, utc_now
from webhook.journal import Journal
from webhook.privacy.keyring import Keyring
from webhook.spool import Spool
def handle(db, record):
    if record.body["n"] == 3:
        print("dying", flush=True)
        os.kill(os.getpid(), 9)
    db.add(OptOut(channel="sms", pseudonym=str(record.body["n"]), since=utc_now().date()))
spool = Spool(Journal(Path(os.environ["FOLDER"]), "spool", max_bytes=10**6), Keyring.parse(os.environ["KEYS"]))
spool.drain(Database(os.environ["URL"]), {"inbound": handle})
"""


def test_a_drain_killed_half_way_takes_nothing_over_twice(
    spool: Spool, database: Database, vault: Vault, folder: Path
) -> None:
    for n in range(6):
        spool.write("inbound", {"n": n})
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FOLDER": str(folder),
        "KEYS": vault.text_keys.dump(),
        "URL": database.engine.url.render_as_string(hide_password=False),
    }
    died = subprocess.run([sys.executable, "-c", DRAINER], env=environment, check=False, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    spool.write("inbound", {"n": 6})
    seen = Seen()
    counts = spool.drain(database, seen.by_kind)
    assert (counts.known, counts.taken_over) == (3, 4)
    assert seen.bodies == [3, 4, 5, 6]


def test_the_bound_is_said_and_an_alert_goes_beyond_it(folder: Path, vault: Vault) -> None:
    spool = Spool(Journal(folder, "spool", max_bytes=1_000), vault.text_keys)
    while spool.journal.size() < 800:
        spool.write("inbound", {"n": 1})
    with pytest.raises(SpoolFull):
        spool.write("inbound", {"n": 2, "long": "x" * 200})
    spool_alert(spool, level="emergency", channel="sms", pseudonym="p", provider="twilio", provider_id="SM1")


FULL = """
import os, resource, signal, sys
from pathlib import Path
from webhook.journal import Journal, SpoolFull
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
journal = Journal(Path(sys.argv[1]), "spool", max_bytes=10**6)
written = 0
try:
    while True:
        journal.append(b"x" * 300)
        written += 1
except SpoolFull:
    print(written)
"""


def test_a_full_disk_is_said_and_leaves_whole_lines(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)], env=environment, check=True, capture_output=True, text=True
    )
    lines = read_lines(folder / "spool.lines")
    assert int(done.stdout) == len(lines) == 3
    assert {len(line) for line in lines} == {300}


def test_on_a_full_disk_an_alert_takes_the_reserve(folder: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(Journal(folder, "spool", max_bytes=10_000), vault.text_keys)
    spool.journal.set_reserve_aside()
    assert spool.journal.reserve.stat().st_size == RESERVE_BYTES
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if spool.journal.reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(SpoolFull):
        spool.write("inbound", {"n": 1})
    assert spool.journal.reserve.exists(), "only an alert may take it"
    spool_alert(spool, level="emergency", channel="sms", pseudonym="p", provider="twilio", provider_id="SM1")
    assert len(read_lines(spool.journal.path)) == 1


def test_a_folder_that_cannot_be_used_is_said_and_not_a_crash(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "spool").write_text("a file in the way")
    spool = Spool.open(get_settings().model_copy(update={"var": tmp_path}), vault.text_keys)
    with pytest.raises(SpoolUnavailable):
        spool.write("inbound", {"n": 1})


def test_a_spooled_message_becomes_a_job_and_its_repeat_does_not(
    spool: Spool, database: Database, vault: Vault
) -> None:
    for _ in range(3):
        inbound(spool, vault)
    assert spool.drain(database, handlers(vault)).taken_over == 1
    inbound(spool, vault)
    assert spool.drain(database, handlers(vault)).known == 1
    with database.unit_of_work() as db:
        [message] = service.claim_waiting(db=db)
        content = service.read_content(vault, message)
        assert content is not None
        assert content.text == "my words"
        conversation = db.get_one(Conversation, message.conversation_id)
        assert service.number_of(db=db, vault=vault, conversation=conversation) == NUMBER


def test_a_message_the_database_had_already_is_not_kept_again(spool: Spool, database: Database, vault: Vault) -> None:
    with database.unit_of_work() as db:
        pseudonym = vault.pseudonym(channel="sms", address=NUMBER)
        conversation = service.find_or_open(db=db, vault=vault, pseudonym=pseudonym, channel="sms", number=NUMBER)
        service.record_inbound(
            db=db,
            vault=vault,
            conversation=conversation,
            provider="twilio",
            provider_id="SM1",
            content=service.Content("my words"),
        )
    inbound(spool, vault)
    spool.drain(database, handlers(vault))
    with database.unit_of_work(read_only=True) as db:
        assert db.scalar(select(func.count(Message.id))) == 1


def test_a_spooled_emergency_is_told_once_and_needs_no_second_answer(
    spool: Spool, database: Database, vault: Vault
) -> None:
    pseudonym = vault.pseudonym(channel="sms", address=NUMBER)
    for _ in range(2):
        inbound(spool, vault, answered=True, risk="emergency")
        spool_alert(
            spool,
            level="emergency",
            channel="sms",
            pseudonym=pseudonym,
            provider="twilio",
            provider_id="SM1",
            opted_out=True,
        )
    spool.drain(database, handlers(vault))
    with database.unit_of_work() as db:
        uid = service.alert_uid(provider="twilio", provider_id="SM1", pseudonym=pseudonym)
        assert not service.raise_alert(db=db, uid=uid, level="emergency", channel="sms"), "the same with the database"
        alert = db.scalars(select(Alert)).one()
        assert alert.opted_out
        assert alert.message_id == db.scalars(select(Message.id)).one()
        assert db.scalars(select(Conversation.highest_risk)).one() == "emergency"
        assert service.claim_waiting(db=db) == []
        assert db.scalar(select(func.count()).select_from(DrainedRecord)) == 2


def test_a_web_message_spooled_under_a_fresh_token_opens_its_session(
    spool: Spool, database: Database, vault: Vault
) -> None:
    token = service.new_token(vault, now=utc_now())
    inbound(
        spool,
        vault,
        "1",
        channel="web",
        provider="web",
        number=None,
        session=token,
        pseudonym=service.web_pseudonym(vault, token),
    )
    spool.drain(database, handlers(vault))
    with database.unit_of_work() as db:
        conversation = service.session_conversation(db=db, token=token)
        assert conversation is not None
        assert len(service.messages_after(db=db, conversation=conversation)) == 1


def test_a_web_message_spooled_for_an_ended_session_opens_nothing(
    spool: Spool, database: Database, vault: Vault
) -> None:
    with database.unit_of_work() as db:
        token, _ = service.open_web_session(db=db, vault=vault)
        service.end_web_session(db=db, token=token)
    pseudonym = service.web_pseudonym(vault, token)
    inbound(spool, vault, "1", channel="web", provider="web", number=None, session=token, pseudonym=pseudonym)
    assert spool.drain(database, handlers(vault)).taken_over == 1
    with database.unit_of_work() as db:
        assert db.scalar(select(func.count(Message.id))) == 0
