"""What a week of holiday is paid at (Employment Rights Act 1996 ss. 221-224; Working Time Regulations 1998 reg 16)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.figures import FigureValue, value
from knowledge.rules.outcome import SumLine, counted, of_figure, pounds


def week_of_pay(week_pay: Decimal | None, weekly_pays: Sequence[Decimal]) -> tuple[Decimal, SumLine] | None:
    """Normal pay, or the average of the latest paid weeks where pay changes; None where neither is known.

    Weeks without pay are left out and older ones taken in their stead, no further back than the law looks.
    """
    if not weekly_pays:
        return None if week_pay is None else (week_pay, SumLine("week_of_pay", pounds(week_pay)))
    average_of, lookback = averaging()
    seen = weekly_pays[: int(lookback.number)]
    paid = [pay for pay in seen if pay > 0][: int(average_of.number)]
    if not paid:
        return None
    total = sum(paid, Decimal(0))
    average = total / len(paid)
    parts = {"total": pounds(total), "weeks": counted(len(paid), "weeks"), "most": of_figure(average_of)}
    return average, SumLine("average_week_of_pay", pounds(average), parts, (average_of, lookback))


def averaging() -> tuple[FigureValue, FigureValue]:
    """The paid weeks that are averaged, and how far back they may be looked for."""
    return value("holiday.pay_average_weeks"), value("holiday.pay_lookback_weeks")
