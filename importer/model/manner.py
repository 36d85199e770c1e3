"""How people write dates and numbers: what is stated of a workbook, and what a column shows."""

from dataclasses import dataclass
from enum import Enum


class DateOrder(Enum):
    """What comes first in a date such as 03/04/2025."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class DecimalSign(Enum):
    """What parts the whole number from its decimals."""

    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What is stated of all dates and numbers that are text; None for what is not."""

    dates: DateOrder | None = None
    decimal: DecimalSign | None = None

    def over(self, other: "Conventions") -> "Conventions":
        """What is stated here, and where nothing is what the other states."""
        return Conventions(dates=self.dates or other.dates, decimal=self.decimal or other.decimal)

    @property
    def notes(self) -> tuple[str, ...]:
        """What follows from them, for whoever reads a report."""
        words = []
        if self.dates is not None:
            first = "day" if self.dates is DateOrder.DAY_FIRST else "month"
            meant = "2025-04-03" if self.dates is DateOrder.DAY_FIRST else "2025-03-04"
            words.append(f"Dates as text are read {first} first, as stated: 03/04/2025 is {meant}.")
        if self.decimal is not None:
            meant = "1.234" if self.decimal is DecimalSign.POINT else "1234"
            words.append(
                "Numbers as text that have two readings are read with a decimal "
                f"{self.decimal.value}, as stated: “1.234” is {meant}."
            )
        return tuple(words)


def read_conventions(dates: str | None, decimal: str | None) -> Conventions:
    """Conventions by the values of their words; any other word states nothing."""
    return Conventions(
        dates=DateOrder(dates) if dates in {each.value for each in DateOrder} else None,
        decimal=DecimalSign(decimal) if decimal in {each.value for each in DecimalSign} else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How many texts of a column have one reading only, and by what."""

    day_first: int = 0
    month_first: int = 0
    points: int = 0
    commas: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a column is written. What its other cells show settles nothing, and is only told."""

    conventions: Conventions = Conventions()
    habit: Habit = Habit()


PLAIN = Manner()
"""Of a column of which nothing is known."""
