"""The web chat's addresses. Shapes and codes are a contract: see the OpenAPI document at `/openapi.json`."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer
from starlette.concurrency import run_in_threadpool

from knowledge.languages import all_languages
from webhook.channels import web_chat
from webhook.channels.web_chat import Said, SessionNotLive, Shown, TooMany
from webhook.database import DatabaseUnavailable
from webhook.public.afterwards import bring
from webhook.public.state import PublicState, state_of
from webhook.rate_limit import caller

router = APIRouter(prefix="/chat", tags=["chat"])

EVENTS_SECONDS = 300
"""How long one stream of events lasts; the browser then opens the next."""
LOOK_SECONDS = 1.0
HEARTBEAT_LOOKS = 15


class ErrorDetail(BaseModel):
    """What went wrong, as a short code and a calm sentence."""

    code: str
    message: str


class ErrorBody(BaseModel):
    """The body of every error."""

    error: ErrorDetail


class ButtonOut(BaseModel):
    """A choice. `payload` is opaque and good for the session's last menu only; its number does too."""

    title: str
    payload: str


class FileOut(BaseModel):
    """A file that goes with a message, to be saved if the worker wishes."""

    name: str
    type: str
    text: str


class MessageOut(BaseModel):
    """One message of the conversation."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    from_: Annotated[Literal["worker", "service", "officer"], Field(alias="from")]
    kind: Literal["answer", "safety", "question", "choice", "menu", "notice", "error"]
    text: str
    lang: str
    dir: Literal["ltr", "rtl"]
    topic: str | None
    buttons: list[ButtonOut]
    file: FileOut | None = None

    @model_serializer(mode="wrap")
    def _without_an_empty_file(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Most messages have no file, and then no place for one."""
        written: dict[str, object] = write(self)
        if self.file is None:
            written.pop("file", None)
        return written


class MessagesOut(BaseModel):
    """Messages in the order of reading."""

    messages: list[MessageOut]


class SessionOut(MessagesOut):
    """A new session: its token, shown once, and the first messages."""

    session: str


class MessageIn(BaseModel):
    """What a worker says. The same `client_id` again gives the same replies: resending is safe."""

    model_config = ConfigDict(extra="ignore", strict=True)

    text: str
    client_id: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class ReturnIn(BaseModel):
    """The language of the page, and the words that open a conversation again, where the worker was given some."""

    model_config = ConfigDict(extra="ignore", strict=True)

    phrase: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    language: Annotated[str, Field(max_length=8)] | None = None


class LanguageIn(BaseModel):
    """A language that the worker chose, by its code."""

    model_config = ConfigDict(extra="ignore", strict=True)

    language: Annotated[str, Field(max_length=8)]


REFUSALS: dict[int | str, dict[str, object]] = {
    status: {"model": ErrorBody} for status in (400, 401, 413, 422, 429, 503)
}
_bearer = HTTPBearer(auto_error=False, description="The token from `POST /chat/sessions`.")
State = Annotated[PublicState, Depends(state_of)]


