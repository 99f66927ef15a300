"""The process of the models: real packages with the network cut; and when it hangs, dies or eats memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from knowledge import safety
from webhook.translation.process import NoTranslation, TranslationProcess
from webhook.translation.translator import NeverTranslated, PairNotInstalled, Translator

POLISH = "mój szef zabrał mój paszport, 12 godzin dziennie. czekaj! proszę"
ENGLISH = "my boss took my passport, 12 hours daily. wait! please"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("the network is cut")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def misbehaving(request: pytest.FixtureRequest) -> Iterator[TranslationProcess]:
    kind, megabytes = request.param
    command = (sys.executable, "-m", "tests.webhook.translation.misbehaving", kind)
    made = TranslationProcess(seconds=2.0, megabytes=megabytes, command=command)
    yield made
    made.close()


def alive(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_real_package_translates_with_the_network_cut(translator: Translator) -> None:
    assert translator.translate(POLISH, "pl", "en").text == ENGLISH
    assert translator.translate("my boss took my passport", "en", "pl").text == "mój szef zabrał mój paszport"


def test_lines_stay_lines(translator: Translator) -> None:
    said = translator.translate("mój szef zabrał\n\nmój paszport, proszę", "pl", "en").text
    assert said == "my boss took\n\nmy passport, please"


def test_the_process_has_no_setting_and_no_secret_of_ours(
    translator: Translator, process: TranslationProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_ADVICE_TWILIO_AUTH_TOKEN", "a-secret")
    translator.translate(POLISH, "pl", "en")
    told = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"CARE_ADVICE" not in told
    assert b"OMP_NUM_THREADS=1" in told


def test_a_process_killed_between_two_texts_is_made_anew(translator: Translator, process: TranslationProcess) -> None:
    translator.translate(POLISH, "pl", "en")
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert translator.translate(POLISH, "pl", "en").text == ENGLISH
    assert process.pid not in (None, first)


@pytest.mark.parametrize("misbehaving", [("hang", 1500)], indirect=True)
def test_a_process_killed_in_the_middle_is_said_and_made_anew(misbehaving: TranslationProcess) -> None:
    misbehaving.translate("good day", Path())
    first = misbehaving.pid
    assert first is not None
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    with pytest.raises(NoTranslation, match="died"):
        misbehaving.translate("hang", Path())
    assert misbehaving.translate("good day", Path()) == "good day"


@pytest.mark.parametrize("misbehaving", [("hang", 1500)], indirect=True)
def test_a_model_that_hangs_is_ended(misbehaving: TranslationProcess) -> None:
    misbehaving.translate("good day", Path())
    first = misbehaving.pid
    with pytest.raises(NoTranslation, match="time"):
        misbehaving.translate("hang", Path())
    assert not alive(first)
    assert misbehaving.translate("good day", Path()) == "good day"


def test_a_process_that_was_stopped_is_ended(translator: Translator, process: TranslationProcess) -> None:
    translator.translate(POLISH, "pl", "en")
    first = process.pid
    assert first is not None
    process._seconds = 1.0
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(NoTranslation, match="time"):
        translator.translate(POLISH, "pl", "en")
    assert not alive(first)


@pytest.mark.parametrize("misbehaving", [("eat", 900)], indirect=True)
def test_a_model_that_eats_memory_is_ended_by_its_limit(misbehaving: TranslationProcess) -> None:
    misbehaving._seconds = 30.0
    misbehaving.translate("good day", Path())
    first = misbehaving.pid
    with pytest.raises(NoTranslation, match="died"):
        misbehaving.translate("eat all there is", Path())
    assert not alive(first)
    assert misbehaving.translate("good day", Path()) == "good day"


def test_a_process_that_cannot_start_is_said() -> None:
    broken = TranslationProcess(seconds=5, megabytes=1500, command=(sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(NoTranslation, match="start"):
        broken.translate(POLISH, Path())
    assert broken.pid is None


@pytest.mark.parametrize("misbehaving", [("call_out", 1500)], indirect=True)
def test_a_library_that_would_fetch_something_cannot(misbehaving: TranslationProcess) -> None:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(NoTranslation) as fault:
            misbehaving.translate(f"http://127.0.0.1:{server.server_port}/", Path())
    finally:
        server.shutdown()
        server.server_close()
    assert fault.value.reason in ("URLError", "NetworkIsCut")


@pytest.mark.parametrize("misbehaving", [("write_down", 1500)], indirect=True)
def test_a_library_that_would_write_words_to_the_disk_cannot(misbehaving: TranslationProcess, tmp_path: Path) -> None:
    kept = tmp_path / "cache.txt"
    with pytest.raises(NoTranslation):
        misbehaving.translate("canary", kept)
    assert not kept.exists() or kept.read_bytes() == b""


@pytest.mark.parametrize("misbehaving", [("speak_up", 1500)], indirect=True)
def test_no_word_of_a_text_comes_out_in_an_error_or_a_stream(
    misbehaving: TranslationProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoTranslation) as fault:
        misbehaving.translate("canary", Path())
    assert "canary" not in repr(fault.value) + str(fault.value) + str(fault.value.__context__)
    assert fault.value.reason == "ValueError"
    assert "canary" not in "".join(capfd.readouterr())


def test_nothing_is_written_to_the_disk(translator: Translator, tmp_path: Path) -> None:
    translator.translate(POLISH, "pl", "en")
    for path in (tmp_path / "var").rglob("*"):
        if path.is_file() and "packages" not in path.parts:
            assert "paszport" not in path.read_text(encoding="utf-8", errors="ignore")


def test_the_process_ends_when_its_parent_is_killed_though_its_model_hangs(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "from webhook.translation.process import TranslationProcess\n"
        "command = (sys.executable, '-m', 'tests.webhook.translation.misbehaving', 'hang')\n"
        "made = TranslationProcess(seconds=60, megabytes=1500, command=command)\n"
        "made.translate('good day', Path())\n"
        "threading.Thread(target=made.translate, args=('hang', Path()), daemon=True).start()\n"
        "time.sleep(0.5)\n"
        "print(made.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()}
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    raise AssertionError("the process outlived its parent")


def test_safety_words_are_never_translated(translator: Translator, process: TranslationProcess) -> None:
    words = safety.words("en")
    said = (*words.first, *words.first_self_harm, *words.second, *words.high, *words.high_again, *words.more)
    for text in {*said, *(line for each in said for line in each.splitlines() if " " in line)}:
        with pytest.raises(NeverTranslated):
            translator.translate(text, "en", "pl")
    assert process.pid is None


def test_a_pair_that_is_not_installed_is_said_and_no_bridge_is_taken(translator: Translator) -> None:
    for pair in (("ro", "en"), ("pl", "pl"), ("pl", "ro")):
        with pytest.raises(PairNotInstalled):
            translator.translate(POLISH, *pair)
