"""Reads a workbook with python-calamine, as a process of its own.

It is run as a script, alone (`LIBRARY FILE BYTES SECONDS`): a broken or hostile file may make the
library use up memory, loop, or take the process with it. It knows nothing of the importer, gets no
settings, writes no file, and speaks in lines of JSON, which are taken for what a stranger says:

    ["sheet", title, type, visibility, merged ranges or null]
    ["row", number, [[column, tag, value], …]]
    ["end"]
    ["broken", the library's words]

Where the operating system has no `resource` (Windows), only the time is limited, by the parent.
"""

import datetime
import json
import math
import sys
from collections.abc import Iterator

LOCKED, BROKEN, TOO_LARGE = 41, 42, 43
"""Exit codes that no system uses for a process that it ends."""

_DAMAGE = 300


def main(words: list[str]) -> int:
    """Read one file. words: where the library is, the file, bytes of memory, seconds."""
    library, path, memory, seconds = words
    sys.path.append(library)
    limit(int(memory), int(seconds))
    import python_calamine  # noqa: PLC0415  # within the limits, and not from this project's room

    try:
        for line in read(python_calamine, path):
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
        sys.stdout.flush()
    except python_calamine.PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_LARGE
    except BaseException as error:  # noqa: BLE001  # a panic of the library is no Exception
        sys.stdout.write(json.dumps(["broken", f"{error}"[:_DAMAGE]]) + "\n")
        return BROKEN
    return 0


def limit(memory: int, seconds: int) -> None:
    """Bound this process, for good."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(library: object, path: str) -> Iterator[list[object]]:
    """All worksheets of a workbook, as lines."""
    workbook = library.load_workbook(path)  # type: ignore[attr-defined]  # a module
    for about in workbook.sheets_metadata:
        kind, visibility = str(about.typ).rpartition(".")[2], str(about.visible).rpartition(".")[2]
        if kind != "WorkSheet":
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        yield ["sheet", about.name, kind, visibility, sheet.merged_cell_ranges]
        if sheet.start is None:
            continue
        # Rows come from the first of the sheet on, their cells from the first filled column on.
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [
                [column, *spelled]
                for column, value in enumerate(row, 1 + sheet.start[1])
                if (spelled := spell(value)) is not None
            ]
            if cells:
                yield ["row", number, cells]
    yield ["end"]


def spell(value: object) -> tuple[str, object] | None:
    """A value as a tag and what JSON can hold; None for a blank cell."""
    match value:
        case "" | None:
            return None
        case bool():
            return "b", value
        case str():
            return "t", value
        case int():
            return "n", value
        case float():
            return ("n", value) if math.isfinite(value) else ("t", str(value))
        case datetime.datetime():
            return "d", value.isoformat()
        case datetime.date():
            return "d", f"{value.isoformat()}T00:00:00"
        case datetime.time():
            return "c", value.isoformat()
        case datetime.timedelta():
            return "s", value.total_seconds()
    return "t", str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
