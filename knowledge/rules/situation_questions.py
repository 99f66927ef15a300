"""The gentle questions, in words of events, and the sign that each answer is (None: no sign).

Signs: knowledge/signs.yml. They follow the key signs of the guidance and the indicators of the ILO.
"""

from __future__ import annotations

from collections.abc import Mapping

Choices = Mapping[str, str | None]

QUESTIONS: Mapping[str, Choices] = {
    "now": {
        "fine": None,
        "hurt_now": "violence_now",
        "locked_in_afraid": "locked_in_afraid",
        "must_go_now": "must_flee_now",
        "child": "child_in_danger",
        "hurt_myself": "self_harm",
    },
    "papers": {
        "with_me": None,
        "home_office_has_them": None,
        "somebody_keeps_them": "documents_held",
        "somebody_has_login": "account_login_held",
    },
    "going_out": {
        "free": None,
        "not_allowed": "movement_controlled",
        "watched": "watched",
        "locked_in": "locked_in_calm",
    },
    "pay_and_rest": {
        "paid": None,
        "late": "wages_late",
        "too_little": "under_minimum_pay",
        "taken_off": "unlawful_deductions",
        "no_pay_for_months": "no_pay_for_months",
        "no_days_off": "long_weeks_no_rest",
    },
    "money_owed": {
        "nothing_owed": None,
        "paid_for_job": "illegal_fee",
        "pay_to_leave": "repayment_bond",
        "work_it_off": "debt_to_work_off",
    },
    "saying_no": {
        "nothing_bad": None,
        "afraid": "fear_of_employer",
        "cannot_refuse": "cannot_refuse_work",
        "cannot_leave": "cannot_leave_job",
        "threat_visa": "threat_to_cancel_sponsorship",
        "threat_sent_home": "threat_of_deportation",
        "threat_harm": "threat_of_harm",
        "threat_family": "threat_to_family",
    },
    "treatment": {
        "well": None,
        "shouted_at": "verbal_abuse",
        "racism": "racist_abuse",
        "hit": "violence",
        "touched": "sexual_pressure",
    },
    "living": {
        "good": None,
        "crowded": "overcrowded_housing",
        "no_food": "no_food_or_heating",
        "phone_taken": "phone_taken",
        "kept_apart": "isolation_controlled",
    },
}
"""In the order in which they are asked: danger first, the hardest last but one."""

TOPICS: Mapping[str, str] = {
    "violence_now": "safety_planning",
    "locked_in_afraid": "safety_planning",
    "must_flee_now": "safety_planning",
    "child_in_danger": "safety_planning",
    "self_harm": "wellbeing",
    "documents_held": "passport_withheld",
    "account_login_held": "passport_withheld",
    "movement_controlled": "restricted_movement",
    "watched": "restricted_movement",
    "locked_in_calm": "restricted_movement",
    "wages_late": "withheld_wages",
    "under_minimum_pay": "minimum_wage",
    "unlawful_deductions": "deductions",
    "no_pay_for_months": "withheld_wages",
    "long_weeks_no_rest": "rest_breaks",
    "illegal_fee": "fee_scam",
    "repayment_bond": "contract_scam",
    "debt_to_work_off": "debt_bondage",
    "fear_of_employer": "threats_and_abuse",
    "cannot_refuse_work": "forced_labour",
    "cannot_leave_job": "forced_labour",
    "threat_to_cancel_sponsorship": "fear_of_immigration",
    "threat_of_deportation": "fear_of_immigration",
    "threat_of_harm": "threats_and_abuse",
    "threat_to_family": "threats_and_abuse",
    "verbal_abuse": "threats_and_abuse",
    "racist_abuse": "discrimination_and_harassment",
    "violence": "threats_and_abuse",
    "sexual_pressure": "threats_and_abuse",
    "overcrowded_housing": "living_conditions",
    "no_food_or_heating": "living_conditions",
    "phone_taken": "access_to_services",
    "isolation_controlled": "access_to_services",
}
"""The topic to read for each sign."""
