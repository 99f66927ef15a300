"""The rights checks as plain pages, one question on each. What is answered travels in the form and is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from knowledge import clock
from knowledge.check_text import FindingText, finding_text
from knowledge.checks import CheckWords, check_path, check_words, is_check_reviewed, worded_checks
from knowledge.languages import all_languages, language
from knowledge.phrases import phrase
from knowledge.placeholders import fill
from knowledge.questions.check import Check
from knowledge.questions.draft import Draft, asking, questions_by_name, refused_after
from knowledge.questions.every_check import CHECKS
from knowledge.questions.following import CANNOT, Following, following, passed_over
from knowledge.questions.onward import dates_ahead, topic_of, topics_after
from knowledge.questions.question import Question
from knowledge.questions.telling import about_choice, again
from knowledge.render import help_text
from knowledge.rendered import CONTACT
from knowledge.rules.calendar_file import calendar_text
from knowledge.topics import all_checks
from webhook.public.answer_pages import links
from webhook.public.check_fields import Filled, NotFilled, field_for, read_field
from webhook.public.check_state import StateNotOurs, packed, unpacked
from webhook.public.layout import ENGLISH, FOUND_BY_SEARCH, language_of, language_there, page, words_for
from webhook.public.state import PublicState, state_of
from webhook.public.switched_off import OffNow, topic_is_off
from webhook.switches.off import Off

router = APIRouter(tags=["pages"], include_in_schema=False)
State = Annotated[PublicState, Depends(state_of)]
CHANGE = "change:"
CALENDAR_NAME = "dates.ics"


@dataclass(frozen=True)
class Answered:
    """One answer as it is repeated."""

    question: str
    name: str
    value: str


@dataclass(frozen=True)
class Told:
    """One finding in words, under a heading where there are several."""

    heading: str
    text: FindingText


@dataclass(frozen=True)
class Step:
    """Where a check is: `problem` says why the open question is asked again; `filled` is what stood in its fields."""

    came: Following
    problem: str = ""
    filled: Filled | None = None


@dataclass(frozen=True)
class Asked:
    """A request for a page of a check. `page`: the language of the page, where the check's own words lack it."""

    check: Check
    page: str
    lang: str
    today: date
    key: bytes

    @property
    def words(self) -> CheckWords:
        """The words of the check."""
        return check_words(self.check.id, self.lang)

    @property
    def there(self) -> tuple[str, ...]:
        """The languages that have words for it."""
        return languages_of(self.check.id)

    @property
    def unchecked(self) -> bool:
        """Whether no speaker of their language has read the words of the check."""
        return not is_check_reviewed(self.check.id, self.lang)


def languages_of(check: str) -> tuple[str, ...]:
    """The languages that have words for a check."""
    return tuple(lang for lang in all_languages() if check_path(check, lang).is_file())


@router.get("/checks", response_class=HTMLResponse)
async def checks(request: Request) -> HTMLResponse:
    """All checks."""
    there = sorted({lang for check in CHECKS for lang in languages_of(check)})
    lang = language_of(request, there)
    listed = [check_words(each.id, lang) for each in all_checks() if each.id in worded_checks(ENGLISH)]
    return page("checks.html", lang, headers=FOUND_BY_SEARCH, path="/checks", there=there, checks=listed)


@router.get("/checks/{name}", response_class=HTMLResponse)
async def start(request: Request, name: str, state: State, off: OffNow) -> HTMLResponse:
    """What a check is about, before its first question."""
    asked = _asked(request, name, state, off)
    return topic_is_off(asked.page) if topic_of(asked.check) in off.topics else _start(asked)


@router.post("/checks/{name}", response_class=HTMLResponse)
async def step(request: Request, name: str, state: State, off: OffNow) -> HTMLResponse:
    """An answer, and the next question or the result."""
    asked = _asked(request, name, state, off)
    if topic_of(asked.check) in off.topics:
        return topic_is_off(asked.page)
    filled = await _filled(request)
    act = "".join(filled.get("act", []))
    if act == "begin":
        return _show(asked, Step(following(asked.check, Draft(name), asked.today)))
    try:
        draft = unpacked(asked.key, name, "".join(filled.get("state", [])))
    except StateNotOurs:
        return _start(asked, lost=True)
    return _show(asked, _moved(asked, draft, act, filled))


@router.post("/checks/{name}/dates")
async def dates(request: Request, name: str, state: State, off: OffNow) -> Response:
    """The dates ahead of a result as a calendar file, under neutral titles."""
    asked = _asked(request, name, state, off)
    if topic_of(asked.check) in off.topics:
        return topic_is_off(asked.page)
    try:
        draft = unpacked(asked.key, name, "".join((await _filled(request)).get("state", [])))
        came = following(asked.check, draft, asked.today)
    except StateNotOurs:
        return _start(asked, lost=True)
    ahead = () if came.end is None or came.end == CANNOT else dates_ahead(asked.check, _found(asked, came), asked.lang)
    if not ahead:
        return RedirectResponse(f"/checks/{name}?lang={asked.page}", 303)
    disposition = {"Content-Disposition": f'attachment; filename="{CALENDAR_NAME}"'}
    return Response(calendar_text(ahead, clock.now()), media_type="text/calendar; charset=utf-8", headers=disposition)


