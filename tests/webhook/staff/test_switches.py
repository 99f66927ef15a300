"""The page of switches: who may switch what, what is written down, and that it holds with the next message."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.webhook.parts import Chat
from tests.webhook.staff.people import acts, signed_in
from webhook.accounts.roles import Role
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.switches import service


def is_off(database: Database) -> dict[str, frozenset[str]]:
    with database.unit_of_work(read_only=True) as db:
        return vars(service.off(db))


def test_a_channel_is_switched_off_for_the_next_message_and_on_again_and_both_are_written_down(
    app: FastAPI, client: TestClient, database: Database, vault: Vault
) -> None:
    administrator = signed_in(app, database, vault, Role.ADMINISTRATOR)
    chat = Chat(client)
    administrator.post("/switches/channel", value="web", on="false")
    assert "We cannot answer here for now." in chat.say("what is the minimum wage")[0]["text"]
    assert "<strong>Web chat</strong> is off since" in administrator.get("/switches").text
    administrator.post("/switches/channel", value="web", on="true")
    assert "Answer to" in chat.say("what is the minimum wage")[0]["text"]
    assert [act for act in acts(database) if act.startswith("switched")] == ["switched_off", "switched_on"]


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.OFFICER, ()),
        (Role.AUDITOR, ()),
        (Role.CONTENT_EDITOR, ("topics", "languages")),
        (Role.SUPERVISOR, ("channels", "topics", "languages")),
        (Role.ADMINISTRATOR, ("channels", "topics", "languages")),
    ],
)
def test_each_role_switches_what_it_may(
    app: FastAPI, database: Database, vault: Vault, role: Role, kinds: tuple[str, ...]
) -> None:
    somebody = signed_in(app, database, vault, role)
    for kind, value in (("channel", "sms"), ("topic", "sick_pay"), ("language", "hi")):
        somebody.post(f"/switches/{kind}", value=value, on="false")
    assert {kind for kind, values in is_off(database).items() if values} == set(kinds)
    assert acts(database).count("switched_off") == len(kinds)


def test_what_there_is_not_cannot_be_switched_and_what_is_off_already_is_not_written_twice(
    app: FastAPI, database: Database, vault: Vault
) -> None:
    supervisor = signed_in(app, database, vault, Role.SUPERVISOR)
    for kind, value in (("language", "en"), ("channel", "fax"), ("topic", "=1+1")):
        assert supervisor.post(f"/switches/{kind}", value=value, on="false").status_code == 422
    for _ in range(2):
        supervisor.post("/switches/topic", value="sick_pay", on="false")
    assert acts(database).count("switched_off") == 1
