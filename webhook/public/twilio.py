"""Twilio's webhooks for SMS and WhatsApp. Each request must carry Twilio's own signature.

A message is kept once, by its MessageSid, and answered by the worker; the request itself gets an empty answer within
a second. Only the words for danger go back in the answer itself.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from twilio.twiml.messaging_response import MessagingResponse

from webhook import delivery_statuses, door, metrics
from webhook.channels import twilio_signature
from webhook.channels.twilio_fields import (
    Fields,
    FieldsUnreadable,
    NotAMessage,
    Posted,
    first,
    read_fields,
    read_message,
)
from webhook.conversations import service
from webhook.database import DatabaseUnavailable, utc_now
from webhook.delivery_statuses import PROVIDER
from webhook.door import Arrival
from webhook.gateway import Gateway
from webhook.logs import logger
from webhook.privacy.pseudonyms import NotANumber
from webhook.public.afterwards import bring
from webhook.public.state import PublicState, state_of
from webhook.spool import SpoolUnavailable
from webhook.steps import Context

log = logger(__name__)
router = APIRouter(prefix="/twilio", tags=["twilio"])
XML = "application/xml"
State = Annotated[PublicState, Depends(state_of)]
_FORM = {
    "requestBody": {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "additionalProperties": True}}},
    }
}
_ANSWERS: dict[int | str, dict[str, object]] = {
    200: {"content": {XML: {}}, "description": "TwiML, empty but for the words for danger"},
    400: {"description": "Signed, but not a message"},
    403: {"description": "Not signed by Twilio"},
    503: {"description": "Nothing could keep the message: send it again"},
}


async def signed_fields(request: Request, state: State) -> Fields:
    """The posted fields, once the signature over them has proved right; 403 otherwise."""
    settings = state.gateway.settings
    try:
        fields = read_fields(await request.body())
    except FieldsUnreadable:
        raise _refused() from None
    if not settings.twilio_on or not settings.public_base_url:
        raise _refused()
    address = twilio_signature.public_address(settings.public_base_url, request.url.path, request.url.query)
    signature = request.headers.get(twilio_signature.SIGNATURE_HEADER)
    if not twilio_signature.is_genuine(address, fields, signature, settings.auth_tokens):
        raise _refused()
    return fields


Signed = Annotated[Fields, Depends(signed_fields)]


def _refused() -> HTTPException:
    metrics.count(metrics.REQUESTS_REFUSED, reason="signature")
    return HTTPException(403)


@router.post("/messages", response_class=Response, responses=_ANSWERS, openapi_extra=_FORM)
@router.post("/messages/", include_in_schema=False, response_class=Response)
@router.post("/fallback", response_class=Response, responses=_ANSWERS, openapi_extra=_FORM)
async def message(fields: Signed, state: State, afterwards: BackgroundTasks) -> Response:
    """A message came in by SMS or WhatsApp. `/twilio/fallback` does the same, for Twilio's second try."""
    try:
        posted = read_message(fields)
    except NotAMessage:
        raise HTTPException(400) from None
    arrival = _arrival(state.gateway, posted)
    if arrival is None:
        return twiml([])
    seen = await run_in_threadpool(_look, state, arrival, afterwards)
    if isinstance(seen, Response):
        return seen
    return await state.patience.run(_take, state, arrival, seen.risk_level, afterwards)


def _arrival(gateway: Gateway, posted: Posted) -> Arrival | None:
    try:
        pseudonym = gateway.vault.pseudonym(channel=posted.channel, address=posted.number)
    except NotANumber:
        log.info("sender_is_no_number", channel=posted.channel)  # a short code or a name: nobody to answer
        return None
    return Arrival(
        channel=posted.channel,
        pseudonym=pseudonym,
        provider=PROVIDER,
        provider_id=posted.sid,
        text=posted.text,
        received_at=utc_now(),
        media=posted.media,
        media_kind=posted.media_kind,
        number=posted.number,
    )


def _look(state: PublicState, arrival: Arrival, afterwards: BackgroundTasks) -> Response | Context:
    """The words for danger, once; where there is none now, what was seen."""
    gateway = state.gateway
    context = door.look(gateway, arrival)
    if context.risk_level != "emergency":
        return context
    if not gateway.told.first_time(arrival.provider_id, confirmed_later=True):
        metrics.count(metrics.MESSAGES_IN, channel=arrival.channel, outcome="repeated")
        return twiml([])
    door.write_down_emergency(gateway, arrival, context)
    afterwards.add_task(gateway.told.confirm, arrival.provider_id)
    afterwards.add_task(bring, state)
    return twiml([reply.content.text for reply in door.replies_of(context)])


def _take(state: PublicState, arrival: Arrival, risk: str, afterwards: BackgroundTasks) -> Response:
    """Keep the message for the worker; an empty answer, whether it is new or not."""
    gateway = state.gateway
    try:
        new = _keep(gateway, arrival)
    except DatabaseUnavailable:
        return _spooled(gateway, arrival, risk, afterwards)
    if new:
        gateway.jobs.answer()
    else:
        metrics.count(metrics.MESSAGES_IN, channel=arrival.channel, outcome="repeated")
    return twiml([])


def _keep(gateway: Gateway, arrival: Arrival) -> bool:
    """Keep the message, and with it the job to answer it; False when it was kept before."""
    with gateway.database.unit_of_work() as db:
        conversation = service.find_or_open(
            db=db,
            vault=gateway.vault,
            pseudonym=arrival.pseudonym,
            channel=arrival.channel,
            number=arrival.number,
        )
        return door.keep(db, gateway, conversation, arrival) is not None


def _spooled(gateway: Gateway, arrival: Arrival, risk: str, afterwards: BackgroundTasks) -> Response:
    try:
        door.write_down(gateway, arrival, risk=risk)
    except SpoolUnavailable:
        # Twilio then tries its fallback address, or again; both come here.
        raise HTTPException(503) from None
    metrics.count(metrics.MESSAGES_IN, channel=arrival.channel, outcome="spooled")
    afterwards.add_task(gateway.jobs.drain)
    return twiml([])


@router.post(
    "/status",
    status_code=204,
    response_class=Response,
    responses={403: _ANSWERS[403], 503: {"description": "Nothing could keep the status: tell it again"}},
    openapi_extra=_FORM,
)
@router.post("/status/", include_in_schema=False, status_code=204, response_class=Response)
async def status(fields: Signed, state: State, afterwards: BackgroundTasks) -> Response:
    """What became of a message we sent. It only ever moves forward, however late or often this is told.

    By itself Twilio does not tell it again, whatever is answered: while the database is away the journal keeps it.
    """
    sid = first(fields, "MessageSid") or first(fields, "SmsSid")
    told = first(fields, "MessageStatus") or first(fields, "SmsStatus")
    if not sid or len(sid) > 64 or not told:
        raise HTTPException(400)
    await state.patience.run(_note, state.gateway, sid, told, first(fields, "ErrorCode"), afterwards)
    return Response(status_code=204)


def _note(gateway: Gateway, sid: str, told: str, code: str, afterwards: BackgroundTasks) -> None:
    try:
        delivery_statuses.note(gateway, sid, told, code)
    except DatabaseUnavailable:
        try:
            delivery_statuses.write_down(gateway, sid, told, code)
        except SpoolUnavailable:
            log.warning("status_not_kept")
            raise HTTPException(503) from None
        afterwards.add_task(gateway.jobs.drain)


def twiml(texts: list[str]) -> Response:
    """TwiML that says these messages, or nothing."""
    answer = MessagingResponse()
    for text in texts:
        answer.message(text)
    return Response(str(answer), media_type=XML)
