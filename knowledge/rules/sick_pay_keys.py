"""Every key that the sick pay rule may give."""

from __future__ import annotations

from knowledge.rules.outcome import Outcome, Vocabulary, names
from knowledge.rules.sick_pay_answers import Work


class SickPayOutcome(Outcome):
    """What the rule comes to."""

    DUE = "due"
    DUE_RATE_ONLY = "due_rate_only"
    DUE_PAY_NOT_KNOWN = "due_pay_not_known"
    DUE_UNTIL_USED_UP = "due_until_used_up"
    ALL_USED_UP = "all_used_up"
    TOO_SHORT = "too_short"
    WAITING_DAYS_ONLY = "waiting_days_only"
    EARNINGS_TOO_LOW = "earnings_too_low"
    NO_USUAL_DAY = "no_usual_day"
    RULE_CHANGED = "rule_changed"
    NOT_STARTED = "not_started"
    CANNOT_TELL = "cannot_tell"


_DAYS = ("days", "first", "last", "weeks_used", "weeks_left")

VOCABULARY = Vocabulary(
    check="sick_pay",
    outcomes={
        "due": names("total", *_DAYS),
        "due_until_used_up": names("total", *_DAYS),
        "due_rate_only": names("weekly"),
        "due_pay_not_known": names("most"),
        "all_used_up": names("weeks_used"),
        "too_short": names("least"),
        "waiting_days_only": names(),
        "earnings_too_low": names("limit", "average"),
        "no_usual_day": names(),
        "rule_changed": names("changed"),
        "not_started": names(),
        "cannot_tell": names(),
    },
    sums={
        "weekly_flat": names(),
        "weekly_share": names("average", "percent", "flat"),
        "days_paid": names("days", "daily", "usual"),
        "for_a_day": names("weekly", "usual"),
        "for_days": names("days"),
        "total": names(),
        "weeks_used": names("most"),
        "length": names("least"),
        "earnings": names("limit", "average"),
        "rate_before": names("waiting"),
    },
    notes={
        "old_rule": names(),
        "pay_needed": names("limit"),
        "usual_days_needed": names(),
        "say_usual_days": names(),
        "no_dates": names(),
        "self_employed": names(),
        "agency_between": names(),
        "maternity": names(),
        "no_fit_note_needed": names("days"),
        "fit_note_needed": names("days", "from"),
        "linked": names("since", "within"),
        "zero_hours": names(),
        "agency": names(),
        "contract_pays_more": names(),
        "look_in_contract": names(),
        "still_sick": names(),
    },
    questions={
        "work": names(),
        "first": names("in_future", "too_long_ago"),
        "last": names("before_first", "too_far_ahead"),
        "weekdays": names("not_weekdays"),
        "days_a_week": names("not_in_a_week"),
        "days_missed": names("not_in_spell"),
        "average_pay": names("below_nothing", "not_for_a_week"),
        "earlier": names("before_first", "not_before_this", "too_long_ago"),
        "fit_note": names(),
        "contract": names(),
        "maternity": names(),
    },
    choices={"work": names(*(each.value for each in Work))},
)
