"""The console around the gateway of the tests."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from webhook.gateway import Gateway
from webhook.staff.app import create_app
from webhook.staff.settings import StaffSettings


@pytest.fixture
def app(gateway: Gateway) -> FastAPI:
    return create_app(gateway, StaffSettings(signs_in_per_minute=10_000))
