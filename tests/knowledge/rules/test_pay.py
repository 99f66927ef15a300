"""The minimum wage check, worked by hand. The sums stand beside each case.

Rates: GOV.UK, National Minimum Wage rates. 9.50 (1 April 2022), 10.42 (2023), 11.44 (2024), 12.21 (2025), 12.71 (2026).
What counts: National Minimum Wage Regulations 2015, Parts 4 and 5; GOV.UK, Calculating the minimum wage.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from knowledge import clock
from knowledge.check_text import finding_text
from knowledge.rules.outcome import Finding
from knowledge.rules.pay import VOCABULARY, AnswersRefused, check_pay
from knowledge.rules.pay_answers import Basis, Charge, Hours, Housing, PayAnswers, Taken, Work, refusals
from knowledge.rules.pay_rate import school_leaving_day

TODAY = date(2026, 11, 21)
OCTOBER = {"start": date(2026, 10, 1), "end": date(2026, 10, 31)}


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


def week(start: str, **more) -> PayAnswers:
    """A week's pay for ten hours, unless told otherwise."""
    first = date.fromisoformat(start)
    told = {"basis": Basis.PERIOD, "hours": Hours(at_work=D(10)), **more}
    return PayAnswers(start=first, end=first + timedelta(days=6), **told)


def month(amount: str, hours: Hours, **more) -> PayAnswers:
    """October 2026 at age 30: 31 days, rate 12.71, housing 11.10 a day."""
    return PayAnswers(**OCTOBER, basis=Basis.PERIOD, amount=D(amount), hours=hours, **{"age": 30, **more})


def told(finding: Finding) -> tuple[str, str | None]:
    missing = [line.result.value for line in finding.sums if line.label == "missing"]
    return finding.outcome.value, str(missing[0]) if missing else None


def line(finding: Finding, label: str) -> D:
    return next(each.result.number for each in finding.sums if each.label == label)


def notes(finding: Finding) -> set[str]:
    return {note.key for note in finding.notes}


@pytest.mark.parametrize(
    ("start", "worker", "rate"),
    [
        # Each rise, on both sides of 1 April: the rate of the first day of the period (reg 4B).
        ("2022-04-01", {"age": 30}, "9.50"),
        ("2023-03-31", {"age": 30}, "9.50"),
        ("2023-04-01", {"age": 30}, "10.42"),
        ("2024-03-31", {"age": 30}, "10.42"),
        ("2024-04-01", {"age": 30}, "11.44"),
        ("2025-03-31", {"age": 30}, "11.44"),
        ("2025-04-01", {"age": 30}, "12.21"),
        ("2026-03-31", {"age": 30}, "12.21"),
        ("2026-04-01", {"age": 30}, "12.71"),
        # The main rate began at 23 until 31 March 2024, at 21 from 1 April 2024.
        ("2022-04-01", {"age": 22}, "9.18"),
        ("2023-04-01", {"age": 21}, "10.18"),
        ("2024-03-31", {"age": 22}, "10.18"),
        ("2024-03-31", {"age": 23}, "10.42"),
        ("2024-04-01", {"age": 21}, "11.44"),
        ("2024-03-31", {"age": 20}, "7.49"),
        ("2024-04-01", {"age": 20}, "8.60"),
        ("2026-04-01", {"age": 20}, "10.85"),
        ("2026-04-01", {"age": 17}, "8.00"),
        ("2025-03-31", {"age": 17}, "6.40"),
        # Apprentices under 19, or in the first year, get their own rate; after that the rate for the age.
        ("2026-04-01", {"age": 18, "apprentice": True}, "8.00"),
        ("2026-04-01", {"age": 25, "apprentice": True, "first_year": True}, "8.00"),
        ("2026-04-01", {"age": 25, "apprentice": True, "first_year": False}, "12.71"),
        # A birthday on the first day of the period counts; the day after does not.
        ("2026-10-05", {"birth": date(2005, 10, 5)}, "12.71"),
        ("2026-10-05", {"birth": date(2005, 10, 6)}, "10.85"),
    ],
)
def test_the_rate_is_that_of_the_first_day_to_the_penny(start, worker, rate):
    due = D(rate) * 10
    assert told(check_pay(week(start, amount=due, **worker))) == ("at_or_above", None)
    short = check_pay(week(start, amount=due - D("0.01"), **worker))
    assert told(short) == ("below", "0.01")
    assert line(short, "rate") == D(rate)


