"""What a finding leads on to: topics to read next, and dates to keep."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.checks import check_words
from knowledge.questions.check import Check
from knowledge.rules.calendar_file import CalendarDay, sponsor_days
from knowledge.rules.job_offer import JobOfferFinding
from knowledge.rules.outcome import Finding
from knowledge.rules.situation import SituationFinding
from knowledge.rules.sponsor_timeline import SponsorFinding
from knowledge.topics import all_checks

TOPICS_OFFERED = 3


def topic_of(check: Check) -> str:
    """The topic that a check belongs to."""
    return next(each.topic for each in all_checks() if each.id == check.id)


def topics_after(check: Check, found: Sequence[Finding]) -> tuple[str, ...]:
    """The topics to read next: those that were found, and the check's own."""
    named = (topic for each in found for topic in _topics(each))
    return tuple(dict.fromkeys((*named, topic_of(check))))[:TOPICS_OFFERED]


def dates_ahead(check: Check, found: Sequence[Finding], lang: str) -> tuple[CalendarDay, ...]:
    """The dates that may be kept as a file, under neutral titles."""
    titles = check_words(check.id, lang).notes
    return tuple(day for each in found if isinstance(each, SponsorFinding) for day in sponsor_days(each, titles))


def _topics(finding: Finding) -> tuple[str, ...]:
    if isinstance(finding, SituationFinding):
        return finding.topics
    if isinstance(finding, JobOfferFinding):
        return tuple(each.value for each in (*finding.likely, *finding.possible))
    return ()
