"""Renders a workbook's file so that the same workbook gives the same bytes anywhere, any time."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl.workbook.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

_BIRTHDAY = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o644 << 16


def render_archive(workbook: Workbook) -> bytes:
    """The workbook's file, with its own properties and no trace of clock or machine.

    Parts are stored rather than deflated: what zlib makes of them differs between its builds.
    """
    dated = BytesIO()
    # `Workbook.save` would write the time of day into the properties.
    ExcelWriter(workbook, ZipFile(dated, "w")).save()
    undated = BytesIO()
    with ZipFile(dated) as source, ZipFile(undated, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=_BIRTHDAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            entry.compress_type = ZIP_STORED
            target.writestr(entry, source.read(name))
    return undated.getvalue()
