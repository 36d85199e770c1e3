"""What is declared, against the design's table of sheets and the services' own limits."""

import re
from dataclasses import replace

import pytest

from importer.declare.column import Blank, Column, Kind
from importer.declare.resource import Resource, UpdateBy
from importer.declare.sheet import Sheet
from importer.resources.catalog import CATALOG

SHEETS = {
    "Emission logs": (
        "External ID*, Config*, Site*, Period start*, Period end*, Display key, Files"
    ),
    "Emission log values": "Emission log*, Data point*, Value*, Unit",
    "Files": "External ID*, File*, Site*",
    "Sources": "External ID*, Name*, File*, Published on*, Public, Description",
    "Datapoints": (
        "External ID*, Name*, Type*, Value*, Unit, Standard deviation, Measured at, Sources, "
        "Description*, Uncertainty justification"
    ),
    "Entries": "External ID*, Template*, Started on*, Completed on*, Feedstock type",
    "Entry inputs": "Entry*, Component*, Input*, Datapoints*",
    "Feedstock types": "External ID*, Name*",
    "Components": (
        "External ID*, Blueprint*, Name*, Activity started at*, Activity completed at*, Description"
    ),
    "Component inputs": "Component*, Input*, Datapoints*",
    "Entry components": "Entry*, Component*, Action, Group, Attribution factor",
    "Statements": "End on*, Report URL, Summary of changes",
}

COLUMNS = [(sheet, column) for sheet in CATALOG.sheets for column in sheet.columns]
NAMES = [f"{sheet.name}: {column.header}" for sheet, column in COLUMNS]
every_column = pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=NAMES)
every_resource = pytest.mark.parametrize(
    "resource", CATALOG.resources, ids=[each.name for each in CATALOG.resources]
)


def column_of(place: str) -> Column:
    """The column named as `Datapoints: Unit`."""
    (found,) = (each for (_, each), name in zip(COLUMNS, NAMES, strict=True) if name == place)
    return found


def test_the_sheets_are_those_of_the_design() -> None:
    assert {sheet.name for sheet in CATALOG.sheets} == set(SHEETS)


@pytest.mark.parametrize("sheet", CATALOG.sheets, ids=[each.name for each in CATALOG.sheets])
def test_the_headers_are_those_of_the_design(sheet: Sheet) -> None:
    assert ", ".join(column.title for column in sheet.columns) == SHEETS[sheet.name]


@every_column
def test_a_column_says_what_it_is_in_whole_sentences(sheet: Sheet, column: Column) -> None:
    assert re.fullmatch(r"[A-Z].+\.", column.about, re.DOTALL), column.about
    assert "  " not in column.about


@every_column
def test_a_column_that_is_sent_names_the_page_that_says_so(sheet: Sheet, column: Column) -> None:
    if column.field:
        assert re.fullmatch(r"docs\.(cula\.tech|isometric\.com)/\S+[a-z]", column.source)


@every_column
def test_a_column_shows_an_example_unless_it_lists_other_rows(sheet: Sheet, column: Column) -> None:
    assert column.example or column.kind is Kind.REFERENCES


@every_column
def test_a_reference_leads_to_something_that_is_declared(sheet: Sheet, column: Column) -> None:
    if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
        names = {each.name for each in CATALOG.resources}
        names |= {each.name for each in CATALOG.definitions}
        assert column.to in names
    else:
        assert not column.to


@every_column
def test_what_a_pattern_asks_is_said_in_words(sheet: Sheet, column: Column) -> None:
    assert bool(column.pattern) == bool(column.pattern_says)


