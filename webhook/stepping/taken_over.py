"""The step for a conversation in which an officer talks to the worker: the service is silent."""

from __future__ import annotations

from webhook.stepping.context import Context


def taken_over(context: Context) -> bool:
    """Nothing of the service's own while a person talks; the words for an emergency have been said by then."""
    if not context.known.taken_over:
        return False
    context.status = "silent_taken_over"
    return True
