"""Every key that the sponsor timeline may give."""

from __future__ import annotations

from knowledge.rules.outcome import Outcome, Vocabulary, names
from knowledge.rules.sponsor_timeline_answers import Application, Event


class SponsorTimelineOutcome(Outcome):
    """The stage that was reached."""

    VISIT = "visit"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    JOB_ENDED = "job_ended"
    LETTER = "letter"
    LETTER_COUNTED = "letter_counted"
    LETTER_NO_DATE = "letter_no_date"
    END_PASSED = "end_passed"
    APPLIED_IN_TIME = "applied_in_time"
    APPLIED_LATE = "applied_late"
    APPLIED_NOT_SURE = "applied_not_sure"
    APPLICATION_ON_HOLD = "application_on_hold"
    APPLICATION_FAILS = "application_fails"
    CANNOT_TELL = "cannot_tell"


CALENDAR_CHECK, CALENDAR_END = "calendar_check", "calendar_end"
"""The keys of the titles of a calendar file; they say nothing of visas or employers."""

_WITH_END = ("letter", "letter_counted", "end_passed", "applied_in_time", "applied_late")
_COUNTED = ("answer_due", "decision_aimed", "report_due")

VOCABULARY = Vocabulary(
    check="sponsor_timeline",
    outcomes={
        each.value: names("end", "left") if each.value in _WITH_END else names() for each in SponsorTimelineOutcome
    },
    sums={
        "counted_end": names("letter", "length"),
        **{f"{key}_on": names("start", "length") for key in _COUNTED},
        "end_printed": names(),
        "end_counted": names(),
        "end_visa": names(),
        "days_left": names("end"),
    },
    notes={
        **{f"step_{event.value}": names("day") for event in Event},
        **{f"step_{key}_ahead": names("day", "left") for key in (*_COUNTED, "end")},
        **{f"step_{key}_passed": names("day") for key in (*_COUNTED, "end")},
        "work_not_sure": names(),
        "extra_work_ends": names(),
        "not_from_revocation": names(),
        "pause_not_sure": names(),
        "pause_may_not_cover": names(),
        "keep_working": names(),
        "new_reasons_new_time": names(),
        "travel": names(),
        "look_up_visa_end": names(),
        "find_printed_date": names("end"),
        "shorter_visa_stands": names("end"),
        "dates_differ": names("printed", "visa"),
        "ends_at_once": names(),
        "letter_may_be_sooner": names(),
        "printed_differs": names("printed", "counted"),
        "last_day_today": names(),
        "applied_on_last_day": names(),
        CALENDAR_CHECK: names(),
        CALENDAR_END: names(),
    },
    questions={
        "happened": names(),
        **{
            f"{event.value}_on": names(
                "in_future", "too_long_ago", *(("before_letter",) if event is Event.ANSWERED else ())
            )
            for event in Event
        },
        "letter_end": names("before_letter", "too_far_ahead", "too_long_ago"),
        "visa_end": names("too_far_ahead", "too_long_ago"),
        "application": names(),
    },
    choices={
        "happened": names(*(each.value for each in Event)),
        "application": names(*(each.value for each in Application)),
    },
)
