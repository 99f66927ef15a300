"""The seven checks, each with the words that ask for it, a way into its middle, and what is said there."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.checks import check_words


@dataclass(frozen=True)
class Middle:
    """A check in its middle. `open` is the question that is then open.

    `correction`: what changes an earlier answer, and the words that show it. `vague`: an answer that is not exact, and
    how it is repeated. `absurd`: an answer that cannot be right, and the reason that is given.
    `abroad`: another language, an answer in its form, and how it is repeated: in it where it has a pack.
    """

    check: str
    asked_for: tuple[str, ...]
    answers: tuple[str, ...]
    open: str
    correction: tuple[str, str]
    vague: tuple[str, str]
    absurd: tuple[str, str]
    abroad: tuple[str, str, str]
    cannot_tell: str

    @property
    def question(self) -> str:
        """The words of the open question."""
        return check_words(self.check).questions[self.open].ask.partition("{")[0]


CHECKS = (
    Middle(
        "pay",
        ("can you check if my pay is too low", "check my pay", "work out if I get the minimum wage"),
        ("worker", "1 to 31 October 2026", "so much an hour", "10 quid 50"),
        "hours_paid",
        ("no, I said £11.50", "Pay for an hour: £11.50."),
        ("about 160 hrs", "Hours paid: about 160 hours."),
        ("900 hours", "more hours than the period has"),
        ("ro", "160,5 ore", "Ore plătite: 160,5 ore."),
        "We cannot tell without this.",
    ),
    Middle(
        "breaks",
        ("can you check my breaks", "work out if I get enough rest between shifts"),
        ("a care home", "7am to 7pm", "20 mins", "no", "no"),
        "rest",
        ("change the length of the shift to 10 hours", "Length of the shift: 10 hours."),
        ("between 10 and 12 hours", "Rest between shifts: about 11 hours."),
        ("-3 hours", "That does not look right."),
        ("hi", "१२ घंटे", "शिफ्टों के बीच आराम: 12 घंटे।"),
        "You did not tell us your age.",
    ),
    Middle(
        "leave",
        ("work out how much holiday I get", "can you calculate my annual leave"),
        ("1 April 2026", "the same days a week"),
        "days_a_week",
        ("sorry, I meant 1 January 2026", "Start of holiday year: 1 January 2026."),
        ("maybe 4 and a half", "Days a week: about 4.5 days."),
        ("400", "A week is not so long."),
        ("pl", "4,5", "Days a week: 4.5 days."),
        "We cannot tell without this.",
    ),
    Middle(
        "sick_pay",
        ("can you work out my sick pay", "how much sick pay will I get, calculate it"),
        ("employed", "last Monday", "still ill", "Monday to Friday"),
        "average_pay",
        ("wrong, I said Monday to Saturday", "Saturday."),
        ("around 450 a week", "Pay in a usual week: about £450."),
        ("£400,000", "That is very high for a week."),
        ("ro", "450,50", "Plata pe săptămână: £450.50."),
        "It is at most £123.25 for a full week",
    ),
    Middle(
        "sponsor_timeline",
        ("my sponsor lost the licence, can you work out my dates", "check my sponsor dates"),
        ("licence suspended", "licence taken away", "that is all", "3/10/26"),
        "revoked_on",
        ("no, I said 5 October", "Letter of suspension: 5 October 2026."),
        ("around 10 November", "Licence taken away: about 10 November 2026."),
        ("1 March 2028", "That day has not come yet."),
        ("es", "10 de noviembre", "Licence taken away: 10 November 2026."),
        "sponsor",
    ),
    Middle(
        "job_offer",
        ("can you check if this job offer is a scam", "check a job offer for me"),
        ("yes they did", "finding me the job", "that is all"),
        "fee_sum",
        ("change what it is for", "What do they say the money is for?"),
        ("about 5 grand", "How much: about £5,000."),
        ("-20", "That does not look like a sum of money."),
        ("hi", "₹ 50,000", "कृपया रकम पाउंड में लिखें।"),
        "fee",
    ),
    Middle(
        "situation",
        ("can you check if these are signs of modern slavery", "check my situation"),
        ("I am all right now", "I have them"),
        "going_out",
        ("change my papers", "Where are your passport and your visa papers?"),
        ("sort of, it depends", "All right, we leave that out."),
        ("99", "Please choose one or more of these"),
        ("ro", "1", "Ieșitul din casă: Da, cum vreau."),
        "we found no sign",
    ),
)
