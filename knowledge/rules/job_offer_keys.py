"""Every key that the job offer rule may give."""

from __future__ import annotations

from knowledge.rules.job_offer_answers import FeeFor, Listed, Paper, Promise, Visa, Who
from knowledge.rules.job_offer_signs import Scam
from knowledge.rules.outcome import Outcome, Vocabulary, names


class JobOfferOutcome(Outcome):
    """What was found. There is no member that says an offer is safe: nobody can tell that from here."""

    ALREADY_GIVEN = "already_given"
    SIGNS_FOUND = "signs_found"
    LOOK_CLOSER = "look_closer"
    NO_SIGN_FOUND = "no_sign_found"
    CANNOT_TELL = "cannot_tell"


_YARDSTICKS = ("first", "second", "third")
_BARE = (
    "fee_for_skills_charge", "fee_for_surcharge", "surcharge_may_be_yours", "pay_to_be_released",
    "official_wants_money",
    "fee_look_closer", "fee_ask_what_for", "agent_abroad", "clause_does_not_shrink", "clause_not_listed",
    "unlike_promise", "not_on_list", "list_proves_little", "hurry", "passport_to_keep", "visa_login", "card_or_code",
    "bank_details_normal", "bank_details_too_soon", "passport_copy_normal", "passport_copy_too_soon",
    "official_wants_papers", "official_check", "promise_test_result", "promise_changed_score", "promise_certificate",
    "promise_visa", "fair_recruiter", "look_up", "report_agency", "report_fraud", "report_advice_first",
)  # fmt: skip

VOCABULARY = Vocabulary(
    check="job_offer",
    outcomes={each.value: names() for each in JobOfferOutcome},
    sums={
        "fee_for_job": names("allowed"),
        "visa_fee": names("most"),
        "clause_sum": names(*_YARDSTICKS),
        "student_hours": names("limit"),
    },
    notes={
        **{key: names() for key in _BARE},
        **{f"{how}_{scam.value}": names() for how in ("likely", "possible", "do") for scam in Scam},
        "fee_for_job": names("allowed"),
        "fee_for_certificate": names("since"),
        "fee_for_licence": names("since"),
        "sponsor_cost_before_ban": names("since"),
        "visa_fee_yours": names("most"),
        "visa_fee_too_high": names("most"),
        "clause_above_guide": names("sum", *_YARDSTICKS),
        "clause_within_guide": names("sum", *_YARDSTICKS),
        "clause_sum_not_known": names(*_YARDSTICKS),
        "clause_long": names("months"),
        "closed_to_abroad": names("closed"),
        "student_limit": names("limit"),
        "student_hours": names("limit", "hours"),
    },
    questions={
        "asked_on": names("in_future", "too_long_ago"),
        "fee_asked": names(),
        "fee_for": names(),
        "fee_sum": names("not_a_sum"),
        "fee_by": names(),
        "paid": names(),
        "clause": names(),
        "clause_sum": names("not_a_sum"),
        "clause_months": names("not_a_length"),
        "clause_shrinks": names(),
        "clause_listed": names(),
        "abroad": names(),
        "visa": names(),
        "hours": names("not_in_a_week"),
        "in_term": names(),
        "papers": names(),
        "papers_by": names(),
        "written_offer": names(),
        "handed_over": names(),
        "home_office": names(),
        "home_office_money": names(),
        "promises": names(),
        "unlike_promise": names(),
        "listed": names(),
        "hurry": names(),
    },
    choices={
        "fee_for": names(*(each.value for each in FeeFor)),
        "fee_by": names(*(each.value for each in Who)),
        "visa": names(*(each.value for each in Visa)),
        "papers": names(*(each.value for each in Paper)),
        "papers_by": names(*(each.value for each in Who)),
        "promises": names(*(each.value for each in Promise)),
        "listed": names(*(each.value for each in Listed)),
    },
)
