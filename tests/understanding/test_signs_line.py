"""Every row of the table "Where the line runs", read by the English patterns alone."""

from __future__ import annotations

import pytest

from understanding.risk import SIGNS
from understanding.risk_levels import highest
from understanding.signs import SignPatterns, read_patterns


@pytest.fixture(scope="module")
def patterns() -> SignPatterns:
    return read_patterns(SIGNS)


LINE = [
    ("an agent asked me for 5000 pounds for a certificate but I said no and blocked him", "none concern"),
    ("someone on whatsapp says he is the home office and wants money, I have not paid", "none concern"),
    ("I was scammed, I paid an agent for the cos and he blocked me", "concern"),
    ("I gave my bank details to a fake home office caller", "concern"),
    ("I don't get a payslip", "none concern"),
    ("we miss our breaks every shift", "none concern"),
    ("they don't pay me for travel between clients", "none concern"),
    ("I only get 20 hours a week from my sponsor", "none concern"),
    ("they pay me 7 pounds an hour", "concern"),
    ("my wages are late by two weeks", "concern"),
    ("they only paid half of my salary", "concern"),
    ("my last wages never came", "concern"),
    ("I have not been paid for three months", "high"),
    ("no salary since July", "high"),
    ("my manager said he will cancel my sponsorship if I complain", "high"),
    ("do the extra shift or I cancel your COS, that is what he says, he will cancel my sponsorship", "high"),
    ("I am afraid I could be deported", "none concern"),
    ("he keeps touching my bum at work", "high"),
    ("my boss wants sex for shifts", "high"),
    ("a client called me a monkey", "concern"),
    ("my employer has my passport", "high"),
    ("the agent keeps our papers in his office", "high"),
    ("the agent has the login to my evisa", "high"),
    ("the old lady I care for is left in wet pads", "concern"),
    ("I saw my colleague slap a resident", "high"),
    ("a client hit me in the face", "concern"),
    ("I was bitten by a resident last night", "concern"),
    ("the client's son raped me", "high emergency"),
    ("the client's son is raping me", "emergency"),
    ("the Home Office has my passport for my application", "none"),
    ("how do I leave a bad employer safely", "concern high none"),
    ("I want to escape from my employer", "high"),
    ("I must run away now before he comes back", "emergency"),
    ("help", "none"),
    ("he raped me in March 2024", "high"),
    ("we are locked in at night", "high"),
    ("I am locked in and I am so scared please help", "emergency"),
    ("they locked me in, let me out", "emergency"),
    ("I lost my passport on the bus", "none"),
    ("my evisa has my name spelled wrong", "none"),
    ("I work on a locked dementia unit", "none"),
    ("I am locked out of my house", "none"),
    ("they do not let us use the car park", "none"),
    ("my job is killing me lol", "none"),
    ("I'm a slave to my phone", "none"),
    ("in our training the example is that the employer holds the worker's passport", "none"),
    ("on the news a boss locked his workers in a house", "none"),
    ("I am writing a dissertation about forced labour in care", "none"),
]


@pytest.mark.parametrize(("text", "allowed"), LINE)
def test_the_line_runs_where_the_table_says(patterns: SignPatterns, text: str, allowed: str) -> None:
    reading = patterns.read(text)
    assert highest(sign.level for sign in reading.signs) in allowed.split(), reading


