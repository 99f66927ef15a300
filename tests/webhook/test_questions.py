"""What workers ask is counted without words; what could not be placed is kept redacted, grouped, and for a while."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from tests.webhook.parts import DANGER, STRONG_SIGN, Chat, PlayedRasa
from webhook.cases import service as cases
from webhook.cases.forgetting import forget_values
from webhook.cases.models import Case
from webhook.conversations.models import Conversation
from webhook.database import Database, utc_now
from webhook.gateway import Gateway
from webhook.privacy import retention
from webhook.privacy.erasure import request_erasure
from webhook.privacy.vault import Vault
from webhook.questions.counts import question_months
from webhook.questions.grouping import Unanswered, unanswered
from webhook.questions.models import QuestionCount, UnansweredQuestion

MONTH = timedelta(days=30)
DOG = "can i bring my dog to work"
SAME = (
    DOG,
    "my dog at work ok?",
    "may i take my dog with me to work",
    "dog at work allowed?",
    "can my dog come to work",
)
OTHER = "who won the football"


def not_placed(rasa: PlayedRasa, outcome: str = "out_of_scope") -> None:
    rasa.answer = {
        "messages": [{"kind": "menu", "text": "I cannot help with that."}], "keep": {"not_understood": outcome}
    }  # fmt: skip


def desk(database: Database, vault: Vault, now: datetime | None = None) -> Unanswered:
    with database.unit_of_work(read_only=True) as db:
        return unanswered(db=db, vault=vault, kept_for=MONTH, now=now)


def kept(database: Database) -> int:
    with database.unit_of_work(read_only=True) as db:
        return db.scalar(select(func.count(UnansweredQuestion.id))) or 0


def counts(database: Database) -> dict[tuple[str, str], int]:
    with database.unit_of_work(read_only=True) as db:
        return {(row.dimension, row.value): row.conversations for row in db.scalars(select(QuestionCount))}


def test_questions_of_one_meaning_from_five_people_are_one_group_and_those_of_fewer_are_not_shown(
    client: TestClient, database: Database, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    for number, words in enumerate(SAME):
        assert desk(database, vault).groups == (), f"shown with only {number}"
        Chat(client).say(words)
    Chat(client).say(OTHER)
    found = desk(database, vault)
    assert [(group.conversations, group.outcome) for group in found.groups] == [(5, "out_of_scope")]
    assert found.groups[0].example in SAME
    assert found.others is None, "one more, about which nothing is said"


def test_one_person_who_asks_often_makes_no_group_and_counts_once(
    client: TestClient, database: Database, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    chat = Chat(client)
    for words in SAME:
        chat.say(words)
    assert desk(database, vault) == Unanswered((), None)
    assert counts(database) == {("not_understood", "en"): 1}


def test_what_is_kept_has_no_name_or_number_and_is_encrypted(
    client: TestClient, database: Database, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    for number in range(5):
        Chat(client).say(f"my name is Lakshmi, can i bring my dog to work, ring 07700 90012{number}")
    example = desk(database, vault).groups[0].example
    assert "Lakshmi" not in example
    assert "07700" not in example
    assert "dog" in example
    with database.engine.connect() as connection:
        raw = connection.exec_driver_sql("SELECT words FROM unanswered_questions").scalars().all()
    assert not any(b"dog" in bytes(each) for each in raw)


@pytest.mark.parametrize("words", [DANGER, STRONG_SIGN])
def test_no_words_of_danger_are_kept_and_none_after_them(
    client: TestClient, database: Database, rasa: PlayedRasa, words: str
) -> None:
    not_placed(rasa)
    chat = Chat(client)
    chat.say(words)
    chat.say("blah blah")
    assert kept(database) == 0


@pytest.mark.parametrize("open_question", ["choice_open", "check_open"])
def test_an_answer_to_a_question_of_ours_is_not_kept(
    client: TestClient, database: Database, rasa: PlayedRasa, open_question: str
) -> None:
    rasa.answer = {"messages": [{"kind": "question", "text": "Your name?"}], "keep": {open_question: True}}
    chat = Chat(client)
    chat.say("hello there")
    not_placed(rasa)
    chat.say("Lakshmi Canarywala")
    assert kept(database) == 0


def test_topics_are_counted_once_a_conversation_and_month_and_shown_when_the_month_is_over(
    client: TestClient, database: Database, rasa: PlayedRasa
) -> None:
    answer = {"kind": "answer", "text": "words", "topic": "sick_pay"}
    rasa.answer = {"messages": [answer, answer], "keep": {}}
    for _ in range(6):
        chat = Chat(client)
        chat.say("sick pay")
        chat.say("sick pay again")
    assert counts(database) == {("topic", "sick_pay"): 6}
    with database.unit_of_work(read_only=True) as db:
        assert question_months(db=db) == ()
        (month,) = question_months(db=db, now=utc_now() + timedelta(days=40))
    assert month.cells == {"topic": {"sick_pay": 6}, "not_understood": {}}
    with database.unit_of_work() as db:
        db.execute(update(QuestionCount).values(conversations=4))
        assert question_months(db=db, now=utc_now() + timedelta(days=40))[0].cells["topic"] == {"sick_pay": None}


def test_what_was_kept_expires_with_the_words_of_the_chat(
    client: TestClient, database: Database, gateway: Gateway, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    for words in SAME:
        Chat(client).say(words)
    later = utc_now() + timedelta(days=gateway.settings.text_days + 2)
    assert desk(database, vault, now=later) == Unanswered((), 0), "not read after its time, purged or not"
    retention.purge(database, now=later, settings=gateway.settings)
    assert kept(database) == 0


def test_who_deletes_takes_their_question_along_at_once(
    client: TestClient, database: Database, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    Chat(client).say(DOG)
    with database.unit_of_work() as db:
        request_erasure(db=db, vault=vault, conversation=db.scalars(select(Conversation)).one())
    assert kept(database) == 0


def test_what_is_taken_back_goes_from_questions_too(
    client: TestClient, database: Database, vault: Vault, rasa: PlayedRasa
) -> None:
    not_placed(rasa)
    Chat(client).say("does Zzyzx come to the party")
    with database.unit_of_work() as db:
        conversation = db.scalars(select(Conversation)).one()
        opened = cases.open_case(
            db=db, vault=vault, cause="c", level="high", channel="web", conversation=conversation,
            at=datetime(2026, 11, 1, tzinfo=timezone.utc),
        )  # fmt: skip
        forget_values(db=db, vault=vault, case=opened.case, values=["Nobody"])
        assert db.scalar(select(func.count(UnansweredQuestion.id))) == 1
        forget_values(db=db, vault=vault, case=db.get_one(Case, opened.case.id), values=["zzyzx"])
    assert kept(database) == 0
