"""A workbook in the format .xlsb, which no program of the tests writes ([MS-XLSB], 2.1 to 2.4)."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.sheets.builder import write_package

Value = str | float | bool | None

_ERROR = "#DIV/0!"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_binary_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]]) -> Path:
    """Write the sheets; a title that begins with a dot is that of a hidden one."""
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = b"".join(
        record(156, struct.pack("<LL", title[0] == ".", n) + wide(f"rId{n}") + wide(title))
        for n, title in enumerate(sheets, 1)
    )
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": relationships(root),
        "xl/_rels/workbook.bin.rels": relationships(related),
        "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
    }
    for number, rows in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = worksheet(rows)
    return write_package(path, parts)


def relationships(inner: str) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()


def worksheet(rows: Sequence[Sequence[Value]]) -> bytes:
    width = max((len(row) for row in rows), default=1)
    size = struct.pack("<4L", 0, max(len(rows) - 1, 0), 0, width - 1)
    content = record(129) + record(148, size) + record(145)
    for number, row in enumerate(rows):
        content += record(0, struct.pack("<L", number) + bytes(13))
        content += b"".join(cell(column, value) for column, value in enumerate(row))
    return content + record(146) + record(130)


def cell(column: int, value: Value) -> bytes:
    head = struct.pack("<LL", column, 0)
    match value:
        case None:
            return b""
        case bool():
            return record(4, head + bytes([value]))
        case str() if value == _ERROR:
            return record(3, head + b"\x07")
        case str():
            return record(6, head + wide(value))
    return record(5, head + struct.pack("<d", value))


def wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def record(kind: int, content: bytes = b"") -> bytes:
    named = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(content)
    while rest > 0x7F:
        size += bytes([rest & 0x7F | 0x80])
        rest >>= 7
    return named + size + bytes([rest]) + content
