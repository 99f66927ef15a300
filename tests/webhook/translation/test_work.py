"""What the worker process translates: for the officer, for the worker, and our answers; kept, shown, forgotten."""

from __future__ import annotations

import io
import os
import signal
import threading
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from knowledge import safety
from knowledge.language_words import machine_mark
from tests.webhook.parts import DANGER, STRONG_SIGN, Chat, PlayedRasa
from understanding import language as languages
from understanding.language import LanguageGuess
from webhook import upkeep
from webhook.cases import forgetting
from webhook.cases import service as cases
from webhook.cases.enums import CloseReason
from webhook.cases.models import Case
from webhook.channels.messages import Choice, Draft
from webhook.conversations.models import Message
from webhook.database import utc_now
from webhook.gateway import Gateway
from webhook.privacy import retention
from webhook.translation import answers, case_words, replies, work
from webhook.translation.models import CaseTranslation, MachineAnswer, ReplyTranslation
from webhook.translation.process import NOT_STARTED, NoTranslation, TranslationProcess
from webhook.translation.translator import Translated, Translator, holds_safety_words

POLISH = f"mój szef zabrał mój paszport, {STRONG_SIGN}"
LINE = "mój szef zabrał mój paszport"
BROKEN = "szef zabrał pieniądze, proszę czekaj"


@pytest.fixture(autouse=True)
def _all_is_polish(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(text: str, keep: str | None = None) -> LanguageGuess:
        return LanguageGuess("pl" if "szef" in text else keep or "en", True)

    monkeypatch.setattr(languages, "guess", told)


@pytest.fixture
def chat(client: TestClient) -> Chat:
    chat = Chat(client)
    chat.say(POLISH)
    return chat


class Dying:
    """A translator whose process dies on some texts."""

    def __init__(self, on: str | None = None, reason: str = "died") -> None:
        self.on, self.reason, self.asked = on, reason, list[str]()

    def translate(self, text: str, source: str, target: str) -> Translated:
        self.asked.append(text)
        if self.on is not None and self.on in text:
            raise NoTranslation(self.reason)
        return Translated("said in English")

    def rest(self) -> None:
        pass


def count(gateway: Gateway, model: Any) -> int:
    with gateway.database.unit_of_work(read_only=True) as db:
        return db.scalar(select(func.count()).select_from(model)) or 0


def shown(gateway: Gateway) -> list[case_words.Beside]:
    with gateway.database.unit_of_work(read_only=True) as db:
        case = db.scalars(select(Case)).one()
        lines = cases.transcript(db=db, vault=gateway.vault, case=case)
        return list(case_words.beside(db=db, vault=gateway.vault, case=case, lines=lines).values())


def test_a_workers_words_stand_in_english_beside_them_and_encrypted(
    chat: Chat, gateway: Gateway, translator: Translator
) -> None:
    chat.say(LINE)
    work.work(gateway, translator, seconds=0)
    work.work(gateway, translator, seconds=0)
    texts = [each.text for each in shown(gateway)]
    assert "my boss took my passport" in texts
    with gateway.database.unit_of_work(read_only=True) as db:
        assert all(b"passport" not in row.words for row in db.scalars(select(CaseTranslation)).all())


def test_nothing_is_translated_without_a_package(chat: Chat, gateway: Gateway) -> None:
    dying = Dying()
    assert work.work(gateway, dying) == 0  # type: ignore[arg-type]
    assert dying.asked == []


@pytest.mark.usefixtures("polish")
def test_what_is_hidden_from_the_officer_is_hidden_from_the_machine(chat: Chat, gateway: Gateway) -> None:
    chat.say("mój szef zabrał pieniądze, dzwoń 07700 900123")
    dying = Dying()
    work.work(gateway, dying, seconds=1)  # type: ignore[arg-type]
    assert dying.asked
    assert not any("900123" in text for text in dying.asked)


@pytest.mark.usefixtures("polish")
def test_a_text_on_which_the_process_dies_is_tried_again_and_then_left_alone(chat: Chat, gateway: Gateway) -> None:
    chat.say(BROKEN)
    dying = Dying(on="pieniądze")
    for _ in range(6):
        work.work(gateway, dying, seconds=0.5)  # type: ignore[arg-type]
    assert sum("pieniądze" in text for text in dying.asked) == case_words.MOST_TRIES
    assert any(each.text for each in shown(gateway))
    assert any(each.withheld == "died" for each in shown(gateway))


@pytest.mark.usefixtures("polish")
def test_a_process_that_does_not_come_up_is_no_try_of_a_text(chat: Chat, gateway: Gateway) -> None:
    chat.say(BROKEN)
    for _ in range(2 * case_words.MOST_TRIES):
        work.work(gateway, Dying(on="", reason=NOT_STARTED), seconds=0.5)  # type: ignore[arg-type]
    assert count(gateway, CaseTranslation) == 0
    work.work(gateway, Dying(), seconds=1)  # type: ignore[arg-type]
    assert any(each.text for each in shown(gateway))


@pytest.mark.usefixtures("polish")
def test_no_transaction_is_open_while_a_text_is_translated(chat: Chat, gateway: Gateway) -> None:
    chat.say(BROKEN)
    held: list[int] = []

    class Watching(Dying):
        def translate(self, text: str, source: str, target: str) -> Translated:
            held.append(gateway.database.engine.pool.checkedout())  # type: ignore[attr-defined]
            return super().translate(text, source, target)

    work.work(gateway, Watching(), seconds=1)  # type: ignore[arg-type]
    assert held
    assert set(held) == {0}


def test_a_process_killed_in_the_middle_loses_nothing(
    chat: Chat, gateway: Gateway, translator: Translator, process: TranslationProcess
) -> None:
    translator.translate(LINE, "pl", "en")
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)  # it is in the middle of the text when it is killed
    threading.Timer(0.5, os.kill, (process.pid, signal.SIGKILL)).start()
    chat.say(LINE)
    for _ in range(3):
        work.work(gateway, translator, seconds=0)
    texts = [each.text for each in shown(gateway)]
    assert "my boss took my passport" in texts