STATE_OR_CHOSEN = (Charge.TAX, Charge.PENSION, Charge.UNION, Charge.LOAN, Charge.OVERPAYMENT)
WORK_100 = Hours(at_work=D(100))  # 100 x 12.71 = 1,271.00
CASES = {
    # Pay and hours
    "160 hours for 1,800: 160 x 12.71 = 2,033.60, less 1,800": (
        month("1800", Hours(at_work=D(160))), "below", "11.25", "233.60"),
    "exactly the rate": (month("1271", WORK_100), "at_or_above", "12.71", None),
    "a penny under": (month("1270.99", WORK_100), "below", "12.70", "0.01"),
    "150 paid at 12.71 = 1,906.50; 150 + 20 travel = 170 x 12.71 = 2,160.70": (
        PayAnswers(**OCTOBER, age=30, rate=D("12.71"), hours_paid=D(150), hours=Hours(at_work=D(150), travel=D(20))),
        "below", "11.21", "254.20"),
    "paid 13.50 for 100 = 1,350; 106 x 12.71 = 1,347.26, so travel of 6 is covered": (
        PayAnswers(**OCTOBER, age=30, rate=D("13.50"), hours_paid=D(100), hours=Hours(at_work=D(100), travel=D(6))),
        "at_or_above", "12.73", None),
    "travel of 7 is not: 107 x 12.71 = 1,359.97": (
        PayAnswers(**OCTOBER, age=30, rate=D("13.50"), hours_paid=D(100), hours=Hours(at_work=D(100), travel=D(7))),
        "below", "12.61", "9.97"),
    "waiting 4, training 3, handover 3: 110 x 12.71 = 1,398.10": (
        month("1271", Hours(at_work=D(100), waiting=D(4), training=D(3), around_shift=D(3))),
        "below", "11.55", "127.10"),
    "free breaks of 10 do not count: 100 x 12.71": (
        month("1271", Hours(at_work=D(110), breaks=D(10))), "at_or_above", "12.71", None),
    "breaks worked through are work: 110 x 12.71 = 1,398.10": (
        month("1271", Hours(at_work=D(110))), "below", "11.55", "127.10"),
    "a night shift awake counts in full: 10 x 12.71 = 127.10 for 50": (
        week("2026-10-05", amount=D(50), age=30), "below", "5.00", "77.10"),
    # Parts of the pay that do not count (reg 10)
    "60 of 1,300 is for weekends: 1,240": (month("1300", WORK_100, premium=D(60)), "below", "12.40", "31.00"),
    "50 tips in 1,300: 1,250": (month("1300", WORK_100, tips=D(50)), "below", "12.50", "21.00"),
    "80 mileage in 1,351: 1,271": (month("1351", WORK_100, expenses=D(80)), "at_or_above", "12.71", None),
    "81 mileage in 1,351: 1,270": (month("1351", WORK_100, expenses=D(81)), "below", "12.70", "1.00"),
    "20 phone allowance in 1,271: 1,251": (month("1271", WORK_100, allowances=D(20)), "below", "12.51", "20.00"),
    "200 holiday pay in 1,471: 1,271 for the hours worked": (
        month("1471", WORK_100, time_off_pay=D(200)), "at_or_above", "12.71", None),
    # Money taken (regs 12 and 13)
    "uniform 30 off 1,271: 1,241": (
        month("1271", WORK_100, taken=(Taken(Charge.UNIFORM, D(30)),)), "below", "12.41", "30.00"),
    "DBS 49.50 off 1,300: 1,250.50": (
        month("1300", WORK_100, taken=(Taken(Charge.DBS_CHECK, D("49.50")),)), "below", "12.50", "20.50"),
    "training and tools, 25 and 15, off 1,311: 1,271": (
        month("1311", WORK_100, taken=(Taken(Charge.TRAINING, D(25)), Taken(Charge.TOOLS, D(15)))),
        "at_or_above", "12.71", None),
    "the sponsor's costs, 200, off 1,400: 1,200": (
        month("1400", WORK_100, taken=(Taken(Charge.SPONSOR_COST, D(200)),)), "below", "12.00", "71.00"),
    "tax, pension, union and a loan do not lower it": (
        month("1271", WORK_100, taken=tuple(Taken(kind, D(50)) for kind in STATE_OR_CHOSEN)),
        "at_or_above", "12.71", None),
    "a fine in the contract does not (reg 12(2)(a))": (
        month("1271", WORK_100, taken=(Taken(Charge.FINE_IN_CONTRACT, D(50)),)), "at_or_above", "12.71", None),
    "a fine that is not in the contract does: 1,221": (
        month("1271", WORK_100, taken=(Taken(Charge.FINE_NOT_IN_CONTRACT, D(50)),)), "below", "12.21", "50.00"),
    "a fine of either kind cannot be told": (
        month("1271", WORK_100, taken=(Taken(Charge.FINE, D(50)),)), "cannot_tell_depends", "12.21", "50.00"),
    "nor matters where pay is high enough: 1,400 - 50 = 1,350": (
        month("1400", WORK_100, taken=(Taken(Charge.FINE, D(50)),)), "at_or_above", "13.50", None),
    "nor where pay is low anyway": (
        month("1200", WORK_100, taken=(Taken(Charge.OWN_VISA_FEE, D(50)),)), "below", "12.00", "71.00"),
    "more taken than paid leaves nothing": (
        month("100", WORK_100, taken=(Taken(Charge.UNIFORM, D(150)),)), "below", "0.00", "1271.00"),
    # Housing (regs 14-16): 31 x 11.10 = 344.10
    "free housing adds 344.10 to 1,000": (month("1000", WORK_100, housing=Housing(31)), "at_or_above", "13.44", None),
    "rent of 344.10 changes nothing": (
        month("1271", WORK_100, housing=Housing(31, D("344.10"))), "at_or_above", "12.71", None),
    "rent of 400 is 55.90 over: 1,215.10": (
        month("1271", WORK_100, housing=Housing(31, D(400))), "below", "12.15", "55.90"),
    "a week's rent of 77.70 changes nothing (7 x 11.10)": (
        week("2026-10-05", amount=D("127.10"), age=30, housing=Housing(7, D("77.70"))), "at_or_above", "12.71", None),
    "in March 2026 it was 7 x 10.66 = 74.62, so 77.70 is 3.08 over": (
        week("2026-03-30", amount=D("122.10"), age=30, housing=Housing(7, D("77.70"))), "below", "11.90", "3.08"),
    "4 days of housing allow 44.40, so 77.70 is 33.30 over": (
        week("2026-10-05", amount=D("127.10"), age=30, housing=Housing(4, D("77.70"))), "below", "9.38", "33.30"),
    # Sleep-ins (Royal Mencap v Tomlinson-Blake [2021] UKSC 8) and live-in work
    "asleep all night: 40 x 12.71 = 508.40": (
        month("508.40", Hours(at_work=D(40), sleep_in=D(9))), "at_or_above", "12.71", None),
    "awake for 2: 42 x 12.71 = 533.82": (
        month("508.40", Hours(at_work=D(40), sleep_in=D(9), awake=D(2))), "below", "12.10", "25.42"),
    "a fixed 50 for the night covers 2 hours only if it counts": (
        month("558.40", Hours(at_work=D(40), sleep_in=D(9), awake=D(2)), sleep_in_pay=D(50)),
        "cannot_tell_depends", "12.10", "25.42"),
    "nobody knows how long awake: at most 9 x 12.71 = 114.39": (
        month("508.40", Hours(at_work=D(40), sleep_in=D(9), awake=None)), "cannot_tell_depends", "10.37", "114.39"),
    "live-in by agreement, 7 days of 10 hours: 70 x 12.71 = 889.70": (
        month("700", Hours(live_in_days=7, live_in_hours=D(10))), "below", "10.00", "189.70"),
    # Yearly salary: 37.5 x 52 / 12 = 162.5 hours a month; 24,784.50 is the year at 12.71 (fact sheet, section 1)
    "24,784.50 at 37.5 hours": (
        PayAnswers(**OCTOBER, age=30, basis=Basis.YEARLY, salary=D("24784.50"), weekly_hours=D("37.5"),
                   hours=Hours(at_work=D("162.5"))), "at_or_above", "12.71", None),
    "24,784 is 4 pence a month too little": (
        PayAnswers(**OCTOBER, age=30, basis=Basis.YEARLY, salary=D(24784), weekly_hours=D("37.5"),
                   hours=Hours(at_work=D("162.5"))), "below", "12.70", "0.04"),
    "24,784.50 at 39 hours: 169 x 12.71 = 2,147.99, less 2,065.375": (
        PayAnswers(**OCTOBER, age=30, basis=Basis.YEARLY, salary=D("24784.50"), weekly_hours=D(39),
                   hours=Hours(at_work=D(169))), "below", "12.22", "82.61"),
    "25,000 at 37.5 hours, but 180 worked: depends on the year's hours; 180 x 12.71 = 2,287.80 less 2,083.33": (
        PayAnswers(**OCTOBER, age=30, basis=Basis.YEARLY, salary=D(25000), weekly_hours=D("37.5"),
                   hours=Hours(at_work=D(180))), "cannot_tell_depends", "11.57", "204.46"),
    "a salary by the week: 24,784.50 / 52 = 476.625 for 37.5 x 12.71": (
        week("2026-10-05", basis=Basis.YEARLY, salary=D("24784.50"), weekly_hours=D("37.5"), age=30,
             hours=Hours(at_work=D("37.5"))), "at_or_above", "12.71", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_by_hand(name):
    answers, outcome, hourly, missing = CASES[name]
    found = check_pay(answers)
    assert told(found) == (outcome, missing)
    assert line(found, "pay_an_hour") == D(hourly)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (month("1271", WORK_100, work=Work.SELF_EMPLOYED), "cannot_tell_self_employed"),
        (month("1271", WORK_100, work=Work.VOLUNTEER), "cannot_tell_volunteer"),
        (month("700", Hours(live_in_days=7)), "cannot_tell_live_in"),
        (month("50", Hours(sleep_in=D(9))), "cannot_tell_hours"),
        # 1 October to 15 November is longer than a pay period may be (reg 6); with 1 April inside, two rates meet.
        (PayAnswers(date(2026, 10, 1), date(2026, 11, 15), Basis.PERIOD, WORK_100, age=30, amount=D(1271)),
         "cannot_tell_long_period"),
        (PayAnswers(date(2026, 3, 15), date(2026, 4, 30), Basis.PERIOD, WORK_100, age=30, amount=D(1271)),
         "rule_changed_in_period"),
        (PayAnswers(date(2024, 2, 15), date(2024, 4, 1), Basis.PERIOD, WORK_100, age=22, amount=D(1271)),
         "rule_changed_in_period"),
        (week("2022-03-31", amount=D(95), age=30), "cannot_tell_old_rates"),
        # Without an age: enough for everybody, too little for everybody, or neither.
        (month("1271", WORK_100, age=None), "at_or_above"),
        (month("799", WORK_100, age=None), "below"),
        (month("1270", WORK_100, age=None), "cannot_tell_age"),
        # Born 10 October 2010: 16 in October 2026, may leave school on Friday 25 June 2027.
        (month("100", WORK_100, age=None, birth=date(2010, 10, 10)), "under_school_leaving_age"),
        # Born 10 June 2010: could leave school on Friday 26 June 2026.
        (month("799", WORK_100, age=None, birth=date(2010, 6, 10)), "below"),
        (month("100", WORK_100, age=15), "under_school_leaving_age"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said(answers, outcome):
    assert check_pay(answers).outcome.value == outcome


def test_the_last_friday_in_june_ends_school():
    assert school_leaving_day(date(2010, 8, 31)) == date(2026, 6, 26)
    assert school_leaving_day(date(2010, 9, 1)) == date(2027, 6, 25)


def test_a_period_across_a_rise_keeps_the_old_rate_and_names_the_day_of_the_new_one():
    """Acas, When your rate increases: Sam is paid from the 16th to the 15th, so the new rate is due from 16 April."""
    april = PayAnswers(date(2026, 3, 16), date(2026, 4, 15), Basis.PERIOD, WORK_100, age=30, amount=D(1221))
    found = check_pay(april)
    assert told(found) == ("at_or_above", None)
    rise = next(note for note in found.notes if note.key == "rise_in_period")
    assert rise.values["day"].value == date(2026, 4, 16)
    assert rise.values["rate"].number == D("12.71")


def test_a_birthday_in_the_period_counts_from_the_next_one():
    found = check_pay(month("1085", WORK_100, age=None, birth=date(2005, 10, 10)))
    assert told(found) == ("at_or_above", None)
    assert "rise_in_period" in notes(found)


@pytest.mark.filterwarnings("ignore::knowledge.figures.FigurePastReview")
def test_rates_that_are_due_but_not_known_are_not_guessed():
    with clock.at(date(2027, 4, 30)):
        assert check_pay(week("2027-04-01", amount=D(127), age=30)).outcome.value == "cannot_tell_new_rates"
        assert check_pay(week("2027-03-31", amount=D("127.10"), age=30)).outcome.value == "at_or_above"


def test_what_is_missing_is_owed_at_todays_rate():
    """NMW Act 1998 s.17: 10 at 12.21 is 10 x 12.71 / 12.21 = 10.41; at 22 in March 2024, 20 x 12.71 / 10.18 = 24.97."""
    assert line(check_pay(week("2025-04-07", amount=D("112.10"), age=30)), "owed_today") == D("10.41")
    assert line(check_pay(week("2024-03-04", amount=D("81.80"), age=22)), "owed_today") == D("24.97")
    assert "owed_today" not in {each.label for each in check_pay(week("2026-10-05", amount=D(100), age=30)).sums}


@pytest.mark.parametrize(
    ("today", "key"),
    [(date(2026, 11, 21), "how_far_back"), (date(2025, 1, 1), "past_tribunal"), (date(2028, 6, 1), "too_long_ago")],
)
@pytest.mark.filterwarnings("ignore::knowledge.figures.FigurePastReview")
def test_how_far_back_is_told_for_the_period(today, key):
    start = "2026-10-05" if key == "how_far_back" else "2022-05-02"
    assert key in notes(check_pay(week(start, amount=D(50), age=30), today))


def test_a_doubt_beside_low_pay_is_told_as_perhaps_more():
    found = check_pay(month("1200", WORK_100, taken=(Taken(Charge.OTHER, D(50)),)))
    more = next(note for note in found.notes if note.key == "may_be_more")
    assert more.values["missing"].number == D("121.00")
    assert "doubt_other" in notes(found)


def test_figures_are_told_with_their_day():
    found = check_pay(month("1271", WORK_100, housing=Housing(31)))
    assert [(each.id, each.start) for each in found.figures] == [
        ("minimum_wage.accommodation_offset_day", date(2026, 4, 1)), ("minimum_wage.age_21_and_over", date(2026, 4, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (PayAnswers(), "period", "missing"),
        (PayAnswers(date(2026, 10, 31), date(2026, 10, 1)), "period", "ends_before_start"),
        (PayAnswers(date(2027, 10, 1), date(2027, 10, 31)), "period", "future"),
        (month("1271", Hours(at_work=D(-5))), "at_work", "below_zero"),
        (month("1271", Hours(at_work=D(800))), "at_work", "more_than_period"),
        (week("2026-10-05", amount=D(127), age=30, hours=Hours(at_work=D(400))), "at_work", "more_than_period"),
        (month("1271", Hours()), "at_work", "missing"),
        (month("1271", Hours(at_work=D(5), breaks=D(6))), "breaks", "more_than_work"),
        (month("1271", Hours(at_work=D(5), sleep_in=D(9), awake=D(10))), "awake", "more_than_sleep_in"),
        (month("1271", Hours(at_work=D(5), live_in_days=32)), "live_in_days", "more_than_period"),
        (month("0", WORK_100), "amount", "not_above_zero"),
        (month("999999", WORK_100), "amount", "too_high"),
        (month("50", WORK_100, tips=D(60)), "amount", "parts_more_than_pay"),
        (month("1271", WORK_100, age=200), "age", "absurd"),
        (month("1271", WORK_100, birth=date(2026, 10, 2)), "birth", "future"),
        (month("1271", WORK_100, housing=Housing(32)), "housing_days", "more_than_period"),
        (month("1271", WORK_100, taken=(Taken(Charge.TAX, D(0)),)), "charge_amount", "not_above_zero"),
        (PayAnswers(**OCTOBER, rate=D(1800), hours_paid=D(100), hours=WORK_100), "rate", "too_high"),
        (PayAnswers(**OCTOBER, basis=Basis.YEARLY, salary=D(12), hours=WORK_100), "salary", "too_low"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused_with_its_reason(answers, question, reason):
    assert reason in {each.reason for each in refusals(answers, TODAY) if each.question == question}
    assert reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        check_pay(answers)


@pytest.mark.parametrize("name", CASES)
def test_every_case_can_be_told_in_words(name):
    told_in_words = finding_text("pay", check_pay(CASES[name][0]))
    assert "{" not in "".join(told_in_words.lines())


def test_the_words_hold_the_sum_and_the_figure():
    said = finding_text("pay", check_pay(CASES["rent of 400 is 55.90 over: 1,215.10"][0]))
    assert said.answer.startswith("Your pay seems too low. It comes to £12.15 an hour")
    assert "£55.90 is missing" in said.answer
    assert any("at most £344.10 is allowed" in each for each in said.sums)
    assert any("£12.71, since 1 April 2026" in each for each in said.figures)
