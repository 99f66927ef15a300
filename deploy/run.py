"""Start every part of the service on this machine under one supervisor, and stop them all together.

`python -m deploy.run` becomes supervisord (it replaces this process), so that the signal that stops it reaches the
supervisor itself: it stops every part and leaves none behind. A part that dies is started again. One more program,
`deploy.announce`, runs once: it asks a real question and prints the addresses when the answer has come.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from webhook.secret_files import ensure_secrets
from webhook.settings import get_settings

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = {"rasa": 60}
"""A part that ends sooner has not started: it is tried again with a longer wait each time. Rasa fails slowly."""


def supervisor_configuration(python: str, bindir: Path) -> str:
    """The supervisor's configuration as text; every part dies with the supervisor, however it ends."""
    settings = get_settings()
    # Where util-linux has it, the kernel itself ends a part whose supervisor was killed without warning.
    tied = "setpriv --pdeathsig TERM " if shutil.which("setpriv") else ""
    rasa = ROOT / ".venv-rasa" / "bin" / "python"
    parts = {
        "actions": f"{python} -m actions",
        "rasa": f"{rasa} -m bot",
        "worker": f"{python} -m webhook.tasks",
        "public": f"{python} -m webhook.public",
        "staff": f"{python} -m webhook.staff",
    }
    lines = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        "user=%(ENV_CARE_ADVICE_RUN_AS)s" if os.environ.get("CARE_ADVICE_RUN_AS") else "",
        f"pidfile={settings.var / 'supervisor.pid'}",
        "logfile=/dev/null",
        "logfile_maxbytes=0",
    ]
    for name, command in parts.items():
        lines += [
            f"[program:{name}]",
            f"command={tied}{command}",
            f"directory={ROOT}",
            "autorestart=true",
            "startretries=1000000",
            f"startsecs={SECONDS_TO_START.get(name, 2)}",
            "stopasgroup=true",
            "killasgroup=true",
            "stopwaitsecs=15",
            "stdout_logfile=/dev/fd/1",
            "stdout_logfile_maxbytes=0",
            "redirect_stderr=true",
        ]
    lines += [
        "[program:announce]",
        f"command={python} -m deploy.announce",
        f"directory={ROOT}",
        "autorestart=false",
        "startsecs=0",
        "stdout_logfile=/dev/fd/1",
        "stdout_logfile_maxbytes=0",
        "redirect_stderr=true",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def main() -> None:
    """Write the configuration and become the supervisor."""
    settings = get_settings()
    ensure_secrets(settings)
    bindir = Path(sys.executable).parent
    configuration = settings.var / "supervisord.conf"
    configuration.write_text(supervisor_configuration(sys.executable, bindir), encoding="utf-8")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    print("Starting Rasa, the action server, the worker, the public app and the console ...", flush=True)
    supervisord = str(bindir / "supervisord")
    os.execv(supervisord, [supervisord, "-c", str(configuration)])  # noqa: S606 - a fixed path, no shell


if __name__ == "__main__":
    main()
