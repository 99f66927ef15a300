"""Is the process alive, and can a question be answered: for the supervisor, a load balancer and whoever looks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, PlainTextResponse

from webhook import danger_reading
from webhook.gateway import Gateway
from webhook.public.state import PublicState, state_of

router = APIRouter(tags=["health"])
State = Annotated[PublicState, Depends(state_of)]


@router.get("/healthz", response_class=PlainTextResponse)
async def alive() -> str:
    """The process runs. Says nothing of what it needs."""
    return "ok"


@router.get("/readyz", responses={503: {"description": "A part that answers need is missing; `missing` names it"}})
async def ready(state: State) -> JSONResponse:
    """Whether a question can be answered now, which channels are on, and by what danger is read in this process.

    A part of the reading that is off makes the service no less ready: the others still bring a worker the words.
    """
    missing = await state.patience.run(_missing, state.gateway)
    content = {
        "ready": not missing,
        "missing": missing,
        "channels": channels(state.gateway),
        "danger_reading": danger_reading.parts(),
    }
    return JSONResponse(content, 503 if missing else 200)


def _missing(gateway: Gateway) -> list[str]:
    parts = {"database": gateway.database.answers, "rasa": gateway.rasa.ready}
    return [name for name, answers in parts.items() if not answers()]


def channels(gateway: Gateway) -> dict[str, str]:
    """Each channel, on or off. SMS and WhatsApp are off without Twilio's credentials and the public address."""
    sender = gateway.twilio.sender if gateway.twilio and gateway.settings.public_base_url else None
    return {
        "web": "on",
        "sms": "on" if sender and sender.serves("sms") else "off",
        "whatsapp": "on" if sender and sender.serves("whatsapp") else "off",
    }
