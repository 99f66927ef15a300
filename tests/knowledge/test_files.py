from __future__ import annotations

import pytest

from knowledge.files import FileMalformed, read_yaml


def test_a_word_is_not_a_truth_value_and_a_number_with_a_zero_is_text(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("uprated: no\nnumber: 0300\ntime: 22:00\nday: on\ntrue_one: true\nrate: 12.71\ncount: 20\n")
    assert read_yaml(path) == {
        "uprated": "no", "number": "0300", "time": "22:00", "day": "on", "true_one": True, "rate": 12.71, "count": 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", ["a: 1\na: 2\n", "a: [", "a: !!python/object/apply:os.getcwd []", "a: 2026-13-45\n"]
)
def test_a_file_that_cannot_be_read_for_what_it_says_is_malformed(tmp_path, content):
    path = tmp_path / "a.yml"
    path.write_text(content)
    with pytest.raises(FileMalformed):
        read_yaml(path)
