"""What all pages share: their language, the words around the text, the danger lines, and the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from knowledge import safety
from knowledge.contacts import contact
from knowledge.languages import Language, LanguageNotKnown, all_languages, language
from knowledge.page_words import PageWords, page_words
from webhook.words import WHO_CAN_HELP

FOLDER = Path(__file__).parent
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"
"""Where "exit this page" goes: a page anybody may be seen to read."""
ENGLISH, EMERGENCY = "en", "emergency"
FOUND_BY_SEARCH = {"X-Robots-Tag": "all"}
"""For pages that say the same to everybody; all others keep search engines out."""
EXIT_WORDS = ("exit", "exit_more", "exit_last", "exit_late")

_templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class DangerLines:
    """Fixed safety words in one language. `lines`: text, and the number to call where it is one."""

    lang: str
    dir: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Elsewhere:
    """The same page in another language."""

    lang: str
    dir: str
    name: str
    href: str


def danger_lines(lang: str) -> tuple[DangerLines, ...]:
    """The words for danger in that language, with the English ones where no speaker has read them."""
    said = safety.words(lang)
    return tuple(
        DangerLines(code, direction, tuple((line, number_in(line)) for line in text.split("\n")))
        for text, (code, direction) in zip(said.first, said.spoken, strict=True)
    )


def number_in(line: str) -> str:
    """The number that a whole line is, as it is dialled; nothing for any other line."""
    bare = line.replace(" ", "")
    return bare if bare.isascii() and bare.isdigit() else ""


def language_of(request: Request, there: Iterable[str]) -> str:
    """The language of a page: asked for in the address, else the browser's first that is there, else its first.

    Where the text is not there in it, the words around it and the danger lines still are.
    """
    asked = request.query_params.get("lang", "")
    if asked in all_languages():
        return asked
    wished, known = browser_languages(request.headers.get("accept-language", "")), set(there)
    return next((each for each in wished if each in known), next(iter(wished), ENGLISH))


def language_there(lang: str, there: Iterable[str]) -> str:
    """The language of the text: that of the page, or English."""
    return lang if lang in set(there) else ENGLISH


def browser_languages(header: str) -> tuple[str, ...]:
    """The languages of the registry that a browser asks for, the wanted ones first."""
    ranked = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.strip().partition(";")
        code = tag.strip().lower().split("-")[0]
        try:
            worth = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            worth = 0.0
        if code in all_languages():
            ranked.append((-worth, place, code))
    return tuple(code for _, _, code in sorted(ranked))


def elsewhere(path: str, codes: Iterable[str]) -> tuple[Elsewhere, ...]:
    """The languages in which a page is there, English first, each with its address."""
    found = [each for code, each in all_languages().items() if code in set(codes)]
    return tuple(Elsewhere(each.code, each.dir, each.own_name, f"{path}?lang={each.code}") for each in found)


def not_checked(lang: str) -> bool:
    """Whether no speaker of that language has read its texts."""
    try:
        return lang != ENGLISH and language(lang).reviewer is None
    except LanguageNotKnown:
        return False


@lru_cache(maxsize=64)
def words_for(lang: str) -> PageWords:
    """The words around the text."""
    return page_words(lang)


def every_language() -> tuple[Language, ...]:
    """Every language in which a worker may write, in the order of the registry."""
    return tuple(all_languages().values())


def page(
    template: str,
    lang: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    path: str = "",
    there: Iterable[str] = (),
    **values: Any,
) -> HTMLResponse:
    """A page in a language. `path` and `there`: its own address, and the languages in which it is there."""
    words = words_for(lang)
    html = _templates.get_template(template).render(
        words=words,
        lang=lang,
        danger=danger_lines(lang),
        exit_address=EXIT_ADDRESS,
        exit_words={key: words[key] for key in EXIT_WORDS},
        elsewhere=elsewhere(path, there),
        link=_linker(lang),
        emergency=contact(EMERGENCY).number,
        helpers=helpers(),
        **values,
    )
    return HTMLResponse(html, status, headers=dict(headers or {}))


@lru_cache(maxsize=1)
def helpers() -> tuple[tuple[str, str], ...]:
    """Who can be called when we cannot help: names and numbers."""
    found = (contact(name) for name in WHO_CAN_HELP)
    return tuple((each.name, each.number) for each in found if each.number)


def _linker(lang: str) -> Callable[[str], str]:
    return lambda path: f"{path}?lang={lang}"
