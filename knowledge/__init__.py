"""The facts, the words, and the only code that reads them."""

from __future__ import annotations

from knowledge.clock import now, today

__all__ = ["now", "today"]
