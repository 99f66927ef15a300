"""Counting a text message: the GSM-7 alphabet, septets and segments."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
ALONE = 160
IN_PARTS = 153


def not_in_alphabet(text: str) -> tuple[str, ...]:
    """The characters that would turn the whole message into UCS-2, each once, in their order."""
    return tuple(dict.fromkeys(each for each in text if each not in _BASIC and each not in _EXTENDED))


def septets(text: str) -> int:
    """The length of a GSM-7 text; an extended character counts two. Raises ValueError where it is not GSM-7."""
    odd = not_in_alphabet(text)
    if odd:
        raise ValueError(f"not in the GSM-7 alphabet: {' '.join(odd)}")
    return sum(2 if each in _EXTENDED else 1 for each in text)


def segments(text: str) -> int:
    """How many messages a GSM-7 text takes. An extended character is never cut in two. Raises ValueError."""
    if septets(text) <= ALONE:
        return 1
    count, filled = 1, 0
    for each in text:
        width = 2 if each in _EXTENDED else 1
        if filled + width > IN_PARTS:
            count, filled = count + 1, 0
        filled += width
    return count
