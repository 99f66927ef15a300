"""A gateway made of real parts for tests: a real database, a real journal, Twilio's library against a local server.

Only Rasa is played here (its real server is met in tests/faults), and what counts as danger is one plain word.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from twilio.request_validator import RequestValidator

from tests.webhook import twilio_server
from tests.webhook.twilio_server import ACCOUNT, SECOND_TOKEN, TOKEN, Twilio
from understanding import risk
from understanding.risk import PatternReading, RiskReader, Sign
from webhook import answering, sending, upkeep
from webhook.database import Database
from webhook.gateway import Gateway, twilio_sender
from webhook.privacy.vault import Vault
from webhook.public.app import create_app
from webhook.rasa_client import RasaClient
from webhook.settings import Settings, prepare_var
from webhook.spool import Spool
from webhook.told_already import ToldAlready

NUMBER = "+447700900123"
OURS = "+447700900999"
BASE = "https://advice.example.org"
DANGER = "he has a knife"
STRONG_SIGN = "he keeps my passport"
CONCERNS = {
    "i paid a fee": "illegal_fee",
    "below the minimum": "under_minimum_pay",
    "nine in one room": "overcrowded_housing",
}


@dataclass
class PlayedRasa:
    """Answers every question, or fails as it is told."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    down: bool = False
    answer: dict[str, Any] | None = None
    by_intent: dict[str, dict[str, Any]] = field(default_factory=dict)
    before: Callable[[], None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("refused")
        if request.method == "DELETE":
            self.forgotten.append(request.url.path.rsplit("/", 1)[-1])
            return httpx.Response(204)
        if request.method == "GET":
            return httpx.Response(200)
        asked = json.loads(request.content)
        with self.lock:
            self.asked.append(asked)
        if self.before is not None:
            self.before()
        answer = (
            self.by_intent.get(asked["intent"])
            or self.answer
            or {"messages": [{"kind": "answer", "text": f"Answer to {asked['text']}"}], "keep": {}}
        )
        return httpx.Response(200, json=answer)


@dataclass
class CountedJobs:
    """Nudges that are only counted: a test runs the work itself."""

    nudges: list[str] = field(default_factory=list)

    def answer(self) -> None:
        self.nudges.append("answer")

    def send(self) -> None:
        self.nudges.append("send")

    def drain(self) -> None:
        self.nudges.append("drain")

    def erase(self) -> None:
        self.nudges.append("erase")

    def notify(self) -> None:
        self.nudges.append("notify")

    def translate(self) -> None:
        self.nudges.append("translate")


class OneWordPatterns:
    """Danger is the phrase DANGER, a strong sign STRONG_SIGN, concern one of CONCERNS, and nothing else is anything."""

    def read(self, text: str, language: str) -> PatternReading:
        if DANGER in text.lower():
            return PatternReading((Sign("weapon", DANGER, "emergency"),), "self", "now")
        if "i want to die" in text.lower():
            return PatternReading((Sign("self_harm", "want to die", "emergency"),), "self", "now")
        if STRONG_SIGN in text.lower():
            return PatternReading((Sign("documents_held", STRONG_SIGN, "high"),), "self", "now")
        signs = tuple(Sign(sign, words, "concern") for words, sign in CONCERNS.items() if words in text.lower())
        return PatternReading(signs, "self" if signs else "nobody")


@pytest.fixture
def rasa() -> PlayedRasa:
    return PlayedRasa()


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with twilio_server.running() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, database: Database, twilio: Twilio) -> Settings:
    """SMS and WhatsApp on, sending to the local server."""
    settings = Settings(
        var=tmp_path / "var",
        database_url=database.engine.url.render_as_string(hide_password=False),
        public_base_url=BASE,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_auth_token_next=SECOND_TOKEN,
        twilio_sms_number=OURS,
        twilio_whatsapp_number=OURS,
        twilio_api_base=twilio.base,
        messages_per_minute=10_000,
        sessions_per_minute=10_000,
        rasa_seconds=2,
    )
    prepare_var(settings)
    return settings


@pytest.fixture
def gateway(settings: Settings, database: Database, vault: Vault, rasa: PlayedRasa) -> Iterator[Gateway]:
    risk.use(RiskReader(OneWordPatterns()))
    yield Gateway(
        settings=settings,
        database=database,
        vault=vault,
        rasa=RasaClient("http://rasa.test", "token", settings.rasa_seconds, transport=httpx.MockTransport(rasa)),
        spool=Spool.open(settings, vault.text_keys),
        told=ToldAlready(settings.spool_directory / "told_already", vault.session_key),
        jobs=CountedJobs(),
        twilio=twilio_sender(settings),
    )
    risk.use(None)


@pytest.fixture
def client(gateway: Gateway) -> TestClient:
    """The public app, without its lifespan: the gateway belongs to the test."""
    return TestClient(create_app(gateway), raise_server_exceptions=False)


def without_database(gateway: Gateway) -> Gateway:
    """The same gateway, as it is when nobody answers at the database's address."""
    gone = Database("postgresql://nobody@127.0.0.1:9/nothing")
    return replace(gateway, database=gone)


def signed(fields: dict[str, str], path: str = "/twilio/messages", token: str = TOKEN) -> dict[str, str]:
    """The headers Twilio would send."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(BASE + path, fields)}


def sms(sid: str, text: str, number: str = NUMBER, **more: str) -> dict[str, str]:
    """What Twilio posts for a message."""
    return {"MessageSid": sid, "AccountSid": ACCOUNT, "From": number, "To": OURS, "Body": text, "NumMedia": "0", **more}


def post_sms(client: TestClient, sid: str, text: str, path: str = "/twilio/messages", **more: str) -> httpx.Response:
    """Post one message as Twilio would."""
    fields = sms(sid, text, **more)
    return client.post(path, data=fields, headers=signed(fields, path))


class Chat:
    """A worker in the web chat."""

    def __init__(self, client: TestClient) -> None:
        opened = client.post("/chat/sessions")
        assert opened.status_code == 201, opened.text
        self.client, self.session = client, opened.json()["session"]
        self.welcome = opened.json()["messages"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session}"}

    def post(self, text: str, client_id: str | None = None) -> httpx.Response:
        body = {"text": text} if client_id is None else {"text": text, "client_id": client_id}
        return self.client.post("/chat/messages", json=body, headers=self.headers)

    def say(self, text: str, client_id: str | None = None) -> list[dict[str, Any]]:
        response = self.post(text, client_id)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def all(self, after: str = "") -> list[dict[str, Any]]:
        response = self.client.get("/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages


def work(gateway: Gateway) -> None:
    """What the worker does in a minute."""
    answering.drain(gateway)
    answering.answer_waiting(gateway)
    sending.send_waiting(gateway)
    upkeep.run_erasures(gateway)
