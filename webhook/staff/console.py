"""What the console's app holds for its requests."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from webhook.gateway import Gateway
from webhook.rate_limit import RateLimit
from webhook.staff.settings import StaffSettings


@dataclass(frozen=True)
class Console:
    """The shared parts, the console's own settings, and this process's counter."""

    gateway: Gateway
    settings: StaffSettings
    signing_in: RateLimit
    """Passwords tried from one address, whatever account they are for."""

    @property
    def secure(self) -> bool:
        """Whether the console is opened over https: its cookies then never travel without it."""
        return self.gateway.settings.staff_base_url.startswith("https://") or self.gateway.settings.mode == "service"


def console_of(request: Request) -> Console:
    """The state of the app a request came to."""
    console: Console = request.app.state.console
    return console
