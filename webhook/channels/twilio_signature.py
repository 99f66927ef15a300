"""Is this request from Twilio? Its signature over our public address and every field, by the account's token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

SIGNATURE_HEADER = "X-Twilio-Signature"


def public_address(base: str, path: str, query: str = "") -> str:
    """The address Twilio called, as it was told it: the configured base, never the request's own Host header.

    `base` is as in the settings ("https://advice.example.org", with or without a slash at its end or a path before).
    """
    address = base.rstrip("/") + "/" + path.lstrip("/")
    return f"{address}?{query}" if query else address


def is_genuine(address: str, fields: Mapping[str, Sequence[str]], signature: str | None, tokens: Iterable[str]) -> bool:
    """Whether `signature` was made over `address` and `fields` by one of the account's tokens.

    `fields` maps each posted name to all its values. Two tokens are in use while one is being replaced. The slash at
    the end of the address may have been added or lost on the way, by us or by a proxy: both forms are tried, which
    forges nothing, since either needs the token.
    """
    if not signature:
        return False
    form = _Fields(fields)
    genuine = False
    for token in tokens:
        if not token:
            continue
        validator = RequestValidator(token)
        for candidate in _slash_forms(address):
            # No early exit: the time taken does not tell which token or form was right.
            genuine = bool(validator.validate(candidate, form, signature)) or genuine
    return genuine


class _Fields(dict[str, Sequence[str]]):
    """Fields as the validator reads them when a name was posted more than once."""

    def getlist(self, name: str) -> list[str]:
        return list(self[name])


def _slash_forms(address: str) -> tuple[str, ...]:
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    forms = [parts._replace(path=path).geturl(), parts._replace(path=path + "/").geturl()]
    return tuple(dict.fromkeys([address, *forms]))
