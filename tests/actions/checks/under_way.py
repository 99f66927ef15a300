"""A check under way without Rasa: what is said to it, and what it then asks or finds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from actions.checks.asking import question_message
from actions.checks.ending import ending_messages
from actions.checks.hearing import Heard, hear
from actions.reply import Message
from actions.turn import Turn
from knowledge import clock
from knowledge.questions.draft import Draft, opened
from knowledge.questions.every_check import CHECKS

TODAY = date(2026, 11, 21)
UNSURE = (("out_of_scope", 0.4), ("ask/payslip", 0.3))


@dataclass
class UnderWay:
    """One check. `say` takes text, or an intent that begins with a slash."""

    check: str
    form: Literal["short", "long"] = "long"
    channel: str = "web"
    spoken: str = "en"
    language: str = "en"
    draft: Draft = field(init=False)
    end: str | None = None
    elsewhere: bool = False

    def __post_init__(self) -> None:
        self.draft = opened(CHECKS[self.check], Draft(self.check), TODAY)

    def say(self, *messages: str, intent: str = "out_of_scope", sure: float | None = None, **known: bool) -> str:
        """Send each message; what is asked, or found, after the last. `known`: what the gateway tells with it."""
        for said in messages:
            heard = self._hear(said, intent, sure, **known)
            self.elsewhere = heard.elsewhere
            if not heard.elsewhere:
                self.end = heard.end
                self.draft = Draft.load(json.loads(json.dumps(heard.draft.dump())))
        return self.words

    def _hear(self, said: str, intent: str, sure: float | None, **known: bool | str) -> Heard:
        ranking = ((intent, sure), ("ask/payslip", 0.05)) if sure else UNSURE
        known = {"language": self.language, "spoken": self.spoken, **known}
        turn = Turn(intent, said, form=self.form, channel=self.channel, ranking=ranking)
        if said.startswith("/"):
            turn = Turn(said[1:], form=self.form, channel=self.channel, ranking=((said[1:], 1.0),))
        turn = replace(turn, **known)  # type: ignore[arg-type]
        with clock.at(TODAY):
            return hear(CHECKS[self.check], self.draft, turn, TODAY)

    @property
    def messages(self) -> list[Message]:
        """What is said now."""
        turn = Turn("", form=self.form, channel=self.channel, language=self.language, spoken=self.spoken)
        with clock.at(TODAY):
            if self.end:
                return ending_messages(CHECKS[self.check], self.draft, self.end, turn)
            asked = question_message(CHECKS[self.check], self.draft, turn)
        return [asked] if asked else []

    @property
    def words(self) -> str:
        """All the words said now."""
        return "\n".join(message.text for message in self.messages)

    @property
    def titles(self) -> list[str]:
        """The titles of the choices shown now."""
        return [button.title for message in self.messages for button in message.buttons]