LIMITS: dict[str, dict[str, object]] = {
    "Datapoints: Name": {"longest": 100},
    "Datapoints: Description": {"longest": 500},
    "Datapoints: Unit": {"blank": Blank.NULL, "clearable": True},
    "Datapoints: Standard deviation": {"at_least": 0, "clearable": True},
    "Datapoints: Measured at": {"create_only": True, "not_in_future": True},
    "Datapoints: Sources": {"blank": Blank.EMPTY_LIST},
    "Datapoints: Type": {
        "choices": ("CONSTANT", "STANDARD_PUBLISHED_VALUE", "REPORTED", "ASSUMPTION", "DERIVED")
    },
    "Sources: Name": {"longest": 100},
    "Components: Blueprint": {"create_only": True},
    "Components: Name": {"longest": 100},
    "Components: Activity started at": {"create_only": True},
    "Components: Activity completed at": {"create_only": True},
    "Statements: End on": {"not_in_future": True, "create_only": True},
    "Statements: Report URL": {"longest": 2048},
    "Entries: Template": {"create_only": True},
    "Entries: Completed on": {"not_in_future": True},
    "Entries: Feedstock type": {"clearable": False, "create_only": False},
    "Emission logs: Config": {"create_only": True},
    "Emission logs: Site": {"create_only": True},
    "Emission logs: Files": {"blank": Blank.EMPTY_LIST},
}
"""What the services' documents say of a member."""


@pytest.mark.parametrize(("place", "facts"), LIMITS.items(), ids=LIMITS.keys())
def test_what_the_service_documents_is_declared(place: str, facts: dict[str, object]) -> None:
    column = column_of(place)
    assert {name: getattr(column, name) for name in facts} == facts


def test_only_what_the_service_lets_go_can_be_cleared() -> None:
    """A PATCH of a datapoint takes no null but within its quantity, and entries take none."""
    assert {name for (_, column), name in zip(COLUMNS, NAMES, strict=True) if column.clearable} == {
        "Datapoints: Unit",
        "Datapoints: Standard deviation",
        "Sources: Description",
    }


KEYS = {
    "Emission logs": {
        "GC-ELEC-2025-10": True,
        "a": True,
        "a" * 100: True,
        "a" * 101: False,
        "": False,
        "ext-1": False,
        "extra-1": True,
        "-1": False,
        "a b": False,
        "a/b": False,
        "ä": False,
        "a:b": False,
    },
    "Datapoints": {
        "NB-2025-10": True,
        "ns:dtp:1.v2": True,
        "a" * 100: True,
        "a" * 101: False,
        "": False,
        "a b": False,
        "ä": False,
        "a?b": False,
    },
}


@pytest.mark.parametrize(
    ("sheet", "key", "is_fine"),
    [(sheet, key, fine) for sheet, keys in KEYS.items() for key, fine in keys.items()],
)
def test_external_ids_are_of_harmless_characters(sheet: str, key: str, is_fine: bool) -> None:
    pattern = column_of(f"{sheet}: External ID").pattern
    assert bool(re.fullmatch(pattern, key)) is is_fine


def test_all_isometric_external_ids_share_one_space_and_one_pattern() -> None:
    isometric = [
        each
        for each in CATALOG.resources
        if each.service == "isometric" and each.key == "External ID"
    ]
    assert {each.key_space for each in isometric} == {"isometric"}
    assert len({each.key_column.pattern for each in isometric}) == 1


@every_resource
def test_a_resource_is_whole(resource: Resource) -> None:
    """Every header that is named in it is a column of its sheets."""
    headers = {column.header for column in resource.sheet.columns}
    named = {resource.key, *resource.sheet.unique, *resource.lookalike}
    named |= {resource.defined_by, resource.claim} - {""}
    if resource.submission:
        named |= {*resource.submission.first, *resource.submission.again}
        assert resource.key_column.kind is Kind.DATE
        members = CATALOG.resource(resource.submission.members.resource)
        for header in (resource.submission.members.start, resource.submission.members.end):
            assert members.sheet.column(header).kind is Kind.DATE
    if resource.overlap:
        named |= {*resource.overlap.within, resource.overlap.start, resource.overlap.end}
    for rule in resource.sheet.rules:
        named |= set(rule.headers)
    assert named <= headers
    for detail in resource.details:
        own = {column.header for column in detail.sheet.columns}
        assert {detail.parent, *detail.keys, detail.value, detail.unit} - {""} <= own
        assert detail.sheet.column(detail.parent).to == resource.name
        assert detail.sheet.unique == (detail.parent, *detail.keys)
    assert resource.key_column.required
    assert resource.key_column.create_only


