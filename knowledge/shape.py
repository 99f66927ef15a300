"""The form a piece of YAML must have, put together from small checks that name every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

Check = Callable[[object], Iterator[str]]


def text(value: object) -> Iterator[str]:
    """Text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        yield "must be text"


def boolean(value: object) -> Iterator[str]:
    """Only true or false."""
    if not isinstance(value, bool):
        yield "must be true or false"


def day(value: object) -> Iterator[str]:
    """A calendar day such as 2026-11-21, without a time."""
    if not isinstance(value, date) or isinstance(value, datetime):
        yield "must be a day such as 2026-11-21"


def whole_number(value: object) -> Iterator[str]:
    """A whole number of one or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        yield "must be a whole number of 1 or more"


def anything(value: object) -> Iterator[str]:
    """No demand on the form."""
    return iter(())


def optional(check: Check) -> Check:
    """As `check`, or null."""

    def checked(value: object) -> Iterator[str]:
        if value is not None:
            yield from check(value)

    return checked


def one_of(*allowed: str) -> Check:
    """One of the words given."""

    def checked(value: object) -> Iterator[str]:
        if not isinstance(value, str) or value not in allowed:
            yield "must be one of " + ", ".join(allowed)

    return checked


def matching(pattern: str, meaning: str) -> Check:
    """Text that fits the pattern as a whole."""
    compiled = re.compile(pattern)

    def checked(value: object) -> Iterator[str]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield f"must be {meaning}"

    return checked


def list_of(check: Check, at_least: int = 0) -> Check:
    """A list whose every item fits."""

    def checked(value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield "must be a list"
            return
        if len(value) < at_least:
            yield f"must have at least {at_least}"
        for place, item in enumerate(value):
            for reason in check(item):
                yield f"[{place}] {reason}"

    return checked


def table(key: Check, value: Check, at_least: int = 0) -> Check:
    """A mapping whose every key and value fits."""

    def checked(data: object) -> Iterator[str]:
        if not isinstance(data, dict):
            yield "must be a mapping"
            return
        if len(data) < at_least:
            yield f"must have at least {at_least}"
        for name, content in data.items():
            for reason in key(name):
                yield f"{name}: the key {reason}"
            for reason in value(content):
                yield f"{name}: {reason}"

    return checked


def record(required: Mapping[str, Check], also: Mapping[str, Check] | None = None) -> Check:
    """A mapping with every required key, perhaps some of the others, and no further one."""
    more = also or {}

    def checked(data: object) -> Iterator[str]:
        if not isinstance(data, dict):
            yield "must be a mapping"
            return
        for name in required:
            if name not in data:
                yield f"{name}: is missing"
        for name, content in data.items():
            check = required.get(name) or more.get(name)
            if check is None:
                yield f"{name}: is not known here"
                continue
            for reason in check(content):
                yield f"{name}: {reason}"

    return checked


identifier: Check = matching(r"[a-z][a-z0-9_]*", "lower-case letters, digits and _")
