"""With everything killed but the public app, who is in danger gets the fixed words in their own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
import yaml
from sqlalchemy import select

from knowledge import safety
from knowledge.languages import all_languages
from tests.faults.service import Service, wait_until
from tests.webhook import twilio_server
from tests.webhook.parts import signed, sms
from tests.webhook.postgres_cluster import Cluster
from webhook.conversations.models import Alert
from webhook.database import Database

EVERYTHING_ELSE = ("rasa", "worker", "redis", "mail", "postgresql")
DANGER: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("danger_by_language.yml").read_text(encoding="utf-8"),
)

pytestmark = [pytest.mark.whole_service, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[Service]:
    """The service with all its parts killed but the public app; the parts come back for the last test."""
    with (
        twilio_server.running() as twilio,
        Service(tmp_path_factory.mktemp("alone"), cluster, twilio, redis=True) as running,
    ):
        for part in EVERYTHING_ELSE:
            running.kill(part)
        yield running


@pytest.fixture(scope="module")
def written() -> list[str]:
    """The languages of all messages that were written, one for each message."""
    return []


def test_there_is_somebody_in_danger_in_every_language() -> None:
    assert set(DANGER) == set(all_languages())


@pytest.mark.parametrize("lang", sorted(DANGER))
def test_the_words_come_in_the_workers_language_on_every_channel(alone: Service, written: list[str], lang: str) -> None:
    words = safety.words(lang)
    languages = [code for code, _ in words.spoken]
    assert languages[0] == lang
    chat = in_the_chat(alone, DANGER[lang])
    written.append(lang)
    first = chat[: len(languages)]
    assert [(said["text"], said["lang"], said["dir"]) for said in first] == [
        (text, code, direction) for text, (code, direction) in zip(words.first, words.spoken, strict=True)
    ]
    for channel in ("sms", "whatsapp"):
        told = by_phone(alone, channel, lang)
        written.append(lang)
        expected = words.first_for(second_on_request=channel == "sms")
        assert told[: len(languages)] == list(expected)


def test_every_alert_arrives_once_when_the_parts_are_back(alone: Service, written: list[str]) -> None:
    in_the_chat(alone, DANGER["en"])
    written.append("en")
    for part in EVERYTHING_ELSE:
        alone.start(part)
    database = Database(alone.database_url)

    def delivered() -> int:
        with database.unit_of_work(read_only=True) as db:
            return len(db.scalars(select(Alert.id).where(Alert.delivered_at.is_not(None))).all())

    wait_until(lambda: alone.answers("/readyz"), "the parts")
    wait_until(lambda: delivered() >= len(written), "every alert")
    assert delivered() == len(written)
    logged = alone.logs()
    assert [lang for lang, text in DANGER.items() if text in logged] == []
    database.dispose()


def in_the_chat(service: Service, text: str) -> list[dict[str, str]]:
    session = httpx.post(f"{service.address}/chat/sessions", timeout=30).raise_for_status().json()["session"]
    request = {"json": {"text": text, "client_id": "one"}, "headers": {"Authorization": f"Bearer {session}"}}
    answer = httpx.post(f"{service.address}/chat/messages", timeout=30, **request).raise_for_status()
    return list(answer.json()["messages"])


def by_phone(service: Service, channel: str, lang: str) -> list[str]:
    number = f"+447700900{sorted(DANGER).index(lang):03d}"
    address = f"whatsapp:{number}" if channel == "whatsapp" else number
    fields = sms(f"SM{channel}{lang}", DANGER[lang], address)
    answer = httpx.post(f"{service.address}/twilio/messages", data=fields, headers=signed(fields), timeout=30)
    return [unescape(words) for words in re.findall("<Message>(.*?)</Message>", answer.raise_for_status().text, re.S)]
