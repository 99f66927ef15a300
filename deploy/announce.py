"""Ask the running service a real question and print its addresses once the answer has come."""

from __future__ import annotations

import sys
import time

import httpx

from webhook.accounts.__main__ import console_address
from webhook.settings import get_settings

QUESTION = "What is the minimum wage?"
PATIENCE_SECONDS = 300


def answered(base: str) -> bool:
    """Whether the public app answers a worker's question with an answer (Rasa and the action server included)."""
    try:
        with httpx.Client(base_url=base, timeout=20) as client:
            if client.get("/readyz").status_code != httpx.codes.OK:
                return False
            session = client.post("/chat/sessions").raise_for_status().json()["session"]
            headers = {"Authorization": f"Bearer {session}"}
            reply = client.post("/chat/messages", json={"text": QUESTION, "client_id": "start-up"}, headers=headers)
            kinds = {message["kind"] for message in reply.raise_for_status().json()["messages"]}
            client.delete("/chat/sessions/current", headers=headers)
            return "answer" in kinds
    except (httpx.HTTPError, KeyError, ValueError):
        return False


def opens(console: str) -> bool:
    """Whether the officers' console shows its first page."""
    try:
        return httpx.get(f"{console}/login", timeout=20).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def main() -> int:
    """Wait for the first answer; 0 when it came, 1 when it did not come in time."""
    settings = get_settings()
    public = f"http://127.0.0.1:{settings.public_port}"
    console = f"http://127.0.0.1:{settings.staff_port}"
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if answered(public) and opens(console):
            print(f"\nReady. A question was asked and answered.\n  Chat and public addresses: {public}/", flush=True)
            print(f"  Officers' console:         {console_address(settings)}/", flush=True)
            print("  Stop with Ctrl-C. First account of the console: make staff-user EMAIL= ROLE=\n", flush=True)
            return 0
        time.sleep(0.5)
    print("The service did not answer a question in time: look at the lines above.", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
