"""Fees and clauses: what nobody may ask of a worker, what may be the worker's own, what calls for a closer look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.figures import value
from knowledge.rules.job_offer_answers import FeeFor, JobOfferAnswers, Visa, Who
from knowledge.rules.job_offer_signs import Clue, Scam
from knowledge.rules.outcome import SumLine, counted, of_figure, pounds

MONTHS_IN_A_YEAR = 12
_YARDSTICKS = ("first", "second", "third")


def fee_clues(answers: JobOfferAnswers, asked_on: date) -> Iterator[Clue]:
    """Clues in a fee. Sources: Employment Agencies Act 1973 s.6; sponsor guidance on costs not to be passed on."""
    if answers.fee_asked is False:
        return
    if FeeFor.JOB in answers.fee_for:
        yield _fee_for_job(answers, asked_on)
    for what in (FeeFor.CERTIFICATE, FeeFor.LICENCE):
        if what in answers.fee_for:
            yield _sponsor_cost(what, asked_on)
    if FeeFor.SKILLS_CHARGE in answers.fee_for:
        yield Clue("fee_for_skills_charge", Scam.FEE, True)
    if FeeFor.VISA_FEE in answers.fee_for:
        yield _visa_fee(answers, asked_on)
    if FeeFor.HEALTH_SURCHARGE in answers.fee_for:
        sponsored = answers.visa is Visa.SPONSORED
        yield Clue("fee_for_surcharge", Scam.FEE, True) if sponsored else Clue("surcharge_may_be_yours")
    if FeeFor.RELEASE in answers.fee_for:
        yield Clue("pay_to_be_released", Scam.CONTRACT, True)
    if FeeFor.FINE in answers.fee_for or (answers.fee_asked and answers.fee_by is Who.OFFICIAL):
        yield Clue("official_wants_money", Scam.IMPERSONATION, True)
    if answers.fee_for & {FeeFor.TRAINING, FeeFor.HOUSING, FeeFor.TRAVEL, FeeFor.OTHER}:
        yield Clue("fee_look_closer", Scam.FEE)
    if answers.fee_asked and not answers.fee_for:
        yield Clue("fee_ask_what_for", Scam.FEE)
    if (answers.fee_asked or answers.fee_for) and answers.fee_by is Who.AGENT_ABROAD:
        yield Clue("agent_abroad")


def clause_clues(answers: JobOfferAnswers, today: date) -> Iterator[Clue]:
    """Clues in a clause on paying back, by the four tests of the code and the yardstick of NHS Employers."""
    if not answers.clause:
        return
    yardsticks = [value(f"recruitment.repayment_yardstick_{name}_year", today) for name in _YARDSTICKS]
    parts = {name: of_figure(figure) for name, figure in zip(_YARDSTICKS, yardsticks, strict=True)}
    if answers.clause_sum is not None:
        total = pounds(answers.clause_sum)
        line = SumLine("clause_sum", total, parts, tuple(yardsticks))
        above = answers.clause_sum > yardsticks[0].number
        if above:
            yield Clue("clause_above_guide", Scam.CONTRACT, True, {**parts, "sum": total}, (line,))
        else:
            yield Clue("clause_within_guide", values={**parts, "sum": total}, sums=(line,))
    else:
        yield Clue("clause_sum_not_known", Scam.CONTRACT, values=parts)
    if answers.clause_shrinks is False:
        yield Clue("clause_does_not_shrink", Scam.CONTRACT, True)
    if answers.clause_listed is False:
        yield Clue("clause_not_listed", Scam.CONTRACT, True)
    if answers.clause_months is not None and answers.clause_months > len(yardsticks) * MONTHS_IN_A_YEAR:
        yield Clue("clause_long", Scam.CONTRACT, True, {"months": counted(answers.clause_months, "months")})


def _fee_for_job(answers: JobOfferAnswers, asked_on: date) -> Clue:
    allowed = value("agency.fee_allowed", asked_on)
    lines: tuple[SumLine, ...] = ()
    if answers.fee_sum is not None:
        lines = (SumLine("fee_for_job", pounds(answers.fee_sum), {"allowed": of_figure(allowed)}, (allowed,)),)
    return Clue("fee_for_job", Scam.FEE, True, {"allowed": of_figure(allowed)}, lines)


def _sponsor_cost(what: FeeFor, asked_on: date) -> Clue:
    banned = value("visa.cost_ban_from", asked_on)
    since = {"since": of_figure(banned)}
    if asked_on >= banned.day:
        return Clue(f"fee_for_{what.value}", Scam.FEE, True, since)
    return Clue("sponsor_cost_before_ban", Scam.FEE, values=since)


def _visa_fee(answers: JobOfferAnswers, asked_on: date) -> Clue:
    most = value("visa.visa_fee_longer", asked_on)
    values = {"most": of_figure(most)}
    if answers.fee_sum is None or len(answers.fee_for) > 1:
        return Clue("visa_fee_yours", values=values)
    line = SumLine("visa_fee", pounds(answers.fee_sum), values, (most,))
    if answers.fee_sum > most.number:
        return Clue("visa_fee_too_high", Scam.FEE, values=values, sums=(line,))
    return Clue("visa_fee_yours", values=values, sums=(line,))
