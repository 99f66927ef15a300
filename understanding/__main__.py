"""The commands: train, evaluate, report, translated."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from knowledge.files import FileMalformed
from knowledge.topics import all_topics
from understanding import evaluate, places, report
from understanding.encoder import Encoder
from understanding.evaluation_set import parse
from understanding.language_model import OneLanguageOnly
from understanding.language_model import train_or_reuse as train_languages_or_reuse
from understanding.out_of_fold import TooFewExamples, prepare, read_out_of_fold
from understanding.risk import SIGNS, patterns_in, reader
from understanding.risk_data import RiskExample, ordinary, read_risk_examples
from understanding.risk_training import train_risk_or_reuse
from understanding.topic import TopicModel, TopicModelUnusable
from understanding.topic_settings import choose_settings
from understanding.topic_training import newest, train_or_reuse
from understanding.training_data import Example, TrainingFileBroken, duplicates, read_examples
from understanding.translated_sets import likenesses
from understanding.votes import VoteConfig, learn, one_of

# How much an ordinary question, whose risk nobody read, counts beside an example whose risk was.
_ORDINARY_WEIGHT = 0.5
FINE, LINES_PASSED_OVER, UNUSABLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code says how it went."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "train":
            return train()
        if options.command == "translated":
            return show_translated()
        if options.command == "report":
            return show_report(options.language, options.wrong)
        return evaluate_file(options.set, options.out)
    except (TrainingFileBroken, FileMalformed, TooFewExamples, TopicModelUnusable) as error:
        _say(f"error: {error}")
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m understanding", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("train", help="train what a message means and its risk, from data/nlu and data/risk")
    commands.add_parser("translated", help="which languages have the examples of another, translated line by line")
    told = commands.add_parser("report", help="which topics are mixed up, by cross-validation over the training data")
    told.add_argument("--language", help="only the examples of this language")
    told.add_argument("--wrong", type=int, default=0, metavar="N", help="list the N surest mistakes too")
    help_text = (
        "read each line's text as a first message and score it. Exit code 0; 1 when lines were broken and passed over "
        "(each is named on standard error); 2 when nothing could be read or written."
    )
    scored = commands.add_parser("evaluate", help="score a file of messages", description=help_text)
    scored.add_argument("set", type=Path, help="lines of {id, text, lang, topic, also_ok, risk, risk_ok}")
    scored.add_argument("out", type=Path, help="where the predictions go, a line each")
    return parser


def train() -> int:
    """Train the topic model, and the language model when there is more than one language."""
    began = time.monotonic()
    examples = _examples(None)
    model = train_or_reuse(examples, places.models(), say=_say)
    _say(f"topics: {len(examples)} examples of {len(model.intents)} intents, model {model.name}")
    read = read_risk_examples()
    _train_risk(examples, read)
    try:
        # English has questions enough; its examples of risk would crowd out the pieces of words of other languages.
        others = [one for one in read if one.language != "en"]
        told = train_languages_or_reuse([*examples, *others], places.models())
        _say(f"languages: {len(told.languages)} told apart")
    except OneLanguageOnly as only:
        _say(f"languages: only {only} has examples; scripts and word lists decide")
    _say(f"done in {time.monotonic() - began:.0f} s")
    return FINE


def _train_risk(topics: list[Example], read: list[RiskExample]) -> None:
    """Train the classifier of risk, where there are examples of it."""
    if not read:
        _say("risk: no examples; the written signs read alone")
        return
    examples = [*read, *ordinary(topics, read, _ORDINARY_WEIGHT)]
    model = train_risk_or_reuse(examples, places.models(), patterns_in(SIGNS), SIGNS, say=_say)
    _say(f"risk: {len(read)} read examples and {len(examples) - len(read)} ordinary ones, model {model.name}")


def show_translated() -> int:
    """Print the languages whose examples look like those of another, the likest first."""
    asked = {each.intent for each in all_topics()}
    for each in likenesses(example for example in _examples(None) if example.intent in asked):
        if each.translated:
            print(each)
    return FINE


def show_report(language: str | None, wrong: int) -> int:
    """Print how the training examples are read by models that have not seen them."""
    config = VoteConfig()
    data = prepare(_examples(language), config, say=_say)
    learnt = learn(data.texts, data.vectors, one_of(data.labels, len(data.intents)), config, data.dealt)
    read = read_out_of_fold(data, learnt, config.folds)
    settings = choose_settings(data, read)
    print(report.as_text(report.make(data, read, settings), settings, wrong=wrong))
    return FINE


def evaluate_file(source: Path, target: Path) -> int:
    """Read a file of messages, write a line for each, print the scores."""
    try:
        with source.open(encoding="utf-8", errors="replace") as lines:
            messages, faults = parse(lines)
    except OSError as error:
        _say(f"error: {source} cannot be read: {error.strerror}")
        return UNUSABLE
    for fault in faults:
        _say(f"{source}: {fault}")
    if not messages:
        _say(f"error: {source} holds no message")
        return UNUSABLE
    encoder = Encoder()
    predictions = evaluate.predict(messages, _model(encoder), reader(), encoder, say=_say)
    written = evaluate.in_the_sets_naming(messages, predictions)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(line.as_line(), ensure_ascii=False) + "\n" for line in written)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        _say(f"error: {target} cannot be written: {error.strerror}")
        return UNUSABLE
    print(evaluate.table(evaluate.score(messages, predictions)))
    return LINES_PASSED_OVER if faults else FINE


def _model(encoder: Encoder) -> TopicModel:
    """The model trained last; where there is none yet, one is trained."""
    try:
        return newest(places.models(), encoder)
    except TopicModelUnusable:
        return train_or_reuse(_examples(None), places.models(), encoder=encoder, say=_say)


def _examples(language: str | None) -> list[Example]:
    examples = read_examples(language)
    for double in duplicates(examples):
        _say(f"the same words under {' and '.join(double.intents)} ({double.language}): {double.text}")
    return examples


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
