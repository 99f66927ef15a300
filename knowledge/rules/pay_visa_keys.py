"""The outcomes of the visa's own pay test and every key its words must have, beside those of the pay check."""

from __future__ import annotations

from enum import Enum

from knowledge.rules.outcome import Outcome, names


class PaidHow(str, Enum):
    """How pay comes; it chooses the stretch of time that is tested. UNEVEN: the sponsor declared uneven hours."""

    MONTHLY = "monthly"
    MORE_OFTEN = "more_often"
    UNEVEN = "uneven"


class VisaPayOutcome(Outcome):
    """What the visa's own pay test can find."""

    AT_OR_ABOVE = "visa_at_or_above"
    BELOW = "visa_below"
    BELOW_CERTIFICATE = "visa_below_certificate"
    CANNOT_TELL_DATE = "visa_cannot_tell_date"
    CANNOT_TELL_OLD = "visa_cannot_tell_old"
    CANNOT_TELL_STRETCH = "visa_cannot_tell_stretch"
    CANNOT_TELL_PAID_BACK = "visa_cannot_tell_paid_back"
    CANNOT_TELL_ROUNDING = "visa_cannot_tell_rounding"


_NEEDED = names("hour_needed", "year_needed", "hourly", "year_pay")
VISA_OUTCOMES = {
    VisaPayOutcome.AT_OR_ABOVE.value: _NEEDED,
    VisaPayOutcome.BELOW.value: _NEEDED,
    VisaPayOutcome.BELOW_CERTIFICATE.value: _NEEDED | {"certificate"},
    VisaPayOutcome.CANNOT_TELL_DATE.value: names(),
    VisaPayOutcome.CANNOT_TELL_OLD.value: names(),
    VisaPayOutcome.CANNOT_TELL_STRETCH.value: _NEEDED,
    VisaPayOutcome.CANNOT_TELL_PAID_BACK.value: _NEEDED,
    VisaPayOutcome.CANNOT_TELL_ROUNDING.value: _NEEDED,
}
VISA_SUMS = {
    "visa_hour_needed": names(),
    "visa_hour_missing": names("needed", "hourly"),
    "visa_year_pay": names("hourly", "weekly", "weeks"),
    "visa_paid_back": names(),
    "visa_year_needed": names(),
    "visa_year_missing": names(),
    "visa_months_needed": names("year", "stretch", "share"),
    "visa_weeks_needed": names("year", "stretch", "weeks"),
    "visa_stretch_pay": names("pay", "paid_back"),
    "visa_stretch_missing": names(),
    "visa_stretch_hour": names("pay", "hours"),
}
VISA_NOTES = {
    "visa_hours_capped": names("counted"),
    "visa_older_test": names("day"),
    "visa_minimum_wage_too": names("rate"),
    "visa_going_rate": names(),
    "visa_floor_not_confirmed": names(),
    "visa_sponsors_breach": names(),
}
VISA_QUESTIONS = {
    "visa": names(),
    "visa_assigned": names("future"),
    "visa_paid": names(),
    "visa_hourly": names("not_above_zero", "too_high"),
    "visa_weekly_hours": names("not_above_zero", "too_high"),
    "visa_salary": names("too_high", "too_low"),
    "visa_stretch_pay": names("below_zero"),
    "visa_stretch_hours": names("not_above_zero", "too_high"),
    "visa_paid_back": names("below_zero"),
}
