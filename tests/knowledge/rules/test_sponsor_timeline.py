"""The sponsor timeline, worked by hand from the fact sheet on sponsorship (sections 1, 1a and 9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rules.sponsor_timeline import (
    VOCABULARY,
    AnswersRefused,
    Application,
    Event,
    SponsorFinding,
    SponsorTimelineAnswers,
    SponsorTimelineOutcome,
    check_sponsor_timeline,
    refusals,
)

TODAY = date(2026, 11, 21)
DAYS = {event.value: event for event in Event}


def told(
    *happened: str, letter_end: str | None = None, visa_end: str | None = None, application: str | None = None, **on
):
    return SponsorTimelineAnswers(
        happened=frozenset(DAYS[name] for name in happened),
        days={DAYS[name]: date.fromisoformat(day) for name, day in on.items()},
        letter_end=date.fromisoformat(letter_end) if letter_end else None,
        visa_end=date.fromisoformat(visa_end) if visa_end else None,
        application=Application(application) if application else None,
    )


def found(answers: SponsorTimelineAnswers, today: str = "2026-11-21") -> SponsorFinding:
    return check_sponsor_timeline(answers, date.fromisoformat(today))


def dated(finding: SponsorFinding) -> dict[str, str]:
    return {step.key: str(step.day) for step in finding.steps}


def notes(finding: SponsorFinding) -> set[str]:
    return {each.key for each in finding.notes}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (told(), "cannot_tell"),
        (told("visit"), "visit"),
        (told(visit="2026-11-02"), "visit"),
        (told("suspended"), "suspended"),
        (told(visit="2026-10-01", suspended="2026-11-02"), "suspended"),
        (told(suspended="2026-09-01", reinstated="2026-10-20"), "reinstated"),
        (told(suspended="2026-10-30", reinstated="2026-05-20"), "suspended"),  # suspended a second time
        (told(suspended="2026-09-01", revoked="2026-11-02"), "revoked"),
        (told("revoked", visa_end="2027-12-01"), "revoked"),
        (told("job_ended"), "job_ended"),
        (told("letter"), "letter_no_date"),
        # A letter without a date may end the visa before the date that the visa had.
        (told("letter", visa_end="2028-01-01"), "letter_no_date"),
        (told("letter", visa_end="2026-11-20"), "end_passed"),
        (told("letter", visa_end="2028-01-01", applied="2026-11-15"), "applied_not_sure"),
        (told("letter", visa_end="2026-11-10", applied="2026-11-05"), "applied_not_sure"),
        (told("letter", visa_end="2026-11-10", applied="2026-11-15"), "applied_late"),
        (told(letter="2026-11-02"), "letter_counted"),
        (told(letter="2026-11-02", visa_end="2026-12-10"), "letter"),
        (told(letter_end="2027-01-15"), "letter"),
        (told(letter="2026-09-01"), "end_passed"),  # + 60 days: 31 October 2026
        (told("revoked", visa_end="2026-11-20"), "end_passed"),
        (told("revoked", visa_end="2026-11-21"), "revoked"),  # the last day is still a day
        (told(letter="2026-10-01", applied="2026-11-15", letter_end="2026-11-30"), "applied_in_time"),
        (told(letter_end="2026-10-31", applied="2026-10-31"), "applied_in_time"),  # on the last day
        (told(letter="2026-09-01", applied="2026-10-31"), "applied_not_sure"),  # the printed date is not known
        (told(letter="2026-09-01", applied="2026-11-01"), "applied_late"),
        (told("letter", applied="2026-11-15"), "applied_not_sure"),
        (told("letter", "applied", letter_end="2026-11-30"), "applied_not_sure"),
        (told("suspended", applied="2026-11-01", application="same_sponsor"), "application_on_hold"),
        (told("revoked", applied="2026-11-01", application="same_sponsor"), "application_fails"),
        (told("revoked", applied="2026-11-01", application="new_sponsor", visa_end="2027-05-01"), "applied_in_time"),
    ],
)
def test_the_stage_is_the_one_worked_by_hand(answers: SponsorTimelineAnswers, outcome: str) -> None:
    assert found(answers).outcome.value == outcome


@pytest.mark.parametrize(
    ("letter", "due"),
    [("2026-11-23", "2026-12-21"), ("2026-12-01", "2026-12-31"), ("2026-12-14", "2027-01-14"),
     ("2027-03-15", "2027-04-14")],
)  # fmt: skip
def test_the_employer_has_twenty_working_days_from_the_letter(letter: str, due: str) -> None:
    assert dated(found(told(suspended=letter), today=letter))["answer_due"] == due


@pytest.mark.parametrize(
    ("letter", "end"),
    [("2026-11-23", "2027-01-22"), ("2026-12-01", "2027-01-30"), ("2026-12-14", "2027-02-12"),
     ("2027-03-15", "2027-05-14")],
)  # fmt: skip
def test_sixty_days_run_from_the_workers_own_letter(letter: str, end: str) -> None:
    finding = found(told(letter=letter), today=letter)
    assert (str(finding.end), finding.values["left"].number) == (end, 60)
    assert "find_printed_date" in notes(finding)


def test_a_lost_licence_starts_no_days() -> None:
    finding = found(told(revoked="2026-09-01"))
    assert finding.end is None
    assert {"not_from_revocation", "pause_not_sure", "work_not_sure", "look_up_visa_end"} <= notes(finding)


def test_the_printed_date_beats_the_counted_one() -> None:
    finding = found(told(letter="2026-11-02", letter_end="2027-01-15"))  # counted: 1 January 2027
    assert str(finding.end) == "2027-01-15"
    assert "printed_differs" in notes(finding)
    assert finding.values["left"].number == 55  # 9 in November, 31, 15


def test_a_visa_that_ends_sooner_stands() -> None:
    finding = found(told(letter="2026-11-02", visa_end="2026-12-10"))
    assert str(finding.end) == "2026-12-10"
    assert "shorter_visa_stands" in notes(finding)


def test_where_letter_and_visa_differ_the_sooner_is_told_with_both() -> None:
    finding = found(told(letter="2026-11-02", letter_end="2027-01-15", visa_end="2026-12-10"))
    assert str(finding.end) == "2026-12-10"
    assert "dates_differ" in notes(finding)


def test_a_visa_that_ends_later_is_shortened_by_the_letter() -> None:
    assert str(found(told(letter="2026-11-02", visa_end="2028-12-10")).end) == "2027-01-01"


def test_an_old_end_date_is_not_told_where_a_letter_may_have_made_it_sooner() -> None:
    finding = found(told("letter", visa_end="2028-01-01"))
    assert finding.end is None
    assert "end" not in dated(finding)
    assert "letter_may_be_sooner" in notes(finding)


def test_a_letter_that_ends_the_visa_at_once_is_said_to() -> None:
    assert "ends_at_once" in notes(found(told(letter="2026-11-20", letter_end="2026-11-20")))


def test_the_last_day_is_named_as_today() -> None:
    finding = found(told("revoked", visa_end="2026-11-21"))
    assert "last_day_today" in notes(finding)
    assert finding.values["left"].number == 0


def test_the_aim_of_a_decision_is_counted_from_the_answer_and_then_the_answer_is_no_longer_due() -> None:
    steps = dated(found(told(suspended="2026-10-26", answered="2026-11-20")))
    assert steps["decision_aimed"] == "2026-12-18"  # 20 working days after Friday 20 November
    assert "answer_due" not in steps


def test_after_a_decision_no_day_for_an_answer_is_told() -> None:
    assert set(dated(found(told(suspended="2026-10-26", revoked="2026-11-10")))) == {"suspended", "revoked"}


def test_the_end_of_a_job_is_to_be_reported_in_ten_working_days() -> None:
    finding = found(told(job_ended="2026-12-18"), today="2026-12-18")
    assert dated(finding)["report_due"] == "2027-01-06"  # 21-24 and 29-31 December, 4-6 January
    assert "pause_may_not_cover" in notes(finding)


def test_a_suspension_says_that_work_may_go_on() -> None:
    assert "keep_working" in notes(found(told("suspended")))


def test_sums_name_the_figures_with_their_day() -> None:
    finding = found(told(suspended="2026-11-02", letter="2026-11-03"))
    assert {figure.id for figure in finding.figures} == {
        "sponsor_licence.response_working_days", "sponsor_licence.curtailment_days",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "question", "reason"),
    [
        (told(suspended="2026-11-22"), "suspended_on", "in_future"),
        (told(revoked="2016-11-22"), "revoked_on", "too_long_ago"),
        (told(suspended="2026-11-02", answered="2026-11-01"), "answered_on", "before_letter"),
        (told(letter="2026-11-02", letter_end="2026-11-01"), "letter_end", "before_letter"),
        (told(letter_end="2126-11-01"), "letter_end", "too_far_ahead"),
        (told(visa_end="2126-11-01"), "visa_end", "too_far_ahead"),
        (told(visa_end="2006-11-01"), "visa_end", "too_long_ago"),
    ],
)
def test_what_cannot_be_right_is_asked_again(answers: SponsorTimelineAnswers, question: str, reason: str) -> None:
    assert [(each.question, each.reason) for each in refusals(answers, TODAY)] == [(question, reason)]
    assert reason in VOCABULARY.questions[question]
    with pytest.raises(AnswersRefused):
        found(answers)


past = st.dates(date(2022, 6, 1), TODAY)
anything = st.builds(
    SponsorTimelineAnswers,
    happened=st.frozensets(st.sampled_from(Event)),
    days=st.dictionaries(st.sampled_from(Event), past),
    letter_end=st.none() | st.dates(TODAY, date(2028, 1, 1)),
    visa_end=st.none() | st.dates(date(2023, 1, 1), date(2030, 1, 1)),
    application=st.none() | st.sampled_from(Application),
).filter(lambda answers: not refusals(answers, TODAY))


@settings(max_examples=80, deadline=None)
@given(anything)
def test_dates_never_run_backwards(answers: SponsorTimelineAnswers) -> None:
    finding = check_sponsor_timeline(answers, TODAY)
    days = [step.day for step in finding.steps]
    assert days == sorted(days)
    for line in finding.sums:
        assert all(part.value <= line.result.value for name, part in line.parts.items() if name in ("start", "letter"))


@settings(max_examples=80, deadline=None)
@given(anything, past)
def test_the_day_the_licence_was_lost_never_moves_the_end(answers: SponsorTimelineAnswers, day: date) -> None:
    other = replace(answers, days={**answers.days, Event.REVOKED: day})
    assert check_sponsor_timeline(other, TODAY).end == check_sponsor_timeline(answers, TODAY).end


@settings(max_examples=80, deadline=None)
@given(anything)
def test_the_end_is_never_after_the_visa_nor_after_the_printed_date(answers: SponsorTimelineAnswers) -> None:
    end = check_sponsor_timeline(answers, TODAY).end
    for limit in (answers.visa_end, answers.letter_end):
        assert limit is None or (end is None and answers.letter_undated) or (end is not None and end <= limit)


@settings(max_examples=80, deadline=None)
@given(anything, st.integers(1, 400))
def test_a_later_day_never_leaves_more_days(answers: SponsorTimelineAnswers, later: int) -> None:
    before, after = (check_sponsor_timeline(answers, TODAY + timedelta(days=more)) for more in (0, later))
    if "left" in before.values and "left" in after.values:
        assert after.values["left"].number <= before.values["left"].number


@settings(max_examples=80, deadline=None)
@given(anything)
def test_every_key_given_is_in_the_vocabulary(answers: SponsorTimelineAnswers) -> None:
    finding = check_sponsor_timeline(answers, TODAY)
    assert set(finding.values) >= VOCABULARY.outcomes[finding.outcome.value]
    assert all(set(each.values) >= VOCABULARY.notes[each.key] for each in finding.notes)
    assert all(set(each.parts) >= VOCABULARY.sums[each.label] for each in finding.sums)


def test_every_outcome_is_in_the_vocabulary() -> None:
    assert {each.value for each in SponsorTimelineOutcome} == set(VOCABULARY.outcomes)
