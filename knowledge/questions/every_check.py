"""The seven checks by name."""

from __future__ import annotations

from knowledge.questions import breaks, job_offer, leave, pay, sick_pay, situation, sponsor_timeline
from knowledge.questions.check import Check

_MODULES = (pay, breaks, leave, sick_pay, sponsor_timeline, job_offer, situation)
CHECKS: dict[str, Check] = {module.CHECK.id: module.CHECK for module in _MODULES}
