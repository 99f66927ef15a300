"""What a worker tells about an offer, a fee, a clause or a contact."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum


class FeeFor(str, Enum):
    """What the money is said to be for."""

    JOB = "job"
    CERTIFICATE = "certificate"
    LICENCE = "licence"
    SKILLS_CHARGE = "skills_charge"
    VISA_FEE = "visa_fee"
    HEALTH_SURCHARGE = "health_surcharge"
    FINE = "fine"
    RELEASE = "release"
    TRAINING = "training"
    HOUSING = "housing"
    TRAVEL = "travel"
    OTHER = "other"


class Who(str, Enum):
    """Who asks."""

    EMPLOYER = "employer"
    AGENCY = "agency"
    AGENT_ABROAD = "agent_abroad"
    PRIVATE = "private"
    OFFICIAL = "official"


class Visa(str, Enum):
    """The visa the work would be on."""

    SPONSORED = "sponsored"
    STUDENT_DEGREE = "student_degree"
    STUDENT_BELOW = "student_below"
    OTHER = "other"
    NONE_NEEDED = "none_needed"


class Paper(str, Enum):
    """Papers and details asked for."""

    PASSPORT_TO_KEEP = "passport_to_keep"
    PASSPORT_COPY = "passport_copy"
    BANK_DETAILS = "bank_details"
    CARD_OR_CODE = "card_or_code"
    VISA_LOGIN = "visa_login"


class Promise(str, Enum):
    """What is promised as sure."""

    TEST_RESULT = "test_result"
    CHANGED_SCORE = "changed_score"
    CERTIFICATE = "certificate"
    VISA = "visa"


class Listed(str, Enum):
    """Is the employer on the register of licensed sponsors?"""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_LOOKED = "not_looked"


@dataclass(frozen=True)
class JobOfferAnswers:
    """The answers; None, or an empty set, is "I do not know" or a question passed over.

    `asked_on`: the day the money was asked for or the offer was made; today where it is None. `clause`: must money be
    paid back on leaving? `hours`: those of a week. `handed_over`: papers or details were already given.
    """

    asked_on: date | None = None
    fee_asked: bool | None = None
    fee_for: frozenset[FeeFor] = frozenset()
    fee_sum: Decimal | None = None
    fee_by: Who | None = None
    paid: bool | None = None
    clause: bool | None = None
    clause_sum: Decimal | None = None
    clause_months: int | None = None
    clause_shrinks: bool | None = None
    clause_listed: bool | None = None
    abroad: bool | None = None
    visa: Visa | None = None
    hours: Decimal | None = None
    in_term: bool | None = None
    papers: frozenset[Paper] = frozenset()
    papers_by: Who | None = None
    written_offer: bool | None = None
    handed_over: bool | None = None
    home_office: bool | None = None
    home_office_money: bool | None = None
    promises: frozenset[Promise] = frozenset()
    unlike_promise: bool | None = None
    listed: Listed | None = None
    hurry: bool | None = None

    @property
    def nothing_told(self) -> bool:
        """Was every question passed over?"""
        told = (getattr(self, each.name) for each in fields(self) if each.name != "asked_on")
        return all(answer is None or answer == frozenset() for answer in told)
