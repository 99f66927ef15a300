"""The action server: Rasa's calls over loopback. It answers, and logs no word of what it was sent."""

from __future__ import annotations

import json
import logging
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

logger = logging.getLogger(__name__)

LARGEST_BODY = 4 * 1024 * 1024


def executor() -> ActionExecutor:
    """Every action of this package, ready to run."""
    found = ActionExecutor()
    found.register_package("actions")
    return found


def create_app(actions: ActionExecutor | None = None) -> Sanic:
    """The server's two addresses. rasa_sdk's own server logs a failing request and sends it back; this one does not."""
    actions = actions or executor()
    app = Sanic("care_advice_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"

    async def health(_: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    async def webhook(request: Request) -> HTTPResponse:
        call = _call(request.body)
        if call is None:
            return json_response({"error": "not a call of an action"}, status=400)
        name = call["next_action"]
        try:
            result = await actions.run(call)
        except ActionNotFoundException:
            logger.error("There is no action of the name that was called.")
            return json_response({"error": "no such action"}, status=404)
        except Exception as error:  # noqa: BLE001 - Rasa gets an answer, whatever happened
            logger.error("%s could not be run: %s", name if name in actions.actions else "?", type(error).__name__)
            return json_response({"error": "failed"}, status=500)
        return json_response(result.model_dump() if result else {"events": [], "responses": []})

    async def failed(_: Request, error: Exception) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        logger.error("A request failed: %s", type(error).__name__)
        return json_response({"error": "failed"}, status=status)

    app.add_route(health, "/health", methods=["GET"])
    app.add_route(webhook, "/webhook", methods=["POST"])
    app.error_handler.add(Exception, failed)
    return app


def _call(body: bytes) -> dict[str, Any] | None:
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(call, dict) or not isinstance(call.get("next_action"), str):
        return None
    if not isinstance(call.get("tracker"), dict):
        return None
    call.setdefault("domain", {})  # no action here reads the domain, so Rasa need not send it
    return call
