"""Signing in at the organisation's own provider (OpenID Connect: Entra ID and others), in place of the password.

The code of the console is still asked for: what a provider calls a second factor cannot be seen from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import httpx
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webhook.accounts import sessions
from webhook.accounts.accounts import EmailUnfit, read_email
from webhook.accounts.models import StaffAccount
from webhook.accounts.sessions import CODE
from webhook.audit import log as audit
from webhook.database import utc_now
from webhook.privacy.vault import Vault

SECONDS = 10.0
LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures by the provider's own key: never one made with our secret, never none."""
BEGUN_LASTS = timedelta(minutes=10)


class ProviderFailed(Exception):
    """The provider could not be reached, or did not answer as OpenID Connect asks."""


class NotVouchedFor(Exception):
    """What came back does not prove who somebody is: another state, a wrong signature, another audience."""


@dataclass(frozen=True)
class Provider:
    """The organisation's provider, as the settings name it."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    trusts_email: bool = False
    """Take the provider's word for e-mail addresses that it does not call verified (Entra ID never does)."""


@dataclass(frozen=True)
class Begun:
    """What the browser keeps, sealed, while it is at the provider. Its repr shows nothing."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next: str = "/"
    until: float = 0.0

    def is_over(self, now: datetime) -> bool:
        """Whether the person took too long."""
        return now.timestamp() > self.until


@dataclass(frozen=True)
class Person:
    """Who the provider says somebody is."""

    identity: str
    """Issuer and subject: the same for ever."""
    email: str | None
    """An address that belongs to them, as far as the provider vouches for it."""


def begin(provider: Provider, back: str, going_to: str, now: datetime | None = None) -> tuple[str, Begun]:
    """Where to send the browser, and what it must bring back. Raises ProviderFailed."""
    until = (now or utc_now()) + BEGUN_LASTS
    begun = Begun(generate_token(32), generate_token(32), generate_token(64), going_to, until.timestamp())
    with _client(provider, back) as client:
        address, _ = client.create_authorization_url(
            _described(provider.issuer)["authorization_endpoint"],
            state=begun.state,
            nonce=begun.nonce,
            code_verifier=begun.verifier,
        )
    return str(address), begun


def finish(
    provider: Provider, back: str, begun: Begun, given: Mapping[str, str], now: datetime | None = None
) -> Person:
    """Who has come back. Raises NotVouchedFor, ProviderFailed."""
    if begun.is_over(now or utc_now()) or given.get("state") != begun.state or "code" not in given:
        raise NotVouchedFor
    if given.get("iss", provider.issuer) != provider.issuer:
        raise NotVouchedFor
    described = _described(provider.issuer)
    try:
        with _client(provider, back) as client:
            tokens = client.fetch_token(
                described["token_endpoint"],
                code=given["code"],
                code_verifier=begun.verifier,
                grant_type="authorization_code",
            )
    except OAuthError:
        raise NotVouchedFor from None
    except httpx.HTTPError as fault:
        raise ProviderFailed(type(fault).__name__) from None
    claims = _claims(provider, described, tokens.get("id_token"), begun.nonce)
    return _person(provider, {**_told_of(described, tokens.get("access_token"), claims), **claims})


def sign_in(*, db: Session, vault: Vault, person: Person, now: datetime | None = None) -> str | None:
    """The token of a session that waits for the code; None for whom no account was made. The first time ties it."""
    account = db.scalars(
        select(StaffAccount)
        .where(
            or_(
                StaffAccount.identity == person.identity,
                (StaffAccount.identity.is_(None)) & (StaffAccount.email == (person.email or "")),
            )
        )
        .order_by(StaffAccount.identity.is_(None))
        .limit(1)
        .with_for_update()
    ).first()
    if account is None or account.disabled_at is not None or account.totp is None:
        audit.write(db=db, vault=vault, act="sign_in_failed", staff=None, way="organisation")
        return None
    if account.identity is None:
        account.identity = person.identity
        audit.write(db=db, vault=vault, act="account_tied", staff=account.uid, about=account.uid)
    return sessions.start(db=db, account=account, stage=CODE, lasts=timedelta(), now=now)


def _client(provider: Provider, back: str) -> OAuth2Client:
    return OAuth2Client(
        client_id=provider.client_id,
        client_secret=provider.secret,
        redirect_uri=back,
        scope="openid email profile",
        code_challenge_method="S256",
        timeout=SECONDS,
    )


@lru_cache(maxsize=4)
def _described(issuer: str) -> dict[str, Any]:
    """The provider's own description, asked for once. Raises ProviderFailed."""
    found = _asked(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise ProviderFailed("another issuer")
    return found


def _asked(address: str) -> dict[str, Any]:
    try:
        return dict(httpx.get(address, timeout=SECONDS).raise_for_status().json())
    except (httpx.HTTPError, ValueError, TypeError) as fault:
        raise ProviderFailed(type(fault).__name__) from None


def _told_of(described: Mapping[str, Any], token: object, claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the provider tells of the person apart from the signed token, when that has no address."""
    address = described.get("userinfo_endpoint")
    if "email" in claims or not address or not isinstance(token, str):
        return {}
    try:
        answer = httpx.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS)
        found = dict(answer.raise_for_status().json())
    except (httpx.HTTPError, ValueError, TypeError):
        return {}
    return found if found.get("sub") == claims["sub"] else {}


def _claims(provider: Provider, described: Mapping[str, Any], token: object, nonce: str) -> dict[str, Any]:
    if not isinstance(token, str):
        raise NotVouchedFor
    keys = _asked(described["jwks_uri"])
    wanted = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": nonce},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims  # type: ignore[arg-type]
        wanted.validate(claims)
    except (JoseError, ValueError):
        raise NotVouchedFor from None
    if isinstance(claims.get("aud"), list) and claims.get("azp", provider.client_id) != provider.client_id:
        raise NotVouchedFor
    return dict(claims)


def _person(provider: Provider, claims: Mapping[str, Any]) -> Person:
    identity = f"{provider.issuer}#{claims['sub']}"
    if len(identity) > 255:
        raise NotVouchedFor
    email = None
    if claims.get("email_verified") is True or provider.trusts_email:
        try:
            email = read_email(str(claims.get("email") or claims.get("preferred_username") or ""))
        except EmailUnfit:
            email = None
    return Person(identity, email)
