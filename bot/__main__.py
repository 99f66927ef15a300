"""Run Rasa as the service runs it: `python -m bot`. Loopback only, telemetry off, no HTTP API but the gateway's."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import yaml

from bot.model_file import wait_for_model
from bot.settings import ROOT, Settings


def main() -> None:
    """Become `rasa run` with this machine's settings."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SANIC_WORKERS", "1")
    # One message at a time needs no second thread, and threads that wait for each other make it slow.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.chdir(ROOT)
    settings = Settings.from_environment()
    wait_for_model(Path(settings.model))
    from bot import answer_schema, debug_lines, kept_connections, quiet_logs, without_tensorflow

    without_tensorflow.leave_out_tensorflow()
    quiet_logs.install()
    answer_schema.install()
    kept_connections.install()
    debug_lines.leave_out()
    with tempfile.TemporaryDirectory(prefix="rasa-") as folder:
        endpoints = _endpoints(settings, folder)
        sys.argv = ["rasa", "run", "--interface", settings.host, "--port", str(settings.port)]
        sys.argv += ["--model", settings.model, "--endpoints", endpoints, "--credentials", "credentials.yml"]
        from rasa import __main__ as rasa

        # Rasa would put its own form of structured lines, with all their values, in the place of ours.
        rasa.configure_structlog = quiet_logs.structured_lines
        rasa.main()


def _endpoints(settings: Settings, folder: str) -> str:
    """endpoints.yml with the address of this machine's action server."""
    content = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    content["action_endpoint"]["url"] = settings.actions_url
    path = os.path.join(folder, "endpoints.yml")
    with open(path, "w", encoding="utf-8") as file:
        yaml.safe_dump(content, file)
    return path


if __name__ == "__main__":
    main()
