"""Problems of rows, external ids and references, and what the services say."""

from importer.model.problem import ProblemKind, Severity

ROW_NOTE = ProblemKind(
    code="ROW_NOTE",
    meaning="A row has one filled cell, with a text: a note, or a record that was only begun.",
    expected="a row with all that it needs, or no row here",
    remedy="Fill in the rest of the row; a note goes into a column of its own or above the header.",
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
ROW_PERIOD = ProblemKind(
    code="ROW_PERIOD",
    meaning="A period cannot be closed: it would overlap another one, or periods at the service "
    "leave it in doubt where it begins.",
    expected="periods that follow each other without a gap",
    remedy="Look at the periods on the service's own page, and correct the End on or them there.",
)
ROW_PERIOD_OF_A_DAY = ProblemKind(
    code="ROW_PERIOD_OF_A_DAY",
    meaning="A period would be one day long, which is likely a date that is off by one.",
    expected="a period of more than a day",
    remedy="Check the End on: it is the last day that belongs to the period.",
    severity=Severity.WARNING,
)
ROW_PERIOD_LACKS = ProblemKind(
    code="ROW_PERIOD_LACKS",
    meaning="The service did not take a record of the workbook into the period it belongs to.",
    expected="every record of the workbook that ends in the period",
    remedy="Nothing was submitted. Look at the record on the service's own page.",
)
ROW_PERIOD_HAS_MORE = ProblemKind(
    code="ROW_PERIOD_HAS_MORE",
    meaning="The period holds records that are not in the workbook.",
    expected="the records of this workbook only",
    remedy="If they are from other workbooks, all is well; else look at them at the service.",
    severity=Severity.WARNING,
)
ROW_HELD_BACK = ProblemKind(
    code="ROW_HELD_BACK",
    meaning="The record belongs to a period that was submitted: a change of it counts only when "
    "that is submitted again.",
    expected="a period that was not submitted yet",
    remedy="It is sent all the same. Submit the period again, with a summary of the changes.",
    severity=Severity.WARNING,
)
ROW_NOT_SUBMITTABLE = ProblemKind(
    code="ROW_NOT_SUBMITTABLE",
    meaning="A cell is blank that a submission needs.",
    expected="a value, as the record cannot be submitted without it",
    remedy="Fill in the cell, or stop before the submission with --draft-only.",
)
ROW_DETACHED = ProblemKind(
    code="ROW_DETACHED",
    meaning="A value is given for something that another cell or row takes off the record.",
    expected="no value for what is taken off",
    remedy="Delete the value, or what takes it off.",
)
ROW_SHARE = ProblemKind(
    code="ROW_SHARE",
    meaning="More than the whole of something is shared out over the records that it counts to.",
    expected="shares that add up to 1 at most",
    remedy="Lower one of the shares, or take it off a record.",
)
ROW_COUNTS_NOWHERE = ProblemKind(
    code="ROW_COUNTS_NOWHERE",
    meaning="A new record counts to nothing: no row of the workbook names it.",
    expected="a row that says what it counts to",
    remedy="Add that row, unless another workbook has it; the record is sent all the same.",
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
KEY_HELD = ProblemKind(
    code="KEY_HELD",
    meaning="The service says that the external id is in use, and shows no record that has it: "
    "a deleted one may hold it.",
    expected="an External ID that no record has, not even a deleted one",
    remedy="Give the row another External ID, or ask the service to let this one go.",
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
    meaning="The same id or text stands twice in one cell.",
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
REF_UNIT = ProblemKind(
    code="REF_UNIT",
    meaning="A cell names a quantity whose unit does not convert to what the input takes.",
    expected="a quantity in a unit that converts",
    remedy="Name another record, or correct the unit in its row.",
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
API_NOT_OFFERED = ProblemKind(
    code="API_NOT_OFFERED",
    meaning="The record is not there, and the service offers no way to make it from here.",
    expected="a record that is there already",
    remedy="Make it on the service's own page, then import again.",
)
API_INCOMPLETE_ANSWER = ProblemKind(
    code="API_INCOMPLETE_ANSWER",
    meaning="A definition of the account is not finished or not readable.",
    expected="a complete definition",
    remedy="Complete it on the service's own page, then import again.",
)
