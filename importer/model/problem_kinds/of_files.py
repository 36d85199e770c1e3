"""Problems of files, sheets and headers."""

from importer.model.problem import ProblemKind, Severity

FILE_NOT_FOUND = ProblemKind(
    code="FILE_NOT_FOUND",
    meaning="There is no file or folder of this name.",
    expected="an existing .xlsx file, or a folder of them",
    remedy="Check the path and its spelling.",
)
FILE_NOT_READABLE = ProblemKind(
    code="FILE_NOT_READABLE",
    meaning="The file is there, but the operating system does not let it be read.",
    expected="a file that may be read",
    remedy="Close it in other programs, or ask for the right to read it.",
)
FILE_NOT_A_WORKBOOK = ProblemKind(
    code="FILE_NOT_A_WORKBOOK",
    meaning="The content is no workbook in a format that is read, whatever its name says.",
    expected="an Excel workbook (.xlsx or .xlsm), or one in the formats .xls, .xlsb, .ods or .csv",
    remedy="Open it in a spreadsheet program and save it as “Excel workbook (.xlsx)”.",
)
FILE_ENCRYPTED = ProblemKind(
    code="FILE_ENCRYPTED",
    meaning="The workbook asks for a password before it opens.",
    expected="a workbook without a password",
    remedy="Save a copy without the password (File, Info, Protect Workbook) and use that.",
)
FILE_TOO_LARGE = ProblemKind(
    code="FILE_TOO_LARGE",
    meaning="The file, or what it unpacks to, is larger than the importer opens.",
    expected="a workbook that unpacks to at most 800 MB",
    remedy="Split it into several workbooks, or delete what is not part of the import.",
)
FILE_DAMAGED = ProblemKind(
    code="FILE_DAMAGED",
    meaning="The file starts like a workbook but its inside does not hold together.",
    expected="a workbook that a spreadsheet program opens without repair",
    remedy="Open it in a spreadsheet program, let it repair the file, and save it again.",
)
FILE_READER_MISSING = ProblemKind(
    code="FILE_READER_MISSING",
    meaning="The file is a workbook in a format whose reader is not installed.",
    expected="an Excel workbook (.xlsx or .xlsm)",
    remedy="Save it as “Excel workbook (.xlsx)”, or install the reader: "
    "pip install 'importer[formats]'",
)
FILE_READER_STOPPED = ProblemKind(
    code="FILE_READER_STOPPED",
    meaning="Reading the file took more memory or time than it may, or broke off.",
    expected="a workbook that is read within the limits",
    remedy="Open it in a spreadsheet program, save it as “Excel workbook (.xlsx)” and use that.",
)
FILE_SEEN_IN_PART = ProblemKind(
    code="FILE_SEEN_IN_PART",
    meaning="The file is in a format of which not everything is seen.",
    expected="an Excel workbook (.xlsx), of which all is seen",
    remedy="If it may have any of that, save it as “Excel workbook (.xlsx)” and use that.",
    severity=Severity.WARNING,
)
FILE_ENCODING = ProblemKind(
    code="FILE_ENCODING",
    meaning="The letters of a text file cannot be told: it is neither UTF-8 nor marked UTF-16.",
    expected="a text file in UTF-8",
    remedy="Save it as “CSV UTF-8 (comma delimited)”, or as “Excel workbook (.xlsx)”.",
)
FILE_SEPARATOR = ProblemKind(
    code="FILE_SEPARATOR",
    meaning="What separates the values of a text file cannot be told.",
    expected="values that are separated by comma, semicolon or tab throughout",
    remedy="Save it again with one separator, and in quotes each text that contains it; or save "
    "it as “Excel workbook (.xlsx)”.",
)
FILE_NO_RESULTS = ProblemKind(
    code="FILE_NO_RESULTS",
    meaning="The file is no results workbook: nothing in it says what was sent.",
    expected="a results workbook, as an import writes it",
    remedy="Import the workbook first, and name its results workbook here.",
)
FILE_NO_ROWS = ProblemKind(
    code="FILE_NO_ROWS",
    meaning="All expected sheets are there, but none has a filled row.",
    expected="at least one filled row below a header",
    remedy="Fill in a row below the header of a sheet and save the workbook.",
)
FILE_NOTHING_TO_SUBMIT = ProblemKind(
    code="FILE_NOTHING_TO_SUBMIT",
    meaning="The workbook is to be submitted and has no row that closes a period.",
    expected="a row with the end of a period",
    remedy="Fill in such a row; a template comes with the sheet for it when that is asked for.",
)
FILE_SAME_KEY_ELSEWHERE = ProblemKind(
    code="FILE_SAME_KEY_ELSEWHERE",
    meaning="Two files of one run give one external id different content.",
    expected="one external id to mean the same in every file of a run",
    remedy="Make the two rows equal, or give one of them its own External ID.",
)
FILE_OTHER_ACCOUNT = ProblemKind(
    code="FILE_OTHER_ACCOUNT",
    meaning="The workbook was made for the account of another organisation.",
    expected="a workbook that was made for this account, or for none",
    remedy="Choose the target that it was made for, or copy its rows into a template for this one.",
)
FILE_MANY_UPDATES = ProblemKind(
    code="FILE_MANY_UPDATES",
    meaning="So many existing records would change that a shifted column is likelier than a wish.",
    expected="changes to at most 30 % of the existing records",
    remedy="Look at the plan (importer plan FILE); if it is right, pass --accept-updates.",
)
SHEET_NONE_KNOWN = ProblemKind(
    code="SHEET_NONE_KNOWN",
    meaning="None of the sheets has a name that the importer knows.",
    expected="at least one sheet of the template",
    remedy="Start from a template: importer template -o month.xlsx",
)
SHEET_NAME_NEAR = ProblemKind(
    code="SHEET_NAME_NEAR",
    meaning="A sheet's name is nearly that of an expected sheet, but not quite.",
    expected="the name of the template",
    remedy="Rename the sheet, or delete it if it is not part of the import.",
)
SHEET_LEFT_OUT = ProblemKind(
    code="SHEET_LEFT_OUT",
    meaning="A sheet has the headers of an expected sheet, but another name; it is not read.",
    expected="rows only on sheets that the importer knows",
    remedy="Rename the sheet, or leave it: nothing of it goes in.",
    severity=Severity.WARNING,
)
SHEET_TWICE = ProblemKind(
    code="SHEET_TWICE",
    meaning="Two sheets have the same name but for case, space or punctuation.",
    expected="each expected sheet once",
    remedy="Put the rows on one sheet and rename or delete the other.",
)
SHEET_MERGED_CELLS = ProblemKind(
    code="SHEET_MERGED_CELLS",
    meaning="Cells of the data area are merged; a merged cell holds one value for many places.",
    expected="no merged cells at and below the header",
    remedy="Unmerge them and write each value in its own cell.",
)
SHEET_HIDDEN_ROWS = ProblemKind(
    code="SHEET_HIDDEN_ROWS",
    meaning="Rows are hidden or filtered out; they are imported all the same.",
    expected="that hidden rows are meant to go in",
    remedy="Delete the rows that are not meant, or show them to be sure.",
    severity=Severity.WARNING,
)
SHEET_SECOND_TABLE = ProblemKind(
    code="SHEET_SECOND_TABLE",
    meaning="The headers stand on the sheet a second time, so nobody can tell which rows count.",
    expected="one table on the sheet, under one header",
    remedy="Put all rows below the first header, or move the second table to a sheet of its own.",
)
SHEET_ROWS_ABOVE = ProblemKind(
    code="SHEET_ROWS_ABOVE",
    meaning="Rows above the header are filled in like data; nothing above a header is read.",
    expected="all data below the header, and at most a title above it",
    remedy="Move the rows below the header, or the header above them.",
)
SHEET_TOTAL_ROW = ProblemKind(
    code="SHEET_TOTAL_ROW",
    meaning="A row adds up others; it is no record, and is passed over.",
    expected="rows that are one record each",
    remedy="Nothing needs to be done if it is a total; if it is a record, fill in its first cell.",
    severity=Severity.WARNING,
)
SHEET_WORD_UNKNOWN = ProblemKind(
    code="SHEET_WORD_UNKNOWN",
    meaning="The sheet Start here states something in a word that is not known, so it counts not.",
    expected="a word of the list",
    remedy="Pick a word from the list of the cell, or clear it.",
    severity=Severity.WARNING,
)
SHEET_DEFINITION_MOVED = ProblemKind(
    code="SHEET_DEFINITION_MOVED",
    meaning="A config or template of the account was changed after the workbook was made from it.",
    expected="a workbook made from it as it is today",
    remedy="What still fits goes in; look at the rows that do not.",
    severity=Severity.WARNING,
)
HEADER_MISSING = ProblemKind(
    code="HEADER_MISSING",
    meaning="A required column is not there.",
    expected="the column in the header row",
    remedy="Add the header there, or copy the rows into a new template.",
)
HEADER_NEAR = ProblemKind(
    code="HEADER_NEAR",
    meaning="A header is nearly that of an expected column, but not quite.",
    expected="the header of the template",
    remedy="Correct the header, or rename it clearly if it is a column of your own.",
)
HEADER_TWICE = ProblemKind(
    code="HEADER_TWICE",
    meaning="Two columns have the same header.",
    expected="each header once",
    remedy="Delete or rename one of the two columns.",
)
