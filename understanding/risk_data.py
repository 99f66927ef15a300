"""Examples with the risk they show: data/risk/<language>/*.yml, and ordinary questions that show none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.example_files import risk_form
from knowledge.files import FileMalformed, read_checked
from understanding.places import ROOT
from understanding.risk_levels import NONE
from understanding.topic_pieces import OUT_OF_SCOPE
from understanding.training_data import Example

RISK_DATA = ROOT / "data" / "risk"

# Questions under these topics often tell of danger; they say nothing about what is ordinary.
_MAY_SHOW_RISK = frozenset(
    {
        "ask/abuse_of_service_user",
        "ask/access_to_services",
        "ask/contract_scam",
        "ask/debt_bondage",
        "ask/discrimination_and_harassment",
        "ask/fear_of_immigration",
        "ask/fee_scam",
        "ask/forced_labour",
        "ask/get_help",
        "ask/identity_scam",
        "ask/job_scam",
        "ask/keep_evidence",
        "ask/living_conditions",
        "ask/nrm_support",
        "ask/passport_withheld",
        "ask/reporting_safely",
        "ask/restricted_movement",
        "ask/safety_planning",
        "ask/signs_of_modern_slavery",
        "ask/threats_and_abuse",
        "ask/violence_from_clients",
        "ask/wellbeing",
        "ask/what_is_modern_slavery",
        "ask/who_to_report_to",
        "ask/withheld_wages",
        "start_check/situation",
        "talk_to_person",
    }
)


# So many ordinary questions of each intent are taken, by language; of what has nothing to do with care work, all.
_ORDINARY = {"en": 30}
_ORDINARY_ELSEWHERE = 2


@dataclass(frozen=True, order=True)
class RiskExample:
    """A message and the level it shows. `kind` is the sign, or why it is harmless; `weight` counts less where unread.

    An ordinary question taken from the topic examples has the intent as its kind.
    """

    text: str
    level: str
    kind: str = ""
    language: str = "en"
    weight: float = 1.0

    @property
    def label(self) -> str:
        """Level and kind together: what is told apart in training."""
        return f"{self.level}/{self.kind}"


def read_risk_examples(folder: Path = RISK_DATA) -> list[RiskExample]:
    """Every example of every language, each text once, in a fixed order. Raises FileMalformed."""
    found: dict[tuple[str, str], RiskExample] = {}
    for path in sorted(folder.glob("*/*.yml")):
        for example in _in_file(path):
            known = found.setdefault((example.language, example.text), example)
            if known.level != example.level:
                raise FileMalformed(path, [f"stands elsewhere as {known.level}: {example.text[:60]}"])
    return list(found.values())


def _in_file(path: Path) -> Iterator[RiskExample]:
    data: dict[str, Any] = read_checked(path, risk_form)
    if data["language"] != path.parent.name:
        raise FileMalformed(path, [f"language: is {data['language']}, but the folder is {path.parent.name}"])
    for line in data["examples"]:
        yield RiskExample(
            line["text"].strip(), data["level"], line.get("sign") or line.get("why") or "", data["language"]
        )


def ordinary(topics: Iterable[Example], taken: Iterable[RiskExample], weight: float) -> list[RiskExample]:
    """Topic examples that show no risk, as far as their topic tells. They count for `weight` of a read example.

    Of each intent a few are taken, the same ones as long as their texts are the same: more of them add time, not sense.
    """
    known = {(example.language, example.text) for example in taken}
    listed: dict[tuple[str, str], list[Example]] = {}
    for example in topics:
        if example.intent not in _MAY_SHOW_RISK and (example.language, example.text) not in known:
            listed.setdefault((example.language, example.intent), []).append(example)
    return [
        RiskExample(example.text, NONE, example.intent, example.language, weight)
        for (language, intent), examples in listed.items()
        for example in sorted(examples, key=_by_hash)[: _most(language, intent, len(examples))]
    ]


def _most(language: str, intent: str, there_are: int) -> int:
    return there_are if intent == OUT_OF_SCOPE else _ORDINARY.get(language, _ORDINARY_ELSEWHERE)


def _by_hash(example: Example) -> bytes:
    return hashlib.sha256(example.text.encode("utf-8", "replace")).digest()
