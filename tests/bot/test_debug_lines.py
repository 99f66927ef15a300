"""Leaving out what Rasa makes for its debug lines is only right as long as it makes it for nothing else."""

from __future__ import annotations

import inspect
import re

from rasa.core import processor
from rasa.core.policies import rule_policy
from rasa.core.policies.policy import Policy


def test_rasa_copies_in_these_modules_only_what_it_logs() -> None:
    for module in (processor, rule_policy):
        source = inspect.getsource(module)
        copies = [line.strip() for line in source.splitlines() if re.search(r"(?<![\w.])copy\.", line)]
        assert copies, "the module copies nothing any more"
        for line in copies:
            assert re.fullmatch(r'("[\w.]+", )?\w+=copy\.deepcopy\(.*\),?', line), line


def test_states_are_spelt_out_only_for_a_debug_line() -> None:
    source = inspect.getsource(rule_policy)
    assert source.count("format_tracker_states") == 1
    assert source.count("current_states") == source.count("current_states=copy.deepcopy(current_states)") * 2 + 1
    assert "format_tracker_states" in inspect.getsource(Policy)
