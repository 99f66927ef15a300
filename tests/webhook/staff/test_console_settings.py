"""The console's settings are documented with their defaults."""

from __future__ import annotations

import re
from pathlib import Path

from webhook.staff.settings import StaffSettings

DOCUMENT = (Path(__file__).parents[3] / "docs" / "console.md").read_text(encoding="utf-8")


def test_the_document_holds_exactly_the_settings_there_are_with_their_defaults() -> None:
    part = DOCUMENT.split("## Settings")[1].split("##")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\|", part, re.MULTILINE))
    fields = StaffSettings.model_fields
    assert set(rows) == set(fields)
    for name, shown in rows.items():
        default = fields[name].default
        assert shown == ("" if default is None else str(default)), name
