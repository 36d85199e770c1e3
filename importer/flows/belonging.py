"""Whether a workbook was made for the account that it is to go to."""

from collections.abc import Mapping
from dataclasses import replace

from importer.flows.check import CheckedFile
from importer.flows.session import Session
from importer.model import problem_kinds as kinds
from importer.model.place import Place
from importer.model.problem import Problem

_HELD = "Stays out because the workbook was made for another account."


def find_foreign(made_for: Mapping[str, str], owners: Mapping[str, str]) -> Problem | None:
    """The problem of a workbook that was made for another account; organisations by service."""
    foreign = [
        f"{service} {organisation} (this target: {owners[service]})"
        for service, organisation in made_for.items()
        if service in owners and owners[service] != organisation
    ]
    if not foreign:
        return None
    return kinds.FILE_OTHER_ACCOUNT.at(Place(), found=f"a workbook made for {', '.join(foreign)}")


def hold_foreign(session: Session, file: CheckedFile) -> CheckedFile:
    """The file as it is; of one that was made for another organisation nothing goes in."""
    owners = {service: scope.organisation for service, scope in session.scopes.items()}
    problem = find_foreign(file.made_for, owners)
    if problem is None:
        return file
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
