"""Whether a workbook was made for the account that it is to go to."""

from dataclasses import replace

from importer.flows.check import CheckedFile
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.place import Place

_HELD = "Stays out because the workbook was made for another account."


def hold_foreign(session: Session, file: CheckedFile) -> CheckedFile:
    """The file as it is; of one that was made for another organisation nothing goes in."""
    scopes = session.scopes
    foreign = [
        f"{service} {made_for} (this target: {scopes[service].organisation})"
        for service, made_for in file.made_for.items()
        if service in scopes and scopes[service].organisation != made_for
    ]
    if not foreign:
        return file
    problem = kinds.FILE_OTHER_ACCOUNT.at(
        Place(), found=f"a workbook made for {', '.join(foreign)}"
    )
    checked = file.checked
    held = {(row.title, row.row): _HELD for row in checked.rows}
    return replace(
        file,
        checked=replace(
            checked,
            records=(),
            problems=(*checked.problems, problem),
            held={**held, **checked.held},
        ),
    )
