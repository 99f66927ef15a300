from __future__ import annotations

from knowledge.guidance import paragraphs


def test_paragraphs_are_blocks_between_blank_lines_on_one_line_each():
    assert paragraphs("\ufeffOne\r\nstill one\r\n\r\n  \t\r\n\r\n  Two\n \nThree\n") == [
        "One still one",
        "Two",
        "Three",
    ]