async def _token(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    """The session's token as sent. Raises SessionNotLive when there is none."""
    if given is None or not given.credentials:
        raise SessionNotLive
    return given.credentials


Token = Annotated[str, Depends(_token)]
After = Annotated[str, Query(max_length=64)]


@router.post("/sessions", status_code=201, responses={status: REFUSALS[status] for status in (401, 422, 429, 503)})
async def open_session(request: Request, state: State, back: ReturnIn | None = None) -> SessionOut:
    """Begin a conversation, or with `phrase` go on with the one it opens. No cookie is set; the token is the only key.

    A phrase that opens nothing gets 401 with the code `phrase_not_known`.
    """
    who = caller(request.client.host if request.client else None)
    if not state.sessions.allows(who):
        raise TooMany
    if back is None or back.phrase is None:
        lang = back.language if back is not None and back.language in all_languages() else None
        token, messages = await state.patience.run(web_chat.open_session, state.gateway, lang)
    else:
        if not state.phrases.allows(who):
            raise TooMany
        token, messages = await state.patience.run(web_chat.return_to, state.gateway, back.phrase)
    return SessionOut.model_validate({"session": token, "messages": messages})


@router.post("/messages", responses=REFUSALS)
async def say(message: MessageIn, token: Token, state: State, afterwards: BackgroundTasks) -> MessagesOut:
    """Say something and get the replies. `text` may also be a button's payload or its number.

    When the dialogue is down the reply is a calm apology of the kind `error`; the answer follows at
    `GET /chat/messages` and in the events as soon as it is there.
    """
    if not state.floods.allows(token):
        raise TooMany
    heard = await run_in_threadpool(
        web_chat.hear, state.gateway, token, message.text, message.client_id, state.messages.allows
    )
    said = heard if isinstance(heard, Said) else await state.patience.run(web_chat.reply, state.gateway, heard)
    if said.drain:
        afterwards.add_task(bring, state)
    return MessagesOut.model_validate({"messages": said.messages})


@router.get("/messages", responses={status: REFUSALS[status] for status in (401, 422, 503)})
async def messages(token: Token, state: State, after: After = "") -> MessagesOut:
    """The conversation so far, or what came after the message of that id."""
    found = await state.patience.run(web_chat.messages_after, state.gateway, token, after)
    return MessagesOut.model_validate({"messages": found})


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}, **{s: REFUSALS[s] for s in (401, 422, 429, 503)}},
)
async def events(token: Token, state: State, after: After = "") -> StreamingResponse:
    """A stream of server-sent events, each a message that came after the one of that id.

    It ends after a few minutes: open the next with the last id seen. Who cannot read streams asks
    `GET /chat/messages` every few seconds.
    """
    if not state.streams.enter():
        raise TooMany
    try:
        first = await state.patience.run(web_chat.messages_after, state.gateway, token, after)
    except BaseException:
        state.streams.leave()
        raise
    return StreamingResponse(_events(state, token, first, after), media_type="text/event-stream")


@router.delete("/sessions/current", status_code=204, responses={status: REFUSALS[status] for status in (401, 503)})
async def end_session(token: Token, state: State) -> None:
    """End the conversation: the token opens nothing any more. To have everything erased, say DELETE before."""
    await state.patience.run(web_chat.end_session, state.gateway, token)


@router.post("/sessions/current/end", status_code=204, responses={status: REFUSALS[status] for status in (401, 503)})
async def end_session_by_beacon(request: Request, state: State) -> None:
    """The same for browsers that can only post while a page goes away: the body is the token and nothing else."""
    token = (await request.body()).decode("ascii", "replace").strip()
    await state.patience.run(web_chat.end_session, state.gateway, token)


@router.put(
    "/sessions/current/language",
    status_code=204,
    responses={status: REFUSALS[status] for status in (400, 401, 413, 422, 503)},
)
async def choose_language(chosen: LanguageIn, token: Token, state: State) -> None:
    """Go on in another language. One that is not known gets 422."""
    if chosen.language not in all_languages():
        raise RequestValidationError([])
    await state.patience.run(web_chat.choose_language, state.gateway, token, chosen.language)


async def _events(state: PublicState, token: str, first: list[Shown], after: str) -> AsyncIterator[str]:
    """What is new, as it comes. The database is asked, since the answer may be written by another process."""
    try:
        fresh = first
        for look in range(int(EVENTS_SECONDS / LOOK_SECONDS)):
            for message in fresh:
                after = message["id"]
                yield f"id: {after}\nevent: message\ndata: {json.dumps(message)}\n\n"
            if look % HEARTBEAT_LOOKS == 0:
                yield ": here\n\n"
            await anyio.sleep(LOOK_SECONDS)
            try:
                fresh = await state.patience.run(web_chat.messages_after, state.gateway, token, after)
            except DatabaseUnavailable:
                fresh = []
            except SessionNotLive:
                return
    finally:
        state.streams.leave()
