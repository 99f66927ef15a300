"""Reads the training data for Rasa: an example keeps its whole intent ("ask/minimum_wage") and its language.

Rasa itself would take "ask/..." for examples of its response selector and ask for a response for each. Here they become
examples of the family ("ask"); the whole name goes along under a key of its own, for the classifier.
"""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.reading import family

FULL_INTENT = "full_intent"
LANGUAGE = "language"


class AdviceImporter(RasaFileImporter):  # type: ignore[misc]
    """Rasa's own file reader, but for the names of intents."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of every language. Rasa's `language` is that of the pipeline and chooses nothing here.

        Files are joined in one step: each `TrainingData.merge` copies all that was read before.
        """
        files = []
        for file in sorted(self._nlu_files):
            found = utils.training_data_from_paths([file], language)
            for message in found.training_examples:
                _name(message, Path(file).parent.name)
            files.append(found)
        return TrainingData().merge(*files)


def _name(message: Message, language: str) -> None:
    if message.get(INTENT) is None:
        return
    full = message.get_full_intent()
    message.data.pop(INTENT_RESPONSE_KEY, None)
    message.set(INTENT, family(full))
    message.set(FULL_INTENT, full)
    message.set(LANGUAGE, language)
