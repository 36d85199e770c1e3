"""The verb *template*: an empty workbook to fill in."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from importer import __version__
from importer.declare.catalog import Catalog
from importer.declare.definition import Saved
from importer.flows.account import Account
from importer.flows.connection import connect
from importer.flows.tailoring import Asked, Tailor
from importer.flows.targets import as_target
from importer.model.failure import ResultsNotWritten
from importer.model.ports import Organisation
from importer.settings.state import State
from importer.settings.target import SandboxChosen, Target
from importer.sheets.meta import name_organisations
from importer.sheets.template.rendering import NOT_SAVED, render_template

_NO_FACTS: Mapping[str, str] = {}


def write_template(
    catalog: Catalog,
    book: str,
    output: Path,
    extras: Sequence[str] = (),
    *,
    facts: Mapping[str, str] = _NO_FACTS,
    saved: Saved = NOT_SAVED,
) -> Path:
    """Write the template of that book; whole or not at all.

    extras: sheets on request that are to be in it, too. facts, saved: whose account it is made
    for, and what that has.
    """
    wanted = replace(catalog.book(book), extras=tuple(extras))
    content = render_template(catalog, wanted, version=__version__, facts=facts, saved=saved)
    return put_file(output, content)


def put_file(output: Path, content: bytes) -> Path:
    """Write a file; whole or not at all. Raises ResultsNotWritten."""
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as failure:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ResultsNotWritten(
            f"{output} cannot be written: {failure.strerror or failure}.",
            remedy="Choose a folder that may be written, and close the file in other programs.",
        ) from failure
    return output


def write_account_template(
    catalog: Catalog,
    book: str,
    output: Path,
    extras: Sequence[str] = (),
    *,
    chosen: Target | SandboxChosen,
    state: State,
    asked: Asked,
    at: datetime,
) -> Path:
    """The same, made for an account: its names in lists, and columns for what is asked for.

    asked: the names of configs and entry templates, by the kind of definition that they are.
    at: when it is made.
    """
    with as_target(chosen, state) as target, connect(target) as services:
        owners = {name: service.fetch_organisation() for name, service in services.items()}
        account = Account(catalog, services)
        tailor = Tailor(
            catalog=catalog, account=account, asked=asked, at=at, book=catalog.book(book)
        )
        tailored = tailor.tailor()
        facts = name_account(target.name, owners, at)
        return write_template(
            tailored, book, output, extras, facts=facts, saved=save_account(account, at)
        )


def save_account(account: Account, at: datetime) -> Saved:
    """The account's definitions, to lie in a template that is made from them."""
    return Saved(at=f"{at:%Y-%m-%d %H:%M} UTC", items=account.save())


def name_account(
    target: str, owners: Mapping[str, Organisation], at: datetime
) -> Mapping[str, str]:
    """The facts that say whose account a template is made for, and as it was when."""
    return {
        "target": target,
        "read at": f"{at:%Y-%m-%d %H:%M} UTC",
        "organisation": ", ".join(dict.fromkeys(each.name for each in owners.values())),
        **name_organisations({name: each.id for name, each in owners.items()}),
    }
