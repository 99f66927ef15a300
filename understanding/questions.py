"""Whether a message asks something, in any language as far as its marks tell, in English also by its words."""

from __future__ import annotations

import re

_MARKS = re.compile("[?\u061f\uff1f\u037e\u055e]")
_ASKING = re.compile(
    r"(?:^|[.,;:\n]\s*|\b(?:and|but|so|please|pls|or)\s+)"
    r"(?:(?:what|how|who|whom|where|when|why|which)\b(?!ever)"
    r"|(?:is|are|was|were|can|could|may|should|shall|must|do|does|did|will|would|has|have|am)\s+"
    r"(?:i|we|you|he|she|it|they|this|that|there|my|the|a|an|somebody|someone|anybody|anyone|nobody)\b)"
    r"|\b(?:tell me|i want to know|want to ask|i need to know|can you help)\b"
    r"|\bis (?:it|this|that) (?:legal|allowed|right|ok)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether the message asks something. "how he beat me" is taken for a question too: an answer does no harm."""
    return bool(_MARKS.search(text) or _ASKING.search(text))
