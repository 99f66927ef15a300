"""`python -m webhook.public`: the public app on its own port.

Access is not logged: who called from where, and with which query, is nobody's business.
"""

from __future__ import annotations

from webhook import metrics_server
from webhook.gateway import default_gateway
from webhook.logs import configure
from webhook.public.app import create_app
from webhook.public.health import channels
from webhook.serving import serve
from webhook.settings import get_settings, prepare_var


def main() -> None:
    """Serve until told to stop."""
    settings = get_settings()
    prepare_var(settings)
    configure(level=settings.log_level)
    gateway = default_gateway()
    app = create_app(gateway)
    off = [name for name, state in channels(gateway).items() if state == "off"]
    if off:
        print(f"Off without Twilio's settings: {', '.join(off)}. The web chat is on.", flush=True)
    metrics_server.start(gateway, settings.metrics_port)
    serve(app, settings.public_host, settings.public_port, settings.proxies)


if __name__ == "__main__":
    main()
