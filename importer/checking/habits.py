"""What the rest of a column looks like, in words behind the two readings of a cell."""

from importer.model.manner import Manner


def describe_dates(manner: Manner) -> str:
    """Which order the other dates of the column have; empty where none of them tells."""
    habit = manner.habit
    return _describe(
        (habit.day_first, "with the day first"), (habit.month_first, "with the month first")
    )


def describe_numbers(manner: Manner) -> str:
    """Which decimal sign the other numbers of the column have; empty where none of them tells."""
    habit = manner.habit
    return _describe((habit.points, "with a decimal point"), (habit.commas, "with a decimal comma"))


def _describe(*ways: tuple[int, str]) -> str:
    told = [(number, way) for number, way in ways if number]
    if not told:
        return ""
    (number, way), *others = told
    cells = (
        "1 other cell of this column reads"
        if number == 1
        else (f"{number:,} other cells of this column read")
    )
    more = "".join(f", {count:,} only {other}" for count, other in others)
    return f" ({cells} only {way}{more})"
