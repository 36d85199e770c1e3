"""Problems of cells."""

from importer.model.problem import ProblemKind, Severity

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
CELL_NOT_A_DURATION = ProblemKind(
    code="CELL_NOT_A_DURATION",
    meaning="A duration was expected and something else was found; a bare number has no unit.",
    expected="a duration such as 1:30 (hours:minutes), 36:00 or PT1H30M",
    remedy="Type it as hours:minutes.",
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
    meaning="The unit is missing, not allowed here, or cannot be converted to one of the service.",
    expected="a unit that fits",
    remedy="Write a unit that fits, and convert the value to it.",
)
CELL_CONVERTED = ProblemKind(
    code="CELL_CONVERTED",
    meaning="The amount is sent in another unit, as the service does not have the one in the cell.",
    expected="a unit of the service",
    remedy="Nothing needs to be done if the converted amount is right.",
    severity=Severity.WARNING,
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
CELL_WITHOUT_NUMBER = ProblemKind(
    code="CELL_WITHOUT_NUMBER",
    meaning="A cell says more about a number, such as when it was measured, where no number is.",
    expected="a number in the cell that it belongs to",
    remedy="Type the number there, or clear this cell; what a row of its own states is said there.",
)
