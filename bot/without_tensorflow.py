"""Serving without TensorFlow: Rasa imports it for components this service does not have.

Importing it takes two thirds of Rasa's start and more than half of its memory (docs/adr/0008). In the process that
serves, every name of TensorFlow is a placeholder which may be inherited from and used as a decorator, as Rasa's own
modules do while they are imported, and which refuses everything else. Training and Rasa's other commands keep the real
one.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

# Keras comes with it; JAX is imported by TensorFlow alone.
_PACKAGES = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax"})


class ServedWithoutTensorFlow(RuntimeError):
    """A component needs TensorFlow, which the serving process does not load: start it with `rasa run` instead."""


class TensorFlowAlreadyImported(RuntimeError):
    """It is too late to leave TensorFlow out: something has imported it."""


def leave_out_tensorflow() -> None:
    """From now on, in this process, TensorFlow is a name only. Raises TensorFlowAlreadyImported."""
    if _PACKAGES & sys.modules.keys():
        raise TensorFlowAlreadyImported
    sys.meta_path.insert(0, _Finder())


class _Named(type):
    """A class that has every attribute, each of them such a class again."""

    def __getattr__(cls, name: str) -> _Named:
        return _placeholder(name, cls.__module__)

    def __call__(cls, *given: Any, **named: Any) -> Any:
        if cls.__bases__ == (_Placeholder,) and len(given) == 1 and not named and callable(given[0]):
            return given[0]  # a decorator
        raise ServedWithoutTensorFlow(f"{cls.__module__}.{cls.__name__}")


class _Placeholder(metaclass=_Named):
    pass


class _Package(types.ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> _Named:
        return _placeholder(name, self.__name__)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in _PACKAGES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Package(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def _placeholder(name: str, module: str) -> _Named:
    # What Python itself looks for ("__path__", "__wrapped__") is not there.
    if name.startswith("__"):
        raise AttributeError(name)
    return _Named(name, (_Placeholder,), {"__module__": module})
