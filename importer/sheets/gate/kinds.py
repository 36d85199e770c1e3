"""What a file turns out to be, and so which reader takes it."""

from enum import Enum


class FileKind(Enum):
    """A format that is read; the value is how people call it."""

    XLSX = "an Excel workbook (.xlsx)"
    XLSB = "a workbook in the binary format (.xlsb)"
    XLS = "a workbook in the old format (.xls)"
    ODS = "an OpenDocument workbook (.ods)"
    CSV = "a text file with separated values (.csv)"
    CSV_ZIP = "a zip of text files with separated values (.csv)"
    CSV_FOLDER = "a folder of text files with separated values (.csv)"

    @property
    def is_zip(self) -> bool:
        """Whether such a file is a package of parts."""
        return self in (FileKind.XLSX, FileKind.XLSB, FileKind.ODS, FileKind.CSV_ZIP)
