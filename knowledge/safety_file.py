"""The form of a file of safety words, apart from the words, so that a broken file can be told rather than imported."""

from __future__ import annotations

from knowledge.shape import boolean, list_of, record, text

FOLDER = "safety"
safety_form = record({"reviewed": boolean, "first": list_of(text, 1), "second": list_of(text, 1)})
