"""How files are called that can be read; what they are is told by their content."""

from importer.sheets.formats.calamine import is_installed

CSV, ZIP = ".csv", ".zip"
OWN = (".xlsx", ".xlsm", CSV, ZIP)
"""Read by the program itself; a zip is one of .csv files."""
OTHER = (".xls", ".xlsb", ".ods")
"""Read by the extra `formats`."""
WORKBOOKS = (*OWN, *OTHER)


def list_endings() -> tuple[str, ...]:
    """The endings of files that this installation reads."""
    return WORKBOOKS if is_installed() else OWN
