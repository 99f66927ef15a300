"""A fault of the knowledge base, and reading a file so that its faults are gathered rather than raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.files import FileMalformed, read_checked


@dataclass(frozen=True, order=True)
class Fault:
    """Where a fault is (from the folder above the knowledge base) and why it is one."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True)
class Tree:
    """The knowledge base to look at, and the day for which it must hold."""

    root: Path
    on: date

    def fault(self, path: Path, reason: str) -> Fault:
        """A fault of that file."""
        return Fault(self.name(path), reason)

    def name(self, path: Path) -> str:
        """The path as it is printed."""
        return path.relative_to(self.root.parent).as_posix()

    def read(self, path: Path, check: Callable[[object], Iterator[str]], faults: list[Fault]) -> Any:
        """The file's content, or None with its faults added to the list."""
        try:
            return read_checked(path, check)
        except FileMalformed as error:
            faults.extend(self.fault(path, reason) for reason in error.reasons)
        except OSError:
            faults.append(self.fault(path, "the file is not there"))
        return None
