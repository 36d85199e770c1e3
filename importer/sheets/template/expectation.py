"""What a column expects, in the words that stand in its header's note."""

from collections.abc import Iterator

from importer.declare.catalog import Catalog
from importer.declare.column import Column, Kind
from importer.declare.resource import Resource
from importer.model.record import Clear

NOT_YET = "Not sent yet: leave it blank. This version of the importer does not send it."

_DEFAULT_ZONE = "UTC, unless the target says otherwise"


def describe_column(column: Column, catalog: Catalog, *, available: bool) -> str:
    """All that someone needs to know who fills in the column."""
    lines = [] if available else [NOT_YET]
    lines.append(column.about)
    expected = describe_kind(column, catalog)
    lines.append(f"Expected: {expected}." if expected else "")
    lines.append(f"Example: {column.example}" if column.example else "")
    lines.append(_standing(column))
    return "\n".join(line for line in lines if line)


def describe_kind(column: Column, catalog: Catalog) -> str:
    """What a cell may hold with its limits; empty where only the account can tell."""
    parts = [_kind(column, catalog), *_limits(column)]
    return ", ".join(part for part in parts if part)


def find_target(column: Column, catalog: Catalog) -> Resource | None:
    """The resource whose rows the column names, if it names any.

    What the account defines is none, even where rows may add to it: their sheet is on request.
    """
    if catalog.definition(column.to) is not None:
        return None
    return next((each for each in catalog.resources if each.name == column.to), None)


def _kind(column: Column, catalog: Catalog) -> str:
    match column.kind:
        case Kind.KEY:
            return column.pattern_says or "an id of your own"
        case Kind.TEXT:
            return column.pattern_says or "text"
        case Kind.TEXTS:
            return "texts, parted by semicolons"
        case Kind.NUMBER:
            return "a plain number, without its unit"
        case Kind.PERCENTAGE:
            return "a cell formatted as percent, or a number from 0 to 1"
        case Kind.AMOUNT:
            return f"a number with a unit ({', '.join(column.units)})"
        case Kind.DURATION:
            return "a duration, such as 1:30 (hours:minutes) or 36:00"
        case Kind.BOOLEAN:
            return "yes or no"
        case Kind.DATE:
            return "a date, such as 2025-10-31"
        case Kind.MOMENT:
            zone = column.zone or _DEFAULT_ZONE
            return f"a date and time, such as 2025-10-31 14:30, in the time zone {zone}"
        case Kind.CHOICE:
            return f"one of {', '.join(column.choices)}"
        case Kind.REFERENCE | Kind.REFERENCES | Kind.DEFINED:
            return _reference(column, catalog)


def _reference(column: Column, catalog: Catalog) -> str:
    several = "; several are parted by semicolons" if column.kind is Kind.REFERENCES else ""
    target = find_target(column, catalog)
    if target is not None:
        sheet, key = target.sheet.name, target.key
        if column.making is not None:
            unit = f" in {column.unit_like}" if column.unit_like else ""
            return f"a plain number{unit}, or the {key} of a row on the sheet {sheet}{several}"
        offered = f"the name of a {target.title} of your account, " if column.choices else ""
        return f"{offered}the {key} of a row on the sheet {sheet}, or the service's own id{several}"
    definition = catalog.definition(column.to)
    if definition is not None:
        return f"a {definition.title} of your account, by name or id{several}"
    return ""


def _limits(column: Column) -> Iterator[str]:
    if column.at_least is not None and column.at_most is not None:
        yield f"from {column.at_least:g} to {column.at_most:g}"
    elif column.at_least is not None:
        yield f"{column.at_least:g} or more"
    elif column.at_most is not None:
        yield f"at most {column.at_most:g}"
    if column.longest is not None:
        yield f"up to {column.longest:,} characters"
    if column.not_in_future:
        yield "not in the future"


def _standing(column: Column) -> str:
    """Whether the column must be filled, and what may become of it later."""
    parts = ["Required." if column.required else f"Optional: blank {_blank(column)}."]
    if column.clearable:
        parts.append(f"{Clear.CLEAR} empties it.")
    if column.create_only and column.kind is not Kind.KEY:
        parts.append("It cannot be changed once the record is there.")
    return " ".join(parts)


def _blank(column: Column) -> str:
    if column.blank_means:
        return f"means {column.blank_means}"
    if column.default:
        return f"means {column.default} in a new record, and later keeps what the service has"
    return "keeps what the service has"
