"""How sure a share of a small number of cases is."""

from __future__ import annotations

from math import sqrt

_95 = 1.959964


def lower_bound(hits: int, of: int) -> float:
    """The lower end of Wilson's 95 % interval of hits/of; 0 of no cases. (E. B. Wilson, JASA 22, 1927.)"""
    if of == 0:
        return 0.0
    share, z2 = hits / of, _95**2
    middle = share + z2 / (2 * of)
    width = _95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, (middle - width) / (1 + z2 / of))
