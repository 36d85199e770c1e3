"""The catalogue of problems, grouped by place. A code is never renumbered or reused."""

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
    meaning="The content is not an Excel workbook, whatever its name says.",
    expected="an Excel workbook (.xlsx or .xlsm)",
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
FILE_NO_ROWS = ProblemKind(
    code="FILE_NO_ROWS",
    meaning="All expected sheets are there, but none has a filled row.",
    expected="at least one filled row below a header",
    remedy="Fill in a row below the header of a sheet and save the workbook.",
)
FILE_SAME_KEY_ELSEWHERE = ProblemKind(
    code="FILE_SAME_KEY_ELSEWHERE",
    meaning="Two files of one run give one external id different content.",
    expected="one external id to mean the same in every file of a run",
    remedy="Make the two rows equal, or give one of them its own External ID.",
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

HEADER_MISSING = ProblemKind(
    code="HEADER_MISSING",
    meaning="A required column is not there.",
    expected="the column in row 1",
    remedy="Add the header in row 1, or copy the rows into a new template.",
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

CELL_REQUIRED = ProblemKind(
    code="CELL_REQUIRED",
    meaning="A required cell is blank.",
    expected="a value",
    remedy="Fill in the cell.",
)
CELL_NOT_TEXT = ProblemKind(
    code="CELL_NOT_TEXT",
    meaning="A text was expected and something that cannot be taken as one was found.",
    expected="text",
    remedy="Write it as text.",
)
CELL_NOT_A_NUMBER = ProblemKind(
    code="CELL_NOT_A_NUMBER",
    meaning="A number was expected and something else was found.",
    expected="a number such as 12.5",
    remedy="Type the plain number, without unit or other text.",
)
CELL_NOT_A_DATE = ProblemKind(
    code="CELL_NOT_A_DATE",
    meaning="A date was expected and something else was found.",
    expected="a date cell, or text such as 2025-10-31",
    remedy="Type the date as year-month-day.",
)
CELL_NOT_A_MOMENT = ProblemKind(
    code="CELL_NOT_A_MOMENT",
    meaning="A date with a time was expected and something else was found.",
    expected="a date and time such as 2025-10-31 14:30",
    remedy="Type the moment as year-month-day hour:minute.",
)
CELL_NOT_YES_OR_NO = ProblemKind(
    code="CELL_NOT_YES_OR_NO",
    meaning="Yes or no was expected and something else was found.",
    expected="yes or no",
    remedy="Write yes or no.",
)
CELL_AMBIGUOUS = ProblemKind(
    code="CELL_AMBIGUOUS",
    meaning="The value can be read in two ways, and a wrong guess would be silent.",
    expected="a value with one reading",
    remedy="Write it so that only one reading is left.",
)
CELL_ERROR_VALUE = ProblemKind(
    code="CELL_ERROR_VALUE",
    meaning="The cell shows an error of the spreadsheet program.",
    expected="a value",
    remedy="Mend the formula, or type the value.",
)
CELL_FORMULA_WITHOUT_VALUE = ProblemKind(
    code="CELL_FORMULA_WITHOUT_VALUE",
    meaning="The cell holds a formula whose result is not saved in the file.",
    expected="a formula with its saved result",
    remedy="Open the workbook once in a spreadsheet program and save it, or type the value.",
)
CELL_ID_LOST_DIGITS = ProblemKind(
    code="CELL_ID_LOST_DIGITS",
    meaning="An id was turned into a number and may have lost digits or zeros.",
    expected="the id as text",
    remedy="Format the cell as text and type the id again.",
)
CELL_TRIMMED = ProblemKind(
    code="CELL_TRIMMED",
    meaning="Invisible or outer spaces were taken off the text.",
    expected="text without outer or invisible spaces",
    remedy="Nothing needs to be done; retype the cell to be rid of this note.",
    severity=Severity.WARNING,
)
CELL_RANGE = ProblemKind(
    code="CELL_RANGE",
    meaning="The value is outside of what is allowed.",
    expected="a value within the allowed range",
    remedy="Check the value and its unit.",
)
CELL_LENGTH = ProblemKind(
    code="CELL_LENGTH",
    meaning="The text is too long.",
    expected="a shorter text",
    remedy="Shorten the text.",
)
CELL_PATTERN = ProblemKind(
    code="CELL_PATTERN",
    meaning="The text does not have the expected form.",
    expected="text of the expected form",
    remedy="Write it in the expected form.",
)
CELL_CHOICE = ProblemKind(
    code="CELL_CHOICE",
    meaning="The value is not one of the choices.",
    expected="one of the choices",
    remedy="Pick a value from the list.",
)
CELL_UNIT = ProblemKind(
    code="CELL_UNIT",
    meaning="The unit is missing, not allowed here, or not known to the service.",
    expected="a unit that fits",
    remedy="Write a unit that fits, and convert the value to it.",
)
CELL_NOT_CLEARABLE = ProblemKind(
    code="CELL_NOT_CLEARABLE",
    meaning="`(clear)` stands in a cell whose value the service does not let go.",
    expected="a value, or a blank cell to keep what is there",
    remedy="Write a value, or leave the cell blank to keep what the service has.",
)
CELL_NOT_YET = ProblemKind(
    code="CELL_NOT_YET",
    meaning="This version of the importer does not send this column or sheet yet.",
    expected="a blank cell",
    remedy="Leave it blank for now, and add the evidence on the service's own page.",
)
CELL_FILE_MISSING = ProblemKind(
    code="CELL_FILE_MISSING",
    meaning="The named file is neither beside the workbook nor in its zip.",
    expected="a file beside the workbook, in a folder below it, or in the zip of the same name",
    remedy="Put the file there, or correct its name.",
)
CELL_FILE_OUTSIDE = ProblemKind(
    code="CELL_FILE_OUTSIDE",
    meaning="The path leads out of the workbook's own folder.",
    expected="a path relative to the workbook, such as evidence/invoice.pdf",
    remedy="Put the file beside the workbook and name it from there.",
)
CELL_FILE_EMPTY = ProblemKind(
    code="CELL_FILE_EMPTY",
    meaning="The named file has no content.",
    expected="a file with content",
    remedy="Save the document again.",
)
CELL_FILE_TOO_LARGE = ProblemKind(
    code="CELL_FILE_TOO_LARGE",
    meaning="The named file is larger than the service takes.",
    expected="a smaller file",
    remedy="Split the document, or save it with smaller pictures.",
)
CELL_FILE_TYPE = ProblemKind(
    code="CELL_FILE_TYPE",
    meaning="The service does not take files of this type.",
    expected="a file of a type that the service takes",
    remedy="Export the document as PDF, or a table as CSV.",
)

ROW_UNUSED = ProblemKind(
    code="ROW_UNUSED",
    meaning="Nothing in the workbook refers to this evidence.",
    expected="a row that names it",
    remedy="Name its External ID where it belongs, or delete the row.",
    severity=Severity.WARNING,
)
ROW_UNUSED_FILE = ProblemKind(
    code="ROW_UNUSED_FILE",
    meaning="Nothing in the workbook refers to this file, and once sent it cannot be taken back.",
    expected="a row that names it",
    remedy="Name its External ID where it belongs, or delete the row.",
)
ROW_ORDER = ProblemKind(
    code="ROW_ORDER",
    meaning="Two values of the row do not stand in the right order, such as an end before a start.",
    expected="the end on or after the start",
    remedy="Check both dates.",
)
ROW_FUTURE = ProblemKind(
    code="ROW_FUTURE",
    meaning="A date or moment lies in the future, which the service refuses.",
    expected="a date that is not in the future",
    remedy="Check the year and the month.",
)
ROW_OVERLAP = ProblemKind(
    code="ROW_OVERLAP",
    meaning="Another record covers the same thing for an overlapping period.",
    expected="one record for one thing and period",
    remedy="Use the External ID of the other record, or correct the period; "
    "if both are right, pass --allow-overlap.",
)
ROW_LOOKALIKE = ProblemKind(
    code="ROW_LOOKALIKE",
    meaning="A record with the same name and value is there under another key.",
    expected="each fact once",
    remedy="If it is the same fact, use the other record's External ID.",
    severity=Severity.WARNING,
)
ROW_NEGATIVE_NET = ProblemKind(
    code="ROW_NEGATIVE_NET",
    meaning="The service computes a negative net removal for this entry.",
    expected="a removal above zero",
    remedy="Check the inputs of the entry: a missing or misplaced value is the usual cause.",
    severity=Severity.WARNING,
)
ROW_CALCULATION_FAILED = ProblemKind(
    code="ROW_CALCULATION_FAILED",
    meaning="The service holds the record but could not calculate it.",
    expected="a finished calculation",
    remedy="Ask the service's support, naming the Import ID.",
    severity=Severity.WARNING,
)

KEY_TWICE = ProblemKind(
    code="KEY_TWICE",
    meaning="The same external id stands in two rows (case does not count).",
    expected="each External ID once",
    remedy="Delete one of the rows, or give it its own External ID.",
)
KEY_CASE = ProblemKind(
    code="KEY_CASE",
    meaning="The service holds a record whose external id differs from this one by case only.",
    expected="ids that differ by more than case",
    remedy="Use the spelling that the service has.",
)
KEY_DETAIL_TWICE = ProblemKind(
    code="KEY_DETAIL_TWICE",
    meaning="The same data point or input is given twice for one record.",
    expected="each data point or input once per record",
    remedy="Delete one of the two rows.",
)

REF_NOT_FOUND = ProblemKind(
    code="REF_NOT_FOUND",
    meaning="A cell names a record that is neither in the workbook nor in the service.",
    expected="the External ID of an existing record",
    remedy="Correct the id, or add the missing row.",
)
REF_UNKNOWN_NAME = ProblemKind(
    code="REF_UNKNOWN_NAME",
    meaning="A cell names something that the account does not have.",
    expected="a name or id of the account",
    remedy="Correct the name, or ask for it to be set up in the service.",
)
REF_SEVERAL = ProblemKind(
    code="REF_SEVERAL",
    meaning="A name fits more than one thing of the account.",
    expected="an unambiguous name or an id",
    remedy="Write the id instead of the name.",
)
REF_TWICE = ProblemKind(
    code="REF_TWICE",
    meaning="The same id is named twice in one cell.",
    expected="each id once",
    remedy="Delete the repeated id.",
)
REF_ONE_ONLY = ProblemKind(
    code="REF_ONE_ONLY",
    meaning="Several ids stand where the service takes one.",
    expected="one External ID",
    remedy="Keep one of the ids.",
)
REF_COMPUTED = ProblemKind(
    code="REF_COMPUTED",
    meaning="The value is computed or fixed by the service and cannot be given.",
    expected="a data point or input that takes a value",
    remedy="Delete the row.",
)
REF_INCOMPLETE = ProblemKind(
    code="REF_INCOMPLETE",
    meaning="A mandatory data point or input of the record is missing.",
    expected="every mandatory data point or input",
    remedy="Add a row for it.",
)
REF_OTHER_PLACE = ProblemKind(
    code="REF_OTHER_PLACE",
    meaning="Two cells name things of the account that do not belong together.",
    expected="things that belong together",
    remedy="Correct one of the two cells.",
)

API_REFUSED = ProblemKind(
    code="API_REFUSED",
    meaning="The service refused the record; its own words are shown.",
    expected="a record that the service accepts",
    remedy="Correct the cell that the service names, and import again.",
)
API_CONFLICT = ProblemKind(
    code="API_CONFLICT",
    meaning="The service holds something else under this external id than the workbook says.",
    expected="no change of the record behind the workbook's back",
    remedy="Compare the two; to send the workbook's values, pass --overwrite.",
)
API_FIXED = ProblemKind(
    code="API_FIXED",
    meaning="A value differs that the service never lets be changed.",
    expected="the value that the service holds",
    remedy="Put the old value back, or use a new External ID for a new record.",
)
API_LOCKED = ProblemKind(
    code="API_LOCKED",
    meaning="The record is locked or finalised at the service.",
    expected="a record that may still be changed",
    remedy="Nothing can be sent; ask the service if the record really must change.",
)
API_DOCUMENT = ProblemKind(
    code="API_DOCUMENT",
    meaning="The record is there, but its document did not arrive.",
    expected="the document to arrive",
    remedy="Import the same file again: what is missing is completed, and nothing is made twice.",
)
API_UNCERTAIN = ProblemKind(
    code="API_UNCERTAIN",
    meaning="It is not known whether the service took the record.",
    expected="a clear answer from the service",
    remedy="Import the same file again: the importer looks the record up before it sends anything.",
)
API_INCOMPLETE_ANSWER = ProblemKind(
    code="API_INCOMPLETE_ANSWER",
    meaning="A definition of the account is not finished or not readable.",
    expected="a complete definition",
    remedy="Complete it on the service's own page, then import again.",
)

CATALOGUE: tuple[ProblemKind, ...] = tuple(
    kind for kind in tuple(globals().values()) if isinstance(kind, ProblemKind)
)
