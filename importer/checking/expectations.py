"""What a column allows, in the words of each kind of problem."""

from importer.checking.numbers import write_number
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
    is_share = column.kind is Kind.PERCENTAGE
    what, hint = ("a share", ", where 0.5 is 50 %") if is_share else ("a number", "")
    unit = f" {column.bound_unit}" if column.bound_unit else ""
    if column.at_least is None:
        return f"{what} of at most {write_number(column.at_most or 0)}{unit}{hint}"
    least = write_number(column.at_least)
    if column.at_most is None:
        return f"{what} of at least {least}{unit}{hint}"
    return f"{what} from {least} to {write_number(column.at_most)}{unit}{hint}"