@every_resource
def test_every_member_is_filled_by_one_column_only(resource: Resource) -> None:
    fields = [column.field for column in resource.sheet.columns if column.field]
    assert len(fields) == len(set(fields))


ENDPOINTS = {
    "emission-log": ("/periodic-emission-logs", UpdateBy.REPLACING, "", "eml_"),
    "datapoint": ("/datapoints", UpdateBy.PATCHING, "project_id={project_id}", "dtp_"),
    "ghg-entry": ("/ghg_entries", UpdateBy.PATCHING, "", "rmv_"),
    "source": ("/sources", UpdateBy.PATCHING, "project_id={project_id}", "src_"),
    "component": ("/components", UpdateBy.PATCHING, "project_id={project_id}", "cmp_"),
    "feedstock-type": ("/feedstock_types", UpdateBy.PATCHING, "", "ftt_"),
    "ghg-statement": ("/ghg_statements", UpdateBy.NONE, "", "ggs_"),
}


@pytest.mark.parametrize(("name", "facts"), ENDPOINTS.items(), ids=ENDPOINTS.keys())
def test_an_endpoint_is_that_of_the_service(
    name: str, facts: tuple[str, UpdateBy, str, str]
) -> None:
    resource = CATALOG.resource(name)
    found = (resource.endpoint.path, resource.endpoint.update, resource.endpoint.query)
    assert (*found, resource.id_prefix) == facts


def test_the_figures_that_come_back_are_those_of_the_design() -> None:
    assert {
        resource.sheet.name: [(each.header, each.field) for each in resource.results]
        for resource in CATALOG.resources
        if resource.results
    } == {
        "Emission logs": [("Emissions (kg CO2e)", "emissions_in_kg_co2e")],
        "Entries": [
            ("Net removed (kg CO2e)", "co2e_net_removed_kg"),
            ("Before discount (kg CO2e)", "co2e_net_removed_without_discount_kg"),
            ("Net standard deviation (kg CO2e)", "co2e_net_removed_standard_deviation_kg"),
            ("Buffer pool (kg CO2e)", "credit_allocation.buffer_pool_contribution_kg"),
        ],
        "Statements": [("Statement status", "status")],
    }


def test_the_books_are_those_of_the_design() -> None:
    assert [book.name for book in CATALOG.books] == ["carbon-import", "cula", "isometric"]
    assert [sheet.name for sheet in CATALOG.sheets_of(CATALOG.book("cula"))] == [
        "Emission logs",
        "Emission log values",
        "Files",
    ]
    assert [sheet.name for sheet in CATALOG.sheets_of(CATALOG.book("isometric"))] == [
        "Sources",
        "Datapoints",
        "Entries",
        "Entry inputs",
    ]


def test_sheets_on_request_are_in_a_book_that_asks_for_them() -> None:
    book = CATALOG.book("isometric")
    assert CATALOG.extras_of(book) == ("feedstock-types", "components", "statements")
    assert CATALOG.extras_of(CATALOG.book("cula")) == ()
    asking = replace(book, extras=("statements", "components"))
    assert [sheet.name for sheet in CATALOG.sheets_of(asking)] == [
        "Sources",
        "Datapoints",
        "Components",
        "Component inputs",
        "Entries",
        "Entry inputs",
        "Entry components",
        "Statements",
    ]


def test_what_is_not_declared_is_not_found() -> None:
    with pytest.raises(KeyError, match="no resource is called x"):
        CATALOG.resource("x")
    with pytest.raises(KeyError, match="no book is called x"):
        CATALOG.book("x")
    assert CATALOG.definition("x") is None