def _asked(request: Request, name: str, state: PublicState, off: Off) -> Asked:
    if name not in CHECKS:
        raise HTTPException(404)
    there = [each for each in languages_of(name) if each not in off.languages]
    wished = language_of(request, there)
    return Asked(CHECKS[name], wished, language_there(wished, there), clock.today(), state.gateway.vault.session_key)


async def _filled(request: Request) -> Filled:
    form = await request.form()
    return {name: [value for value in form.getlist(name) if isinstance(value, str)] for name in form}


def _moved(asked: Asked, draft: Draft, act: str, filled: Filled) -> Step:
    """The step that a posted form leads to. Pure."""
    check, today = asked.check, asked.today
    question = questions_by_name(check, draft).get("".join(filled.get("question", [])))
    if act.startswith(CHANGE):
        name = act.removeprefix(CHANGE)
        return Step(following(check, draft.without(name) if name in draft.answers else draft, today))
    if act == "back":
        last = next(reversed(list(draft.answers)), None)
        return Step(following(check, draft.without(last) if last else draft, today))
    if question is None or act not in ("next", "skip"):
        return Step(following(check, draft, today))
    if act == "skip":
        return _with_reason(asked, passed_over(check, draft, question, today), draft.answered(question.name, None))
    return _taken(asked, draft, question, filled)


def _taken(asked: Asked, draft: Draft, question: Question, filled: Filled) -> Step:
    check, today = asked.check, asked.today
    ask = asking(check, draft, question, asked.lang, asked.lang, today)
    try:
        value = read_field(question, ask, filled)
    except NotFilled as fault:
        problem = words_for(asked.page)[fault.key] if fault.of_page else phrase(fault.key, asked.lang)
        return Step(Following(replace(draft, open=question.name)), problem, filled)
    after = draft.answered(question.name, value)
    refused = refused_after(check, draft, after, question.name, today)
    if refused is not None:
        return Step(Following(draft.without(question.name)), again(check, refused, after, asked.lang), filled)
    return _with_reason(asked, following(check, replace(after, open=None), today), after)


def _with_reason(asked: Asked, came: Following, before: Draft) -> Step:
    return Step(came, again(asked.check, came.again, before, asked.lang) if came.again else "")


def _start(asked: Asked, lost: bool = False) -> HTMLResponse:
    words = asked.words
    return page(
        "check_start.html", asked.page, headers=FOUND_BY_SEARCH, path=f"/checks/{asked.check.id}", there=asked.there,
        check=words, intro=fill(words.intro, words.lang), text_dir=language(words.lang).dir, lost=lost,
        unchecked=asked.unchecked,
    )  # fmt: skip


def _show(asked: Asked, step: Step) -> HTMLResponse:
    if step.came.end is not None:
        return _result(asked, step.came)
    draft = step.came.draft
    question = questions_by_name(asked.check, draft)[draft.open or ""]
    words = words_for(asked.page)
    ask = asking(asked.check, draft, question, asked.lang, asked.lang, asked.today)
    about = about_choice(question, asked.check, asked.lang)
    said = fill(ask.words.ask, asked.lang)
    return page(
        "check_question.html", asked.page, **_frame(asked, draft),
        ask=f"{phrase('check_about', asked.lang, what=about)} {said}" if about else said,
        help=fill(ask.words.help, asked.lang), problem=step.problem,
        field=field_for(question, ask, words, step.filled),
        step=words.with_values("check_step", number=len(draft.answers) + 1),
    )  # fmt: skip


def _frame(asked: Asked, draft: Draft) -> dict[str, Any]:
    """What question and result share."""
    words = asked.words
    return {
        "check": asked.check.id,
        "title": words.title,
        "text_lang": words.lang,
        "text_dir": language(words.lang).dir,
        "state": packed(asked.key, draft),
        "answered": _answered(asked, draft),
    }


def _answered(asked: Asked, draft: Draft) -> list[Answered]:
    shown = []
    for question in questions_by_name(asked.check, draft).values():
        if question.name not in draft.answers:
            continue
        value = draft.answers[question.name]
        ask = asking(asked.check, draft, question, asked.lang, asked.lang, asked.today)
        name = about_choice(question, asked.check, asked.lang) or ask.words.name
        told = words_for(asked.page)["check_skip"] if value is None else question.kind.tell(value, ask)
        shown.append(Answered(question.name, name, told))
    return shown


def _found(asked: Asked, came: Following) -> tuple[Any, ...]:
    return asked.check.find(came.draft.answers, asked.today)


def _result(asked: Asked, came: Following) -> HTMLResponse:
    check, lang, draft = asked.check, asked.lang, came.draft
    found = () if came.end == CANNOT else _found(asked, came)
    findings = [
        Told(phrase("check_heading_visa", lang) if place else "", finding_text(check.id, each, lang))
        for place, each in enumerate(found)
    ]
    helpers = help_text(topic_of(check), lang)
    cannot = {
        "words": words_for(asked.page)["check_cannot"],
        "help": [each.text for each in helpers.blocks if each.kind == CONTACT],
    }
    return page(
        "check_result.html", asked.page, **_frame(asked, draft), findings=findings, cannot=None if found else cannot,
        urgent=check.over(draft.answers, asked.today), dates=dates_ahead(check, found, lang),
        related=links(topics_after(check, found), asked.page), unchecked=asked.unchecked,
        heading={"do": phrase("heading_do", lang), "help": phrase("heading_help", lang),
                 "sums": phrase("check_heading_sums", lang)},
    )  # fmt: skip
