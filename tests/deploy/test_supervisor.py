"""How the supervisor keeps the parts running."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path

from deploy.run import supervisor_configuration

PARTS = ("actions", "rasa", "worker", "public", "staff")


def configuration() -> RawConfigParser:
    parser = RawConfigParser()
    parser.read_string(supervisor_configuration("python", Path("/nowhere")))
    return parser


def test_every_part_is_started_again_for_ever_and_ends_with_all_it_started() -> None:
    read = configuration()
    for part in PARTS:
        program = read[f"program:{part}"]
        assert program["autorestart"] == "true"
        assert int(program["startretries"]) > 100_000
        assert program["stopasgroup"] == program["killasgroup"] == "true"


def test_a_rasa_that_fails_while_it_starts_is_tried_again_with_longer_and_longer_waits() -> None:
    """The supervisor waits longer each time only for what ends before `startsecs`; Rasa takes many seconds to fail."""
    assert int(configuration()["program:rasa"]["startsecs"]) >= 60
