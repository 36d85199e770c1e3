"""What a column allows, in the words of each kind of problem."""

from datetime import timedelta

from importer.checking.numbers import write_number
from importer.checking.wording import write_duration
from importer.declare.column import Column, Kind
from importer.model import problem_kinds as kinds
from importer.model.problem import ProblemKind


def wanted(column: Column) -> str:
    """What belongs into a required cell."""
    return f"a value, such as {column.example}" if column.example else "a value"


def expectation(kind: ProblemKind, column: Column) -> str:
    """What a column allows, in the words of that kind of problem."""
    match kind:
        case kinds.CELL_CHOICE:
            return "one of " + ", ".join(column.choices)
        case kinds.CELL_LENGTH:
            return f"at most {column.longest} characters"
        case kinds.CELL_PATTERN:
            return column.pattern_says
        case kinds.CELL_RANGE:
            return describe_range(column)
        case _:
            return kind.expected


def describe_range(column: Column) -> str:
    """The allowed range in words."""
    what, hint = _WHAT.get(column.kind, ("a number", ""))
    unit = f" {column.bound_unit}" if column.bound_unit else ""
    most_unit = f" {column.most_unit}" if column.most_unit else unit
    if column.at_least is None:
        return f"{what} of at most {_write(column, column.at_most or 0)}{most_unit}{hint}"
    least = _write(column, column.at_least)
    if column.at_most is None:
        return f"{what} of at least {least}{unit}{hint}"
    between = unit if most_unit != unit else ""
    return f"{what} from {least}{between} to {_write(column, column.at_most)}{most_unit}{hint}"


_WHAT = {
    Kind.PERCENTAGE: ("a share", ", where 0.5 is 50 %"),
    Kind.DURATION: ("a duration", " (hours:minutes)"),
}


def _write(column: Column, bound: float) -> str:
    """A bound as people write it; those of durations are in milliseconds."""
    if column.kind is not Kind.DURATION:
        return write_number(bound)
    try:
        return write_duration(timedelta(milliseconds=bound))
    except OverflowError:  # longer than any duration that we count
        return f"{write_number(bound)} ms"