def test_other_words_get_another_translation_and_the_old_one_is_not_shown(
    chat: Chat, gateway: Gateway, translator: Translator
) -> None:
    chat.say(LINE)
    work.work(gateway, translator, seconds=1)
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        forgetting.forget_values(db=db, vault=gateway.vault, case=case, values=["paszport"])
    assert shown(gateway) == []
    assert count(gateway, CaseTranslation) == 0
    work.work(gateway, translator, seconds=1)
    assert not any("took my passport" in (each.text or "") for each in shown(gateway))


def test_translations_go_with_the_words_and_with_the_conversation(
    chat: Chat, gateway: Gateway, translator: Translator
) -> None:
    chat.say(LINE)
    work.work(gateway, translator, seconds=1)
    assert count(gateway, CaseTranslation) > 0
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        cases.close_case(db=db, case=case, reason=CloseReason.HELPED, staff="1")
        db.execute(update(Message).values(payload=None))
        db.execute(update(Case).values(copied_up_to=0))
    retention.purge(gateway.database, settings=gateway.settings)
    assert count(gateway, CaseTranslation) == 0


def test_deleting_everything_leaves_no_translation_of_a_case_that_is_emptied(
    chat: Chat, gateway: Gateway, translator: Translator
) -> None:
    chat.say(LINE)
    work.work(gateway, translator, seconds=1)
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        case.language = "pl"
        replies.ask(db=db, vault=gateway.vault, case=case, staff="1", english="please wait")
        cases.close_case(db=db, case=case, reason=CloseReason.HELPED, staff="1")
        conversation = case.conversation_id
    assert conversation is not None
    upkeep.begin_erasure(gateway, conversation)
    upkeep.run_erasures(gateway)
    assert (count(gateway, CaseTranslation), count(gateway, ReplyTranslation)) == (0, 0)


def test_a_reply_is_made_with_its_way_back_and_kept_for_an_hour(
    chat: Chat, gateway: Gateway, translator: Translator
) -> None:
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        case.language = "pl"
        uid = replies.ask(db=db, vault=gateway.vault, case=case, staff="1", english="please wait, we call")
    work.work(gateway, translator, seconds=0)

    def look(staff: str, **more: Any) -> replies.ReplyShown | None:
        with gateway.database.unit_of_work(read_only=True) as db:
            case = db.scalars(select(Case)).one()
            return replies.shown(db=db, vault=gateway.vault, case=case, staff=staff, uid=uid, **more)

    made = look("1")
    assert made is not None
    assert (made.done, made.text, made.back) == (True, "proszę czekaj, jesteśmy dzwoń", "please wait, we call")
    assert look("another") is None
    assert look("1", now=utc_now() + timedelta(hours=2)) is None
    retention.purge(gateway.database, now=utc_now() + timedelta(hours=2), settings=gateway.settings)
    assert count(gateway, ReplyTranslation) == 0


def test_safety_words_in_a_reply_are_not_translated(chat: Chat, gateway: Gateway, translator: Translator) -> None:
    with gateway.database.unit_of_work() as db:
        case = db.scalars(select(Case)).one()
        case.language = "pl"
        words = safety.words("en").high[0]
        uid = replies.ask(db=db, vault=gateway.vault, case=case, staff="1", english=words)
    work.work(gateway, translator, seconds=0)
    with gateway.database.unit_of_work(read_only=True) as db:
        case = db.scalars(select(Case)).one()
        made = replies.shown(db=db, vault=gateway.vault, case=case, staff="1", uid=uid)
    assert made is not None
    assert (made.text, made.withheld) == (None, "safety")


