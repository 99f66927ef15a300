"""Run the action server: `python -m actions`. Loopback only; the port is ACTIONS_PORT (5055)."""

from __future__ import annotations

import logging
import os

from sanic import Sanic

from actions.server import create_app


def _setting(name: str, default: str) -> str:
    return os.environ.get(f"CARE_ADVICE_{name}") or os.environ.get(name) or default


def main() -> None:
    """Serve until stopped. Below INFO rasa_sdk prints whole conversations, so no level below it is ever used."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    app = create_app()
    app.prepare(
        host=_setting("ACTIONS_HOST", "127.0.0.1"),
        port=int(_setting("ACTIONS_PORT", "5055")),
        single_process=True,
        access_log=False,
        motd=False,
    )
    Sanic.serve_single(app)


if __name__ == "__main__":
    main()
