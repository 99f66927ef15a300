"""The measuring itself: a wrong measure is worse than none."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
import yaml

from benchmarks import default_project, our_project, page
from benchmarks.load import MESSAGES_EACH, Waits, talk
from benchmarks.processes import memory, only, running
from benchmarks.systems import RASA_PYTHON


def test_a_training_cut_short_is_rasas_own_default_but_for_its_epochs(tmp_path: Path) -> None:
    packages = next((RASA_PYTHON.parent.parent / "lib").glob("python3*")) / "site-packages"
    default_project.write(tmp_path, packages, epochs=3)
    config = yaml.safe_load((tmp_path / "config.yml").read_text(encoding="utf-8"))
    theirs = yaml.safe_load((packages / "rasa/engine/recipes/config_files/default_config.yml").read_text("utf-8"))
    parts = (*config["pipeline"], *config["policies"])
    assert {part["epochs"] for part in parts if "epochs" in part} == {3}
    assert [part["name"] for part in parts] == [each["name"] for each in (*theirs["pipeline"], *theirs["policies"])]


def test_the_default_project_holds_every_english_intent_and_rasas_own_settings(tmp_path: Path) -> None:
    packages = next((RASA_PYTHON.parent.parent / "lib").glob("python3*")) / "site-packages"
    default_project.write(tmp_path, packages)
    domain = yaml.safe_load((tmp_path / "domain.yml").read_text())
    assert {"ask_minimum_wage", "greet", "out_of_scope"} <= set(domain["intents"])
    assert set(domain["responses"]) == {f"utter_{intent}" for intent in domain["intents"]}
    assert yaml.safe_load((tmp_path / "config.yml").read_text())["pipeline"] is None


def test_our_project_is_this_one_with_english_alone(tmp_path: Path) -> None:
    our_project.write(tmp_path / "ours")
    assert [path.name for path in (tmp_path / "ours" / "data" / "nlu").iterdir()] == ["en"]
    assert not (tmp_path / "ours" / "var").exists()
    found = subprocess.run(
        [sys.executable, "-c", "import understanding.places as places; print(places.ROOT)"],
        cwd=tmp_path / "ours",
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == tmp_path / "ours"


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("people", [1, 8])
def test_every_message_is_said_once_and_counted(people: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    server.seen = []  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()

    said: Counter[int] = Counter()

    async def say(client: httpx.AsyncClient, person: int, text: str) -> None:
        await asyncio.sleep(0)
        said[person] += 1
        (await client.get(f"/{text}")).raise_for_status()

    texts = [str(number) for number in range(40)]
    waits = talk(f"http://127.0.0.1:{server.server_port}", say, texts, people)
    server.shutdown()
    server.server_close()
    assert sorted(server.seen) == sorted(f"/{text}" for text in texts)  # type: ignore[attr-defined]
    assert len(waits.each) == 40
    assert max(said.values()) <= MESSAGES_EACH
    assert len(said) >= people


def test_waits_are_given_in_milliseconds_and_messages_by_the_second() -> None:
    waits = Waits([0.1, 0.2, 0.3], 0.6)
    assert waits.quantile(0.5) == pytest.approx(200)
    assert waits.a_second == pytest.approx(5)


def test_memory_counts_processes_a_supervisor_has_put_into_groups_and_all_are_ended(
    tmp_path: Path,
) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(60)"
    start = f"subprocess.Popen([sys.executable, '-c', {child!r}], process_group=0)"
    parent = f"import subprocess, sys, time; {start}; time.sleep(60)"
    with running([sys.executable, "-c", parent], tmp_path, {}, tmp_path / "log") as group:
        for _ in range(200):
            if memory(group) > 80:
                break
            asyncio.run(asyncio.sleep(0.05))
        assert memory(group) > 80
    assert memory(group) == 0


def test_nothing_that_is_set_for_a_service_on_this_machine_reaches_what_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CARE_ADVICE_DATABASE_URL", "postgresql://live")
    monkeypatch.setenv("TRACKER_URL", "postgresql://live")
    found = only({"CARE_ADVICE_VAR": "here"})
    assert "postgresql://live" not in found.values()
    assert found["CARE_ADVICE_VAR"] == "here"


def test_the_page_keeps_what_is_written_by_hand() -> None:
    text = "a\n<!-- measured -->\nold\n<!-- end of measured -->\nz\n"
    assert page.with_measured(text, "new") == "a\n<!-- measured -->\nnew\n<!-- end of measured -->\nz\n"
    with pytest.raises(ValueError, match="unpack"):
        page.with_measured("no marks", "new")


def test_the_table_has_a_column_for_each_system() -> None:
    assert page.as_table([("speed", {"b": "2"})], ["a", "b"]).splitlines()[-1] == "| speed |  | 2 |"