ANSWER = "please wait here\nwe call, help money"


def test_answers_are_made_ahead_and_only_read_on_the_way_of_a_message(
    gateway: Gateway, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "our_lines", lambda: iter(ANSWER.split("\n")))
    draft = Draft("answer", ANSWER, topic="payslip", choices=(Choice("More", "follow_up/more"),))
    with gateway.database.unit_of_work(read_only=True) as db:
        assert answers.with_translations(db, [draft], "pl") == [draft]
    work.work(gateway, translator, seconds=20)
    with gateway.database.unit_of_work(read_only=True) as db:
        said = answers.with_translations(db, [draft], "pl")
        assert answers.with_translations(db, [draft], "en") == [draft]
        assert answers.with_translations(db, [draft], "bg") == [draft]
    assert said[0].text == f"{machine_mark('pl')}\nproszę czekaj tutaj\njesteśmy dzwoń, pomoc pieniądze"
    assert (said[0].lang, said[0].choices) == ("pl", ())
    assert said[1] == draft


@pytest.mark.usefixtures("polish")
def test_a_line_of_ours_on_which_the_process_dies_keeps_no_other_from_being_made(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "our_lines", lambda: iter(ANSWER.split("\n")))
    dying = Dying(on="wait")
    for _ in range(answers.MOST_TRIES + 2):
        work.work(gateway, dying, seconds=1)  # type: ignore[arg-type]
    assert sum("wait" in text for text in dying.asked) == answers.MOST_TRIES
    with gateway.database.unit_of_work(read_only=True) as db:
        made = {row.english_hash: row.text for row in db.scalars(select(MachineAnswer)).all()}
    assert made == {answers.mark(line): None if "wait" in line else "said in English" for line in ANSWER.split("\n")}


def test_only_answers_get_a_translation_and_safety_words_never(gateway: Gateway) -> None:
    words = safety.words("en").high[0]
    with gateway.database.unit_of_work() as db:
        for line in (*words.splitlines(), "a notice"):
            row = MachineAnswer(language="pl", english_hash=answers.mark(line.strip()), text="xx", made_at=utc_now())
            db.merge(row)
    drafts = [Draft("safety", words), Draft("safety", words, topic="payslip"), Draft("notice", "a notice")]
    with gateway.database.unit_of_work(read_only=True) as db:
        assert answers.with_translations(db, drafts, "pl") == drafts


def test_the_lines_of_our_answers_hold_no_safety_words() -> None:
    lines = list(answers.our_lines())
    assert len(lines) > 1000
    assert [line for line in lines if holds_safety_words(line)] == []


def test_a_worker_gets_the_translation_marked_and_the_english_beneath(
    client: TestClient, gateway: Gateway, rasa: PlayedRasa, translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "our_lines", lambda: iter(ANSWER.split("\n")))
    work.work(gateway, translator, seconds=20)
    rasa.answer = {"messages": [{"kind": "answer", "text": ANSWER, "topic": "payslip"}], "keep": {}}
    chat = Chat(client)
    chat.say("Polski")
    said = chat.say("szef nie płaci mi, co dalej mam robić")
    assert [message["lang"] for message in said] == ["pl", "en"]
    assert said[0]["text"].startswith(machine_mark("pl"))
    assert said[1]["text"] == ANSWER


def test_in_danger_the_worker_gets_only_what_people_wrote(client: TestClient, gateway: Gateway, polish: None) -> None:
    chat = Chat(client)
    chat.say("Polski")
    said = chat.say(f"szef {DANGER}")
    by_people = {*safety.words("pl").first, *safety.words("pl").second}
    assert {message["text"] for message in said} <= by_people


def test_two_rounds_at_once_are_one(gateway: Gateway, polish: None, chat: Chat) -> None:
    waiting, go_on = threading.Event(), threading.Event()

    class Slow(Dying):
        def translate(self, text: str, source: str, target: str) -> Translated:
            waiting.set()
            go_on.wait(10)
            return super().translate(text, source, target)

    slow = Slow()
    first = threading.Thread(target=work.work, args=(gateway, slow), kwargs={"seconds": 0})
    first.start()
    assert waiting.wait(10)
    assert work.work(gateway, slow) == 0  # type: ignore[arg-type]
    go_on.set()
    first.join()
    assert len(slow.asked) == 1


def test_no_word_reaches_the_log(
    chat: Chat,
    gateway: Gateway,
    polish: None,
    written: io.StringIO,
) -> None:
    chat.say(BROKEN)
    work.work(gateway, Dying(on="szef"), seconds=1)  # type: ignore[arg-type]
    assert "not_translated" in written.getvalue()
    assert "pieniądze" not in written.getvalue()
