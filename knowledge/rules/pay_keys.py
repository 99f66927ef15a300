"""The outcomes of the pay check and every key its words must have."""

from __future__ import annotations

from knowledge.rules.outcome import Outcome, Vocabulary, names
from knowledge.rules.pay_answers import PARTS_OF_PAY, Basis, Charge, Work
from knowledge.rules.pay_money import DOUBTFUL, LOWERS
from knowledge.rules.pay_visa_keys import VISA_NOTES, VISA_OUTCOMES, VISA_QUESTIONS, VISA_SUMS, PaidHow


class PayOutcome(Outcome):
    """What the minimum wage check can find."""

    AT_OR_ABOVE = "at_or_above"
    BELOW = "below"
    CANNOT_TELL_DEPENDS = "cannot_tell_depends"
    CANNOT_TELL_AGE = "cannot_tell_age"
    CANNOT_TELL_HOURS = "cannot_tell_hours"
    CANNOT_TELL_LIVE_IN = "cannot_tell_live_in"
    CANNOT_TELL_LONG_PERIOD = "cannot_tell_long_period"
    RULE_CHANGED_IN_PERIOD = "rule_changed_in_period"
    CANNOT_TELL_OLD_RATES = "cannot_tell_old_rates"
    CANNOT_TELL_NEW_RATES = "cannot_tell_new_rates"
    CANNOT_TELL_SELF_EMPLOYED = "cannot_tell_self_employed"
    CANNOT_TELL_VOLUNTEER = "cannot_tell_volunteer"
    UNDER_SCHOOL_LEAVING_AGE = "under_school_leaving_age"


_PERIOD = ("start", "end")
_COMPARED = {
    PayOutcome.AT_OR_ABOVE: names("hourly", "rate", *_PERIOD),
    PayOutcome.BELOW: names("hourly", "rate", "missing", *_PERIOD),
    PayOutcome.CANNOT_TELL_DEPENDS: names("highest", "lowest", "rate", "missing", *_PERIOD),
    PayOutcome.CANNOT_TELL_AGE: names("highest", "lowest", "rate", "missing", *_PERIOD),
}
_SUMS = {
    "paid_by_hour": names("rate", "hours"),
    "paid_in_period": names(),
    "paid_of_salary": names("salary"),
    **{f"less_{name}": names() for name in ("premium", "tips", "expenses", "allowances", "time_off_pay")},
    "less_sleep_in_pay": names(),
    **{f"charge_{kind.value}": names() for kind in (*LOWERS, *DOUBTFUL)},
    "housing_free": names("days", "allowed", "charge"),
    "housing_over": names("days", "allowed", "charge"),
    "housing_within": names("days", "allowed", "charge"),
    "pay_that_counts": names(),
    "hours_of_salary": names("weekly"),
    **{f"hours_{name}": names() for name in ("at_work", "breaks", "travel", "waiting", "training", "around_shift")},
    "hours_awake": names("sleep_in"),
    "hours_live_in": names("days", "a_day"),
    "hours_that_count": names(),
    "pay_an_hour": names("pay", "hours"),
    "rate": names(),
    "due": names("rate", "hours"),
    "missing": names("due", "pay"),
    "owed_today": names("missing", "then", "now"),
}
_NOTES = {
    **{key: names() for key in DOUBTFUL.values()},
    "doubt_sleep_in_pay": names(),
    "doubt_awake": names(),
    "doubt_salaried": names(),
    "may_be_more": names("missing"),
    "how_far_back": names("court", "tribunal"),
    "past_tribunal": names("court", "tribunal"),
    "too_long_ago": names("court"),
    "rise_in_period": names("rate", "day"),
    "rise_in_period_not_known": names(),
    "rate_not_confirmed": names(),
    "school_leaving_age": names(),
    "taken_not_counted": names("amount"),
    "deductions_have_rules": names(),
    "sponsor_cost": names(),
    "sleep_in": names(),
}
_AMOUNT = names("missing", "not_above_zero", "too_high")
_QUESTIONS = {
    "work": names(),
    "more_time": names(),
    "pay_parts": names(),
    "birth": names("future", "too_old"),
    "age": names("absurd"),
    "apprentice": names(),
    "first_year": names(),
    "period": names("missing", "ends_before_start", "future"),
    "basis": names(),
    "rate": _AMOUNT,
    "hours_paid": _AMOUNT,
    "amount": _AMOUNT | {"parts_more_than_pay"},
    "salary": _AMOUNT | {"too_low"},
    "weekly_hours": names("not_above_zero", "too_high"),
    "at_work": names("missing", "below_zero", "more_than_period"),
    "breaks": names("below_zero", "more_than_work"),
    **{name: names("below_zero") for name in ("travel", "waiting", "training", "around_shift", "sleep_in")},
    "awake": names("below_zero", "more_than_sleep_in"),
    "live_in_days": names("more_than_period"),
    "live_in_hours": names("too_high"),
    **{
        name: names("below_zero")
        for name in ("premium", "tips", "expenses", "allowances", "time_off_pay", "sleep_in_pay")
    },
    "charge": names(),
    "charge_amount": names("not_above_zero"),
    "housing_days": names("more_than_period"),
    "housing_charge": names("below_zero"),
}

VOCABULARY = Vocabulary(
    check="pay",
    outcomes={**{each.value: _COMPARED.get(each, names()) for each in PayOutcome}, **VISA_OUTCOMES},
    sums={**_SUMS, **VISA_SUMS},
    notes={**_NOTES, **VISA_NOTES},
    questions={**_QUESTIONS, **VISA_QUESTIONS},
    choices={
        "work": frozenset(each.value for each in Work),
        "basis": frozenset(each.value for each in Basis),
        "charge": frozenset(each.value for each in Charge),
        "more_time": names("travel", "waiting", "training", "around_shift", "sleep_in", "live_in"),
        "pay_parts": names(*PARTS_OF_PAY),
        "visa_paid": frozenset(each.value for each in PaidHow),
    },
)
