"""What follows an answer that was given: what was written down at the door is brought to the database."""

from __future__ import annotations

import anyio

from webhook import answering
from webhook.public.state import PublicState

AGAIN_SECONDS = 5.0
"""How often it is tried again while something waits on the disk or in this process's memory."""


async def bring(state: PublicState) -> None:
    """Bring it now; where the database is away the worker, or the next answer, does it later."""
    await state.afterthoughts.run(_bring, state)


async def bring_again(state: PublicState) -> None:
    """As long as the process runs: SHOP must not wait for the next message, and memory is known to no other process."""
    while True:
        await anyio.sleep(AGAIN_SECONDS)
        if state.gateway.spool.size():
            await bring(state)


def _bring(state: PublicState) -> None:
    answering.drain_quietly(state.gateway)
    state.gateway.jobs.drain()
