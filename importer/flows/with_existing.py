"""The verb *template* with what is there: rows that are ready to be corrected."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from importer import __version__
from importer.declare.catalog import Book
from importer.declare.resource import Resource
from importer.flows.account import Account
from importer.flows.prefilling import Filler
from importer.flows.present import Found, Omitted, ReadOnce, Wish, read_present
from importer.flows.proving import Prover, confirm_base
from importer.flows.session import Session
from importer.flows.tailoring import Asked, Tailor
from importer.flows.template import name_account, put_file, save_account
from importer.model.ports import Organisation
from importer.planning.spans import Days
from importer.sheets.own import NOT_FILLED, WITHOUT_KEY
from importer.sheets.template.prefilled import Listing, Prefilled
from importer.sheets.template.rendering import render_template

_ABOUT_KEYLESS = (
    "These records are there and have no External ID, so no row can name them and none is "
    "imported.\nGive them one on the service's own page, and make the template again."
)
_ABOUT_OMITTED = (
    "These records and values are there as well, and stay as they are: this page is not "
    "imported.\nWhere a column is named, the row is filled in and that cell is blank."
)

_KEYLESS = f"without an External ID (see the sheet {WITHOUT_KEY})"
_UNFIT = f"that no row can state as they are (see the sheet {NOT_FILLED})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What was filled in and what was left out: numbers by sheets and by reasons.

    cells: those left blank, which `page` lists.
    documents: sheets that are never filled in, as their documents cannot be read back.
    parts: sheets of the book that stay empty although their records are filled in.
    """

    path: Path
    filled: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[tuple[str, str], int] = field(default_factory=dict)
    cells: int = 0
    page: str = NOT_FILLED
    documents: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def write_existing(
    session: Session,
    book: Book,
    output: Path,
    *,
    asked: Asked,
    days: Days,
) -> Prefill:
    """Write the template of the book with what the target has; whole or not at all.

    What was read becomes what the ledger knows as confirmed.
    asked: the names of configs and entry templates, by the kind of definition that they are; then
        only records that are made from those are filled in.
    Raises NotInAccount, ResultsNotWritten, and what the services raise.
    """
    account = session.account or Account(session.catalog, session.services)
    at = session.clock()
    tailor = Tailor(catalog=session.catalog, account=account, asked=asked, at=at, book=book)
    tailored = tailor.tailor()
    kinds = (each for each in session.catalog.definitions if asked.get(each.name))
    only = {each.name: tailor.find_asked(each) for each in kinds}
    existing = ReadOnce(session.services)
    wish = Wish(resources=_readable(session, book), days=days, only=only)
    found = read_present(session, account, existing, wish)
    filler = Filler(
        account=account,
        zone=session.zone,
        pages={each.name: each.pages for each in tailored.resources},
        sheets={
            sheet.name: sheet
            for each in tailored.resources
            for sheet in (*each.sheets, *each.variants)
        },
    )
    prover = Prover(
        session=session,
        account=account,
        existing=existing,
        found=found,
        fill=lambda present, blank: replace(filler, blank=blank).fill(present),
        render=lambda filled, found: render_template(
            tailored,
            book,
            version=__version__,
            facts=name_account(session.facts.name, _owners(session), at),
            saved=save_account(account, at),
            prefilled=Prefilled(rows=filled.cells, listings=_listings(found)),
        ),
    )
    proven = prover.prove()
    put_file(output, proven.content)
    confirm_base(session, proven.planned)
    filled = Counter(filler.page_of(one).name for one in found.present)
    return _sum_up(session, book, output, found, filled)


def _owners(session: Session) -> Mapping[str, Organisation]:
    names = dict(session.facts.organisations)
    return {
        service: Organisation(id=scope.organisation, name=names.get(service, ""))
        for service, scope in session.scopes.items()
    }


def _readable(session: Session, book: Book) -> tuple[Resource, ...]:
    """Those whose rows can be unchanged: a document's bytes are not handed out, and what closes a
    period is no part of an import."""
    return tuple(
        each
        for each in session.catalog.resources_of(book)
        if each.service in session.services
        and each.available
        and each.evidence is None
        and each.submission is None
    )


def _listings(found: Found) -> tuple[Listing, ...]:
    keyless = tuple((*_whose(each), each.id, each.called, each.why) for each in found.keyless)
    omitted = tuple(
        (*_whose(each), each.key, each.id, each.called, each.header, each.why)
        for each in found.omitted
    )
    pages = (
        Listing(
            title=WITHOUT_KEY,
            about=_ABOUT_KEYLESS,
            widths=(14, 20, 34, 60, 30),
            heads=("Service", "What it is", "ID", "Name and days", "Why it is here"),
            lines=keyless,
        ),
        Listing(
            title=NOT_FILLED,
            about=_ABOUT_OMITTED,
            widths=(14, 20, 28, 34, 40, 22, 80),
            heads=("Service", "What it is", "External ID", "ID", "Name and days", "Column", "Why"),
            lines=omitted,
        ),
    )
    return tuple(page for page in pages if page.lines)


def _whose(omitted: Omitted) -> tuple[str, str]:
    return omitted.resource.service.title(), omitted.resource.title


def _sum_up(
    session: Session, book: Book, output: Path, found: Found, filled: Counter[str]
) -> Prefill:
    resources = session.catalog.resources_of(book)
    sheets = session.catalog.sheets_of(book)
    titles = {each.name: each.sheet.name for each in resources}
    left: Counter[tuple[str, str]] = Counter()
    for (name, why), number in found.counts.items():
        left[titles[name], why] += number
    left.update((each.resource.sheet.name, _KEYLESS) for each in found.keyless)
    whole = [each for each in found.omitted if not each.header]
    left.update((each.resource.sheet.name, _UNFIT) for each in whole)
    return Prefill(
        path=output,
        filled=filled,
        left_out=left,
        cells=len(found.omitted) - len(whole),
        documents=tuple(each.sheet.name for each in resources if each.evidence is not None),
        parts=tuple(
            detail.sheet.name
            for each in resources
            for detail in each.details
            if not detail.value and detail.sheet in sheets
        ),
    )
