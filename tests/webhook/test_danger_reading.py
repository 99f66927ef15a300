"""What of the reading of danger is missing or broken is seen by whoever runs the service; the worker gets the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.files import ROOT
from tests.webhook.parts import DANGER, OneWordPatterns, post_sms
from understanding import risk
from understanding.encoded import Encoded
from understanding.encoder import Encoder
from understanding.risk import RiskReader
from webhook import danger_reading, metrics, steps
from webhook.gateway import Gateway
from webhook.public.app import create_app
from webhook.stepping import reading
from webhook.steps import Context

WHOLE = {"signs": "on", "vectors": "on", "classifier": "on"}


class Calm:
    """A classifier that believes in nothing bad, or breaks."""

    def __init__(self, broken: bool = False) -> None:
        self.broken = broken

    def chances(self, text: str, language: str, encoded: Encoded | None) -> Mapping[str, float]:
        if self.broken:
            raise OSError("cut off")
        return {"none": 1.0}


class Broken:
    """Written signs that cannot be read."""

    def read(self, text: str, language: str) -> risk.PatternReading:
        raise RuntimeError("broken")


@pytest.fixture(autouse=True)
def another_reader_afterwards() -> Iterator[None]:
    yield
    risk.use(None)
    danger_reading.note(())


def read(text: str = "hello") -> Context:
    return steps.run(Context(text, "sms", "p"), steps.AT_THE_DOOR)


def lacks(part: str) -> float | None:
    return metrics.REGISTRY.get_sample_value("advice_danger_reading_lacks", {"part": part})


def read_without(part: str) -> float:
    return metrics.REGISTRY.get_sample_value("advice_danger_read_without_total", {"part": part}) or 0


def test_with_everything_there_nothing_is_missing() -> None:
    risk.use(RiskReader(OneWordPatterns(), Calm()))
    read()
    assert danger_reading.parts() == WHOLE
    assert [lacks(part) for part in danger_reading.PARTS] == [0, 0, 0]


@pytest.mark.parametrize(
    ("reader", "part"),
    [
        (RiskReader(OneWordPatterns()), "classifier"),
        (RiskReader(OneWordPatterns(), Calm(broken=True)), "classifier"),
        (RiskReader(None, Calm()), "signs"),
        (RiskReader(Broken(), Calm()), "signs"),
    ],
)
def test_a_part_that_is_missing_or_broken_is_named_and_counted(reader: RiskReader, part: str) -> None:
    risk.use(reader)
    before = read_without(part)
    read()
    assert danger_reading.parts() == {**WHOLE, part: "off"}
    assert (lacks(part), read_without(part)) == (1, before + 1)


def test_without_the_sentence_vectors_the_words_still_come_and_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OSError("no such file")

    monkeypatch.setattr(Encoder, "encode", away)
    risk.use(RiskReader(OneWordPatterns(), Calm(broken=True)))
    context = read(f"help {DANGER}")
    assert context.drafts[0].text.startswith("999")
    assert danger_reading.parts() == {"signs": "on", "vectors": "off", "classifier": "off"}


def test_where_nothing_can_be_read_everything_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(reading.risks, "assess", broken)
    read()
    assert set(danger_reading.parts().values()) == {"off"}
    with pytest.raises(RuntimeError):
        reading.warm_up()


def test_a_model_whose_files_are_cut_off_is_seen_from_the_start(gateway: Gateway, tmp_path: Path) -> None:
    folder = tmp_path / "risk-1"
    folder.mkdir()
    (folder / "model.json").write_text("{", encoding="utf-8")
    risk.use(risk.made_of(OneWordPatterns(), tmp_path))
    client = TestClient(create_app(gateway))
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert ready.json()["danger_reading"] == {"signs": "on", "vectors": "on", "classifier": "off"}
    assert "999" in post_sms(client, "SM1", DANGER).text


def test_every_metric_stands_on_its_page() -> None:
    page = (ROOT.parent / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert [family.name for family in metrics.REGISTRY.collect() if f"`{family.name}" not in page] == []
