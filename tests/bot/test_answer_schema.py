"""What the action server answers is checked as Rasa checks it, without checking the schema again."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator, ValidationError
from rasa.core.actions.action import RemoteAction

from bot import answer_schema

GOOD = {
    "events": [{"event": "slot", "name": "topic", "value": "breaks", "timestamp": None}],
    "responses": [{"text": "x"}],
}


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    answer_schema.install()
    answer_schema.install()
    return RemoteAction("action_answer", None)


def test_an_answer_in_form_passes_and_the_schema_is_not_checked_again(
    action: RemoteAction, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[object] = []
    monkeypatch.setattr(Draft202012Validator, "check_schema", lambda schema, **more: checked.append(schema))
    assert action._validate_action_result(GOOD)
    assert not checked


@pytest.mark.parametrize(
    "answer", [{"events": "none"}, {"responses": ["text"]}, {"events": [{"event": "unheard"}]}, []]
)
def test_an_answer_out_of_form_is_refused_in_rasas_words(action: RemoteAction, answer: object) -> None:
    with pytest.raises(ValidationError, match="Failed to validate Action server response"):
        action._validate_action_result(answer)
