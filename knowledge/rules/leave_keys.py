"""The outcomes of the holiday check and every key its words must have."""

from __future__ import annotations

from knowledge.rules.leave_answers import Pattern
from knowledge.rules.outcome import Outcome, Vocabulary, names


class LeaveOutcome(Outcome):
    """What the holiday check can find."""

    LEFT_TO_TAKE = "left_to_take"
    ALL_TAKEN = "all_taken"
    TAKEN_MORE = "taken_more"
    PAID_OUT = "paid_out"
    OLD_RULE = "old_rule"
    RULE_CHANGED_IN_YEAR = "rule_changed_in_year"
    CANNOT_TELL_OLD_RULE = "cannot_tell_old_rule"
    CANNOT_TELL_NO_HOURS = "cannot_tell_no_hours"


_DUE = names("due", "taken", "left", "start", "end")
_AMOUNT = names("missing", "not_above_zero", "too_high")
VOCABULARY = Vocabulary(
    check="leave",
    outcomes={
        **{each.value: _DUE for each in LeaveOutcome if not each.value.startswith("cannot")},
        LeaveOutcome.CANNOT_TELL_OLD_RULE.value: names("start", "end"),
        LeaveOutcome.CANNOT_TELL_NO_HOURS.value: names("start", "end"),
    },
    sums={
        "full_year": names("week", "weeks"),
        "most": names("most"),
        "part_of_year": names("full", "worked", "length"),
        "rounded_up": names("exact"),
        "built_up": names("hours", "share", "exact"),
        "built_up_in_all": names(),
        "taken": names(),
        "left": names("due", "taken"),
        "week_of_pay": names(),
        "average_week_of_pay": names("total", "weeks", "most"),
        "paid_for_untaken": names("left", "week", "pay"),
    },
    notes={
        "year_over": names("end"),
        "first_year": names(),
        "irregular_most": names("most"),
        "pay_not_known": names(),
        "pay_must_be_normal": names("weeks"),
        "contract_may_give_more": names(),
    },
    questions={
        "year_start": names("missing", "future"),
        "pattern": names(),
        "days_a_week": _AMOUNT,
        "hours_a_week": _AMOUNT,
        "period_hours": names("below_zero", "too_high"),
        "average_week": names("not_above_zero", "too_high"),
        "started": names("after_year"),
        "left": names("before_start"),
        "taken": names("below_zero", "too_high"),
        "week_pay": names("below_zero", "too_high"),
        "weekly_pays": names("below_zero", "too_high"),
    },
    choices={"pattern": frozenset(each.value for each in Pattern)},
)
