"""What the action server answers is checked by Rasa's schema, and the schema itself once, not at every answer.

Rasa hands its schema to `jsonschema.validate`, which first checks the schema: of a message's time in Rasa that took a
quarter.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Check the schema now and answers from now on. May be called more than once."""
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    theirs = RemoteAction._validate_action_result
    if getattr(theirs, "checked_once", False):
        return
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    form = kind(schema)

    def validate(action: Any, result: dict[str, Any]) -> bool:
        # What is wrong is said in Rasa's own words.
        return form.is_valid(result) or bool(theirs(action, result))

    validate.checked_once = True  # type: ignore[attr-defined]
    RemoteAction._validate_action_result = validate
