"""Reading the YAML files of the knowledge base: strictly, and once."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import yaml

ROOT = Path(__file__).resolve().parent

_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")
_forgetters: list[Callable[[], None]] = []


class FileMalformed(ValueError):
    """A file of the knowledge base does not have the form its kind must have."""

    def __init__(self, path: Path, reasons: list[str]) -> None:
        super().__init__(f"{path}: " + "; ".join(reasons))
        self.path = path
        self.reasons = reasons


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain YAML 1.2 scalars: `no` and `on` are words, 22:00 and 0300 are text; a key may stand only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


_LEFT_OUT = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_OUT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))


def read_yaml(path: Path) -> Any:
    """The content of one YAML file. Raises FileMalformed when it is not readable YAML, OSError when it is not there."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise FileMalformed(path, [" ".join(str(error).split())]) from error


def read_checked(path: Path, check: Callable[[object], Iterator[str]]) -> Any:
    """The content of one YAML file whose form has been checked. Raises FileMalformed with every reason."""
    data = read_yaml(path)
    reasons = list(check(data))
    if reasons:
        raise FileMalformed(path, reasons)
    return data


def remembered(function: Callable[_Asked, _Result]) -> Callable[_Asked, _Result]:
    """Remember what a reading function gave, until `forget` is called."""
    cached = lru_cache(maxsize=None)(function)
    _forgetters.append(cached.cache_clear)
    return cast("Callable[_Asked, _Result]", cached)


def forget() -> None:
    """Read every file anew from here on (the validator and tests do this)."""
    for clear in _forgetters:
        clear()
