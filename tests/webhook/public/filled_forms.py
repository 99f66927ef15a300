"""A check on its pages, filled in as a browser without JavaScript would."""

from __future__ import annotations

import html
import re

import httpx
from fastapi.testclient import TestClient


class Form:
    """The check, begun."""

    def __init__(self, client: TestClient, check: str, lang: str = "en") -> None:
        self.client, self.address = client, f"/checks/{check}?lang={lang}"
        self.response: httpx.Response
        self._post({"act": "begin"})

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.response.text)).split())

    @property
    def state(self) -> str:
        return self._hidden("state") or ""

    @property
    def question(self) -> str | None:
        """The question that is asked; None on the result."""
        return self._hidden("question")

    def _hidden(self, name: str) -> str | None:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.response.text)
        return found[1] if found else None

    def post(self, act: str = "next", **fields: object) -> None:
        """Press a button with these fields filled in."""
        self._post({"act": act, "state": self.state, "question": self.question or "", **fields})

    def _post(self, data: dict[str, object]) -> None:
        self.response = self.client.post(self.address, data=data)
        assert self.response.status_code == 200, self.response.text

    def answer(self, *values: str) -> None:
        self.post(answer=list(values))

    def day(self, day: int, month: int, year: int, place: int = 0) -> None:
        self.post(**{f"day-{place}": str(day), f"month-{place}": str(month), f"year-{place}": str(year)})

    def fill(self, place: int) -> None:
        """Answer whatever is asked: the choice in that place, a small number, days of this year."""
        choices = re.findall(r'type="(?:radio|checkbox)" name="answer" value="([^"]*)"', self.response.text)
        days = re.findall(r'name="day-(\d+)"', self.response.text)
        if days:
            fields: dict[str, object] = {}
            for each in days:
                fields |= {f"day-{each}": str(1 + 4 * int(each)), f"month-{each}": "9", f"year-{each}": "2026"}
            self.post(**fields)
        elif choices:
            self.answer(choices[place])
        else:
            self.answer("8" if place else "20")

    def fill_all(self) -> None:
        """Choose everything there is to be chosen."""
        self.answer(*re.findall(r'name="answer" value="([^"]*)"', self.response.text))
