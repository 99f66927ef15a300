"""An officer reads a worker in English, and sees a reply in the worker's language, and back again, before it goes."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from knowledge.language_words import machine_mark
from tests.webhook.parts import STRONG_SIGN, Chat
from tests.webhook.staff.people import Browser, acts, signed_in
from tests.webhook.staff.talk import talking_to, the_case
from tests.webhook.translation.conftest import files, polish, process, translator
from understanding import language as languages
from understanding.language import LanguageGuess
from webhook.accounts.roles import Role
from webhook.cases.models import Case
from webhook.database import Database
from webhook.gateway import Gateway
from webhook.privacy.vault import Vault
from webhook.translation import answers, work
from webhook.translation.translator import Translator

__all__ = ["files", "polish", "process", "translator"]

ENGLISH, POLISH = "please wait here, we call", "proszę czekaj tutaj, jesteśmy dzwoń"


@pytest.fixture
def officer(app: FastAPI, database: Database, vault: Vault) -> Browser:
    return signed_in(app, database, vault, Role.OFFICER)


@pytest.fixture
def talk(client: TestClient, gateway: Gateway, officer: Browser) -> tuple[Chat, str]:
    chat, here = talking_to(client, gateway, officer)
    with gateway.database.unit_of_work() as db:
        db.execute(update(Case).values(language="pl"))
    return chat, here


def begin(officer: Browser, here: str, text: str = ENGLISH) -> str:
    """Look at a reply; the address under which its translation will be."""
    answer = officer.post(f"{here}/messages", text=text)
    assert answer.status_code == 303
    return answer.headers["location"]


def test_a_worker_is_read_in_english_beside_the_original(
    talk: tuple[Chat, str], gateway: Gateway, officer: Browser, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, here = talk
    monkeypatch.setattr(languages, "guess", lambda text, keep=None: LanguageGuess("pl", True))
    monkeypatch.setattr(answers, "our_lines", lambda: iter(()))
    chat.say("mój szef zabrał mój paszport")
    work.work(gateway, translator)
    page = officer.get(here).text
    assert page.index("mój szef zabrał mój paszport") < page.index("Machine translation") < page.index("my boss took")
    assert "from Polish" in page


def test_a_reply_is_seen_in_both_languages_and_sent_in_both(
    talk: tuple[Chat, str], gateway: Gateway, officer: Browser, translator: Translator
) -> None:
    chat, here = talk
    address = begin(officer, here)
    assert "is being made" in officer.get(address).text
    assert "Send both" not in officer.get(address).text
    work.work(gateway, translator, seconds=0)
    seen = officer.get(address).text
    assert POLISH in seen
    assert seen.count(ENGLISH) >= 2  # as written, and translated back
    said = len(chat.all())
    uid = address.rsplit("/", 1)[-1]
    officer.post(f"{here}/messages", text=ENGLISH, sure="yes", translation=uid, translated="yes")
    got = chat.all()[said:]
    assert [(each["text"], each["lang"]) for each in got] == [
        (f"{machine_mark('pl')}\n{POLISH}", "pl"),
        (ENGLISH, "en"),
    ]
    assert acts(gateway.database)[-1] == "message_sent"


def test_the_english_alone_can_be_sent(
    talk: tuple[Chat, str], gateway: Gateway, officer: Browser, translator: Translator
) -> None:
    chat, here = talk
    uid = begin(officer, here).rsplit("/", 1)[-1]
    work.work(gateway, translator, seconds=0)
    said = len(chat.all())
    officer.post(f"{here}/messages", text=ENGLISH, sure="yes", translation=uid)
    assert [each["text"] for each in chat.all()[said:]] == [ENGLISH]


def test_words_that_were_changed_after_their_translation_are_not_sent_with_it(
    talk: tuple[Chat, str], gateway: Gateway, officer: Browser, translator: Translator
) -> None:
    chat, here = talk
    uid = begin(officer, here).rsplit("/", 1)[-1]
    work.work(gateway, translator, seconds=0)
    said = len(chat.all())
    changed = officer.post(f"{here}/messages", text="go home", sure="yes", translation=uid, translated="yes")
    assert "told=translation" in changed.headers["location"]
    assert chat.all()[said:] == []


def test_what_is_withheld_is_said_and_the_reply_can_still_be_sent(
    talk: tuple[Chat, str], gateway: Gateway, officer: Browser, translator: Translator
) -> None:
    _, here = talk
    address = begin(officer, here, "Acas")
    work.work(gateway, translator, seconds=0)
    assert "it is too short for a machine" in officer.get(address).text


def test_an_open_case_has_the_language_that_the_worker_chose_later(client: TestClient, gateway: Gateway) -> None:
    chat = Chat(client)
    chat.say(STRONG_SIGN)
    assert the_case(gateway.database).language == "en"
    chat.say("Română")
    assert the_case(gateway.database).language == "ro"
    client.put("/chat/sessions/current/language", json={"language": "hi"}, headers=chat.headers)
    assert the_case(gateway.database).language == "hi"


@pytest.mark.usefixtures("polish")
def test_another_officer_does_not_see_a_reply_that_is_being_written(
    talk: tuple[Chat, str], officer: Browser, app: FastAPI, database: Database, vault: Vault
) -> None:
    _, here = talk
    address = begin(officer, here)
    assert signed_in(app, database, vault, Role.OFFICER, 2).get(address).status_code == 404


def test_without_a_package_the_page_says_that_nothing_is_translated(talk: tuple[Chat, str], officer: Browser) -> None:
    _, here = talk
    page = officer.post(f"{here}/messages", text=ENGLISH)
    assert page.status_code == 200
    assert "It is not translated" in page.text
    assert "The worker writes in <strong>Polish</strong>" in page.text
    assert STRONG_SIGN not in page.text
