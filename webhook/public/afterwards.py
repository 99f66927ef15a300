"""What follows an answer that was given: what was written down at the door is brought to the database."""

from __future__ import annotations

import anyio

from webhook import answering
from webhook.public.state import PublicState

HELD_SECONDS = 5.0
"""How often it is tried for what only this process's memory holds."""


async def bring(state: PublicState) -> None:
    """Bring it now; where the database is away the worker, or the next answer, does it later."""
    await state.afterthoughts.run(_bring, state)


async def bring_what_is_held(state: PublicState) -> None:
    """As long as the process runs: what neither disk nor database took is known to no other process."""
    while True:
        await anyio.sleep(HELD_SECONDS)
        if state.gateway.spool.unwritten.size():
            await bring(state)


def _bring(state: PublicState) -> None:
    answering.drain_quietly(state.gateway)
    state.gateway.jobs.drain()
