"""The figures of law that a rights check tells with its sums: their descriptions are translated, others are not."""

from __future__ import annotations

_BY_FAMILY: dict[str, tuple[str, ...]] = {
    "agency": ("fee_allowed",),
    "holiday": (
        "days_most",
        "irregular_accrual_percent",
        "irregular_rounding_minutes",
        "pay_average_weeks",
        "pay_lookback_weeks",
        "weeks_a_year",
    ),
    "minimum_wage": (
        "accommodation_offset_day",
        "age_16_to_17",
        "age_18_to_20",
        "age_21_and_over",
        "age_21_to_22",
        "apprentice",
    ),
    "recruitment": (
        "repayment_yardstick_first_year",
        "repayment_yardstick_second_year",
        "repayment_yardstick_third_year",
    ),
    "sick_pay": (
        "earnings_percent",
        "lower_earnings_limit",
        "max_weeks",
        "shortest_absence_days",
        "waiting_days",
        "weekly_rate",
    ),
    "sponsor_licence": (
        "curtailment_days",
        "decision_working_days",
        "response_working_days",
    ),
    "student": (
        "below_degree_hours",
        "term_time_hours",
    ),
    "visa": (
        "care_salary_hour",
        "care_salary_year",
        "pay_test_months",
        "pay_test_months_percent",
        "pay_test_uneven_weeks",
        "pay_test_weeks",
        "report_working_days",
        "visa_fee_longer",
    ),
    "working_time": (
        "daily_rest_hours",
        "fortnight_rest_hours",
        "night_limit_hours",
        "night_limit_period_hours",
        "rest_break_after_hours",
        "rest_break_minutes",
        "under_18_break_after_hours",
        "under_18_break_minutes",
        "under_18_daily_rest_hours",
        "under_18_day_limit_hours",
        "under_18_week_limit_hours",
        "under_18_weekly_rest_days",
        "weekly_limit_hours",
        "weekly_rest_hours",
        "weekly_rest_period_days",
    ),
}
FIGURES_TOLD: frozenset[str] = frozenset(f"{family}.{name}" for family, names in _BY_FAMILY.items() for name in names)
