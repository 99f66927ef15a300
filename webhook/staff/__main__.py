"""`python -m webhook.staff`: the console on its own port. The server logs no access; the audit log is exact."""

from __future__ import annotations

from webhook.gateway import default_gateway
from webhook.logs import configure
from webhook.serving import serve
from webhook.settings import get_settings, prepare_var
from webhook.staff.app import create_app
from webhook.staff.settings import get_staff_settings


def main() -> None:
    """Serve until told to stop."""
    settings, own = get_settings(), get_staff_settings()
    prepare_var(settings)
    configure(level=settings.log_level)
    serve(create_app(default_gateway(), own), own.host, settings.staff_port, settings.proxies)


if __name__ == "__main__":
    main()
