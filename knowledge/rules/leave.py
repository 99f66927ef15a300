"""How much paid holiday is due in a leave year, what is left of it, and what a leaver is paid for the rest.

Only the law's holiday, which a contract may go beyond. In the first year an employer may hold back what has not been
built up yet (Working Time Regulations 1998 reg 15A); that is told in a note, as it does not lower the year's holiday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from knowledge import clock
from knowledge.figures import value
from knowledge.rules import leave_keys
from knowledge.rules.leave_answers import AnswersRefused, LeaveAnswers, Pattern, refusals
from knowledge.rules.leave_keys import LeaveOutcome
from knowledge.rules.leave_pay import week_of_pay
from knowledge.rules.leave_year import Entitlement, irregular, older_irregular, regular, share
from knowledge.rules.outcome import Finding, Note, Quantity, SumLine, counted, day, of_figure, pounds

__all__ = ["VOCABULARY", "AnswersRefused", "LeaveOutcome", "check_leave"]
VOCABULARY = leave_keys.VOCABULARY


def check_leave(answers: LeaveAnswers, today: date | None = None) -> Finding:
    """What the check finds for one leave year. Raises AnswersRefused when an answer cannot be right or is missing."""
    now = today or clock.today()
    wrong = refusals(answers, now)
    start, end = answers.year_start, answers.year_end
    if wrong or start is None or end is None:
        raise AnswersRefused(wrong)
    if answers.pattern is not Pattern.IRREGULAR:
        return _told(answers, regular(answers, start, end), None, start, end, now)
    changed = value("holiday.irregular_rule_from").day
    dates = {"start": day(start), "end": day(end)}
    if start >= changed:
        if not answers.period_hours:
            return Finding(LeaveOutcome.CANNOT_TELL_NO_HOURS, start, dates)
        return _told(answers, irregular(answers, start), None, start, end, now)
    if answers.average_week is None:
        return Finding(LeaveOutcome.CANNOT_TELL_OLD_RULE, start, dates)
    outcome = LeaveOutcome.RULE_CHANGED_IN_YEAR if end >= changed else LeaveOutcome.OLD_RULE
    return _told(answers, older_irregular(answers.average_week, answers, start, end), outcome, start, end, now)


def _told(
    answers: LeaveAnswers, found: Entitlement, outcome: LeaveOutcome | None, start: date, end: date, now: date
) -> Finding:
    left = found.due - answers.taken
    due, taken = counted(found.due, found.unit), counted(answers.taken, found.unit)
    lines = [*found.lines, SumLine("taken", taken)]
    lines.append(SumLine("left", counted(max(left, Decimal(0)), found.unit), {"due": due, "taken": taken}))
    lines += _pay_lines(answers, found)
    values: dict[str, Quantity] = {
        "due": due, "taken": taken, "left": counted(abs(left), found.unit), "start": day(start), "end": day(end),
    }  # fmt: skip
    notes = tuple(_notes(answers, found, left, start, end, now))
    return Finding(outcome or _outcome(answers, left), start, values, tuple(lines), notes)


def _outcome(answers: LeaveAnswers, left: Decimal) -> LeaveOutcome:
    if left < 0:
        return LeaveOutcome.TAKEN_MORE
    if left == 0:
        return LeaveOutcome.ALL_TAKEN
    return LeaveOutcome.LEFT_TO_TAKE if answers.left is None else LeaveOutcome.PAID_OUT


def _pay_lines(answers: LeaveAnswers, found: Entitlement) -> Iterator[SumLine]:
    pay = week_of_pay(answers.week_pay, answers.weekly_pays)
    if pay is None:
        return
    week, line = pay
    yield line
    untaken = found.exact - answers.taken
    if answers.left is not None and untaken > 0 and found.week > 0:
        parts = {"left": counted(untaken, found.unit), "week": counted(found.week, found.unit), "pay": pounds(week)}
        yield SumLine("paid_for_untaken", pounds(untaken / found.week * week), parts)


def _notes(
    answers: LeaveAnswers, found: Entitlement, left: Decimal, start: date, end: date, now: date
) -> Iterator[Note]:
    if left > 0 and answers.left is None and now > end:
        yield Note("year_over", {"end": day(end)})
    if answers.started is not None and answers.started > start and share(answers, start, end) < 1:
        yield Note("first_year")
    if answers.pattern is Pattern.IRREGULAR:
        yield Note("irregular_most", {"most": of_figure(value("holiday.weeks_a_year"))})
    pay_known = found.week > 0 and week_of_pay(answers.week_pay, answers.weekly_pays) is not None
    if left > 0 and answers.left is not None and not pay_known:
        yield Note("pay_not_known")
    yield Note("pay_must_be_normal", {"weeks": of_figure(value("holiday.normal_pay_weeks"))})
    yield Note("contract_may_give_more")
