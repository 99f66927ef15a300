"""A few examples of a few intents: enough for a model that tells them apart."""

from __future__ import annotations

from understanding.training_data import Example

_LINES = {
    "ask/payslip": [
        "i never get a payslip",
        "no payslip for three months",
        "what must be on my payslip",
        "payslip has wrong hours",
        "i cannot understand this payslip",
        "they refuse to give me a wage slip",
        "is it the law to get a payslip every month",
        "my payslip shows another company",
        "how do i get old payslips",
        "they only send money and no slip",
    ],
    "ask/annual_leave": [
        "how many holidays do i get",
        "boss refused my holiday",
        "can i carry over annual leave",
        "holiday pay is missing",
        "i want to go home for two weeks, must they agree",
        "do part time carers get paid leave",
        "leave year ends and i still have days",
        "how much holiday for zero hours",
        "they cancelled my booked leave",
        "is christmas day a paid holiday for me",
    ],
    "ask/passport_withheld": [
        "my employer has my passport",
        "they took our passports when we came",
        "agent keeps my documents",
        "can my boss hold my passport",
        "he will not give back my brp",
        "she locked our passports in the safe",
        "how to get my passport back from the manager",
        "my papers are with the recruiter",
        "they have the login of my evisa",
        "is it legal to keep a worker's passport",
    ],
    "ask/minimum_wage": [
        "what is the minimum wage",
        "i get nine pounds an hour is it legal",
        "how much should a carer earn per hour",
        "minimum wage for 19 years old",
        "my pay works out under the minimum",
        "is 10.50 enough per hour",
        "national living wage now",
        "boss says minimum wage is not for foreigners",
        "what rate at night",
        "am i paid below the legal rate",
    ],
    "greet": ["hello", "hi there", "good morning", "hey", "good evening sir", "hello how are you", "hi", "greetings"],
    "thank": [
        "thank you",
        "thanks a lot",
        "many thanks for the help",
        "god bless you thanks",
        "ok thank you",
        "thx",
        "ty",
    ],
    "out_of_scope": [
        "what will the weather be tomorrow",
        "who won the football",
        "write me a poem about cats",
        "how to cook jollof rice",
        "best phone to buy",
        "what is the capital of france",
        "play some music",
        "tell me a joke",
        "train times to london",
        "how do i fix my washing machine",
    ],
    "follow_up/why": [
        "why",
        "why is that",
        "what is the reason",
        "which law says so",
        "how come",
        "explain why please",
    ],
}

EXAMPLES = [Example(text, intent) for intent, texts in _LINES.items() for text in texts]