TRIPLETS = {
    "documents_held": (
        "Can my employer keep my passport?",
        "Nobody took my passport",
        "My boss took my passport",
    ),
    "account_login_held": (
        "Can the agent keep the password of my evisa?",
        "The agent does not have my password",
        "The agent keeps my evisa password",
    ),
    "debt_to_work_off": (
        "What is debt bondage?",
        "I do not work to pay off a debt",
        "I work to pay off the debt to my boss",
    ),
    "cannot_leave_job": (
        "Can my employer stop me leaving the job?",
        "It is not true that they will not let me leave",
        "They will not let me leave",
    ),
    "cannot_refuse_work": (
        "Is it legal if my employer forces me to work?",
        "Nobody forces me to work",
        "He forces me to work when I am sick",
    ),
    "movement_controlled": (
        "Is my employer allowed to say I am not to go out?",
        "I do not think they do not let me go out",
        "She doesn't let me go out of the house",
    ),
    "watched": (
        "Can my employer watch us all the time?",
        "Nobody is watching me all the time",
        "He watches me all the time with cameras in our bedroom",
    ),
    "locked_in_calm": (
        "Is it legal if my boss locks us in at night?",
        "They never lock us in at night",
        "They lock us in at night",
    ),
    "violence": (
        "What should I do if a manager hits me?",
        "My boss never hit me",
        "My boss hit me last week",
    ),
    "sexual_abuse": (
        "What happens if someone is raped at work?",
        "I was not raped",
        "I was raped by the owner last year",
    ),
    "sexual_pressure": (
        "Can a manager ask for sex in return for shifts?",
        "He did not touch my body",
        "My manager asks me for sex in return for shifts",
    ),
    "threat_of_harm": (
        "What can I do if someone threatens to hurt me?",
        "Nobody threatened to hurt me",
        "He threatened to kill me",
    ),
    "threat_to_family": (
        "What if an agent threatens my family?",
        "They never threatened my family",
        "The agent threatened to hurt my mother",
    ),
    "threat_of_deportation": (
        "Can my employer have me deported?",
        "Nobody said they will deport me",
        "My boss said he will have me deported",
    ),
    "threat_to_cancel_sponsorship": (
        "Can my employer cancel my sponsorship?",
        "Nobody said he will cancel my sponsorship",
        "My boss says he will cancel my visa if I refuse",
    ),
    "no_pay_for_months": (
        "What can I do if a company does not pay for three months?",
        "It is not true that I have not been paid for three months",
        "I have not been paid for three months",
    ),
    "sold_or_moved": (
        "Can an employer sell me to another company?",
        "Nobody sold me to another agency",
        "They sold me to another agency",
    ),
    "isolation_controlled": (
        "Can my employer stop me from talking to my family?",
        "It is not true that I am not allowed to talk to anyone",
        "I am not allowed to talk to anyone",
    ),
    "planning_escape": (
        "What does escape from forced labour mean?",
        "I do not want to escape from here",
        "I want to escape from this house",
    ),
    "abuse_of_service_user_now": (
        "What should I do if a colleague hits a resident?",
        "Nobody hit the resident",
        "My colleague is slapping a resident",
    ),
    "phone_taken": (
        "Can my employer take my phone?",
        "Nobody took my phone",
        "My boss took my phone",
    ),
}


@pytest.mark.parametrize("sign", TRIPLETS)
def test_a_question_in_general_is_no_alarm(patterns: SignPatterns, sign: str) -> None:
    reading = patterns.read(TRIPLETS[sign][0])
    assert highest(found.level for found in reading.signs) in ("none", "concern"), reading


@pytest.mark.parametrize("sign", TRIPLETS)
def test_a_denial_is_no_alarm(patterns: SignPatterns, sign: str) -> None:
    reading = patterns.read(TRIPLETS[sign][1])
    assert highest(found.level for found in reading.signs) == "none", reading


@pytest.mark.parametrize("sign", TRIPLETS)
def test_a_statement_is_seen_with_its_sign(patterns: SignPatterns, sign: str) -> None:
    reading = patterns.read(TRIPLETS[sign][2])
    assert sign in {found.id for found in reading.signs}, reading
    assert highest(found.level for found in reading.signs) in ("high", "emergency")


EMERGENCIES = {
    "violence_now": "he is hitting me right now",
    "weapon": "he has a knife",
    "locked_in_afraid": "help me I am locked in and scared",
    "self_harm": "I want to kill myself",
    "child_in_danger": "my child is bleeding and not breathing",
    "must_flee_now": "I have to run now before he comes",
    "sexual_violence_now": "he is raping her",
    "service_user_in_danger_now": "the resident is not breathing",
    "being_taken_now": "they are pushing me into a van",
    "fire_or_gas_locked": "there is smoke and the door is locked",
}


@pytest.mark.parametrize("sign", EMERGENCIES)
def test_danger_now_is_an_emergency(patterns: SignPatterns, sign: str) -> None:
    reading = patterns.read(EMERGENCIES[sign])
    assert sign in {found.id for found in reading.signs}, reading


def test_every_sign_of_danger_has_its_triplet_or_its_emergency(patterns: SignPatterns) -> None:
    grave = {kind.id for kind in patterns.rules["en"].kinds.values() if kind.level in ("high", "emergency")}
    assert grave == set(TRIPLETS) | set(EMERGENCIES)
