"""How the project's intents ("ask/minimum_wage", "greet") look to Rasa.

Rasa's dialogue knows one intent a family ("ask"), so that one rule serves all topics. The full name travels beside it
as Rasa's own retrieval intents do, and as `reading`, the part the actions read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Rasa's own name for "not understood well enough".
UNSURE = "nlu_fallback"
# The menu and its sections are only ever chosen from a button. To the dialogue they are what "menu" is when it is
# written: a start from the beginning.
_CHOSEN_ONLY = {"menu": "start_over"}
_RETRIEVAL = ("ask", "follow_up", "start_check")
_SHAPE = re.compile(r"^[a-z][a-z_]*(/[a-z0-9_]+){0,2}$")
_LONGEST = 100
_RANKED = 5


def family(intent: str) -> str:
    """The intent as the dialogue knows it: the part before the slash."""
    first = intent.split("/", 1)[0]
    return _CHOSEN_ONLY.get(first, first)


def is_intent(name: object) -> bool:
    """Whether this has the form of an intent's name at all."""
    return isinstance(name, str) and len(name) <= _LONGEST and bool(_SHAPE.match(name))


def understood(ranking: Sequence[tuple[str, float]], also: Sequence[str] = (), unsure: bool = False) -> dict[str, Any]:
    """The part of Rasa's parse data that says what was meant. `ranking` is best first and not empty."""
    best, confidence = ranking[0]
    name = UNSURE if unsure else family(best)
    families: dict[str, float] = {}
    for intent, value in ranking:
        families.setdefault(family(intent), round(float(value), 4))
    ranked = [{"name": found, "confidence": value} for found, value in list(families.items())[:_RANKED]]
    if unsure:
        ranked.insert(0, {"name": UNSURE, "confidence": round(float(confidence), 4)})
    data: dict[str, Any] = {
        "intent": {"name": name, "confidence": round(float(confidence), 4)},
        "intent_ranking": ranked,
        "reading": {"ranking": [[i, round(float(c), 4)] for i, c in ranking[:_RANKED]], "also": list(also)[:1]},
        "response_selector": {"all_retrieval_intents": list(_RETRIEVAL)},
    }
    if name in _RETRIEVAL:
        chosen = {
            "intent_response_key": best,
            "confidence": round(float(confidence), 4),
            "responses": [],
            "response_templates": [],
        }
        data["response_selector"][name] = {"response": chosen, "ranking": [chosen]}
        data["intent"]["full_retrieval_intent_name"] = best
    return data


def chosen(intent: str, text: str) -> dict[str, Any]:
    """Whole parse data for an intent the gateway resolved from a button: nothing is guessed from the text."""
    return {"text": text, "entities": [], **understood([(intent, 1.0)])}
