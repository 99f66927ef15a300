"""An answer as messages: in the worker's language, or truthfully marked as the English it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.reply import Button, Kind, Message
from knowledge.phrases import phrase
from knowledge.rendered import RenderedAnswer


def answer_messages(said: RenderedAnswer, lang: str, buttons: Sequence[Button] = ()) -> list[Message]:
    """The answer, for a worker who reads `lang`. The buttons stand below the last message.

    Where it is there only in English, a line in the worker's language says so first. Where it was made from another
    English, that of today follows under a heading.
    """
    messages = [Message("answer", said.text, said.lang, said.topic)]
    if said.lang != lang:
        messages.insert(0, Message("notice", phrase("answer_in_english", lang), lang))
    if said.beside is not None:
        under = f"{said.text}\n\n{phrase('heading_english', said.lang)}"
        english = Message("answer", said.beside.text, said.beside.lang, said.topic)
        messages[-1:] = [replace(messages[-1], text=under), english]
    messages[-1] = replace(messages[-1], buttons=buttons)
    return messages


def with_answer(
    words: str, said: RenderedAnswer, lang: str, kind: Kind = "answer", buttons: Sequence[Button] = ()
) -> list[Message]:
    """Words of ours in the worker's language, then an answer: one message where the answer is in that language too."""
    if said.lang == lang and said.beside is None:
        return [Message(kind, f"{words}\n{said.text}", lang, said.topic, buttons)]
    return [Message(kind, words, lang), *answer_messages(said, lang, buttons)]
