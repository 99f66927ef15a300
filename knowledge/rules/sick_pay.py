"""Statutory Sick Pay for a spell of sickness: the old rule, the new one, and an honest word where a spell has both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from knowledge import clock
from knowledge.figures import value
from knowledge.rules.outcome import AnswersRefused, Finding, Note, Quantity, SumLine, counted, day, of_figure, pounds
from knowledge.rules.sick_pay_answers import SickPayAnswers, Spell, Work
from knowledge.rules.sick_pay_days import changed_on, linked, paid_days, rate, week_part
from knowledge.rules.sick_pay_keys import VOCABULARY, SickPayOutcome
from knowledge.rules.sick_pay_refusals import refusals
from knowledge.rules.sick_pay_sums import earnings_sum, rate_sum, total_sums

__all__ = [
    "VOCABULARY",
    "AnswersRefused",
    "SickPayAnswers",
    "SickPayOutcome",
    "Spell",
    "Work",
    "check_sick_pay",
    "refusals",
]


def check_sick_pay(answers: SickPayAnswers, today: date | None = None) -> Finding:
    """What sick pay is due for the spell of sickness. Raises AnswersRefused."""
    today = today or clock.today()
    wrong = refusals(answers, today)
    if wrong:
        raise AnswersRefused(wrong)
    if answers.work is Work.NOT_STARTED:
        return Finding(SickPayOutcome.NOT_STARTED, today)
    stop = _cannot_tell(answers)
    spell = answers.spell(today)
    if stop is not None or spell is None:
        return Finding(SickPayOutcome.CANNOT_TELL, today, notes=(Note(stop or "no_dates"),))
    chain = linked(spell, answers.earlier)
    notes = _notes(answers, spell, chain)
    if chain[0].first < changed_on(today) <= spell.last:
        return _rule_changed(answers, spell, today, notes)
    old = spell.last < changed_on(today)
    refused = _by_the_old_rule(answers, spell, chain, today) if old else None
    if refused is not None:
        return refused
    return _due(answers, spell, chain, today, notes)


def _cannot_tell(answers: SickPayAnswers) -> str | None:
    if answers.work is Work.SELF_EMPLOYED:
        return "self_employed"
    if answers.work is Work.AGENCY_BETWEEN_JOBS:
        return "agency_between"
    return "maternity" if answers.maternity else None


def _by_the_old_rule(answers: SickPayAnswers, spell: Spell, chain: tuple[Spell, ...], today: date) -> Finding | None:
    shortest = value("sick_pay.shortest_absence_days", spell.first)
    if spell.length < shortest.number:
        line = SumLine("length", counted(spell.length, "days"), {"least": of_figure(shortest)}, (shortest,))
        return Finding(SickPayOutcome.TOO_SHORT, today, {"least": of_figure(shortest)}, (line,), (Note("old_rule"),))
    if answers.average_pay is None:
        limit = value("sick_pay.lower_earnings_limit", chain[0].first)
        missing = Note("pay_needed", {"limit": of_figure(limit)})
        return Finding(SickPayOutcome.CANNOT_TELL, today, notes=(missing, Note("old_rule")))
    line = earnings_sum(answers.average_pay, chain[0].first)
    if answers.average_pay < line.parts["limit"].number:
        return Finding(SickPayOutcome.EARNINGS_TOO_LOW, today, line.parts, (line,), (Note("old_rule"),))
    if not answers.weekdays:
        return Finding(SickPayOutcome.CANNOT_TELL, today, notes=(Note("usual_days_needed"), Note("old_rule")))
    return None


def _rule_changed(answers: SickPayAnswers, spell: Spell, today: date, notes: tuple[Note, ...]) -> Finding:
    new = changed_on(today)
    before = value("sick_pay.weekly_rate", min(spell.first, new - timedelta(days=1)))
    waiting = value("sick_pay.waiting_days", new - timedelta(days=1))
    sums = (
        SumLine("rate_before", of_figure(before), {"waiting": of_figure(waiting)}, (before, waiting)),
        rate_sum(answers, new),
    )
    return Finding(SickPayOutcome.RULE_CHANGED, today, {"changed": day(new)}, sums, notes)


def _due(
    answers: SickPayAnswers, spell: Spell, chain: tuple[Spell, ...], today: date, notes: tuple[Note, ...]
) -> Finding:
    old = spell.last < changed_on(today)
    if old:
        notes = (*notes, Note("old_rule"))
    if not answers.weekdays:
        return _without_weekdays(answers, spell, today, notes)
    paid = paid_days(chain, answers.weekdays)
    usual = len(answers.weekdays)
    if not any(each.weekday() in answers.weekdays for each in spell.days()):
        return Finding(SickPayOutcome.NO_USUAL_DAY, today, notes=notes)
    if not paid.days:
        outcome = SickPayOutcome.ALL_USED_UP if paid.used >= paid.most else SickPayOutcome.WAITING_DAYS_ONLY
        return Finding(outcome, today, _weeks_used(paid.used, paid.most, usual), notes=notes)
    values = {
        "days": counted(len(paid.days), "days"),
        "first": day(paid.days[0]),
        "last": day(paid.days[-1]),
        **_weeks_used(paid.used, paid.most, usual),
    }
    if answers.average_pay is None and not old:
        most = rate_sum(answers, spell.first)
        return Finding(SickPayOutcome.DUE_PAY_NOT_KNOWN, today, {**values, "most": most.result}, (most,), notes)
    sums = total_sums(answers, paid, usual)
    ended = paid.used >= paid.most and any(
        each.weekday() in answers.weekdays and each > paid.days[-1] for each in spell.days()
    )
    outcome = SickPayOutcome.DUE_UNTIL_USED_UP if ended else SickPayOutcome.DUE
    return Finding(outcome, today, {**values, "total": sums[-2].result}, sums, notes)


def _without_weekdays(answers: SickPayAnswers, spell: Spell, today: date, notes: tuple[Note, ...]) -> Finding:
    weekly = rate_sum(answers, spell.first)
    if answers.average_pay is None:
        return Finding(
            SickPayOutcome.DUE_PAY_NOT_KNOWN,
            today,
            {"most": weekly.result},
            (weekly,),
            (*notes, Note("say_usual_days")),
        )
    sums = [weekly]
    if answers.days_a_week:
        each = week_part(rate(answers, spell.first).weekly, 1, answers.days_a_week)
        parts = {"weekly": weekly.result, "usual": counted(answers.days_a_week, "days")}
        sums.append(SumLine("for_a_day", pounds(each), parts))
        if answers.days_missed:
            some = week_part(rate(answers, spell.first).weekly, answers.days_missed, answers.days_a_week)
            sums.append(SumLine("for_days", pounds(some), {"days": counted(answers.days_missed, "days")}))
    return Finding(SickPayOutcome.DUE_RATE_ONLY, today, {"weekly": weekly.result}, tuple(sums), notes)


def _weeks_used(used: int, most: int, usual: int) -> Mapping[str, Quantity]:
    return {
        "weeks_used": _weeks(used, usual),
        "weeks_left": _weeks(most - used, usual),
    }


def _weeks(days: int, usual: int) -> Quantity:
    return counted(Decimal(days) / usual, "weeks")


def _notes(answers: SickPayAnswers, spell: Spell, chain: tuple[Spell, ...]) -> tuple[Note, ...]:
    notes: list[Note] = []
    own_word = value("sick_pay.self_certify_days", spell.first)
    needed_from = spell.first + timedelta(days=int(own_word.number))
    if spell.last < needed_from:
        notes.append(Note("no_fit_note_needed", {"days": of_figure(own_word)}))
    elif answers.has_fit_note is not True:
        notes.append(Note("fit_note_needed", {"days": of_figure(own_word), "from": day(needed_from)}))
    if len(chain) > 1:
        linking = value("sick_pay.linking_days", spell.first)
        notes.append(Note("linked", {"since": day(chain[0].first), "within": of_figure(linking)}))
    if answers.work in (Work.ZERO_HOURS, Work.AGENCY):
        notes.append(Note(answers.work.value))
    if answers.contract_pays_more is not False:
        notes.append(Note("contract_pays_more" if answers.contract_pays_more else "look_in_contract"))
    if answers.last is None:
        notes.append(Note("still_sick"))
    return tuple(notes)
