"""What is exchanged with the sandbox in whole imports of the sample month is as described."""

from collections.abc import Iterable

from contracts.descriptions import Finding, read_cula, read_isometric, read_vendor
from contracts.differences import ONLY_IN_VENDORS, find_unlisted, list_unmet
from contracts.months import Imported
from contracts.recording import Recorded, find_operation
from importer.sandbox.requests import STORAGE_BASE


def find_faults(exchanges: Iterable[Recorded]) -> list[Finding]:
    return [
        finding
        for each in exchanges
        for finding in (*each.find_request_faults(), *each.find_answer_faults())
    ]


def test_requests_are_as_described(imported: Imported):
    found = [each for one in imported.exchanges for each in one.find_request_faults()]
    assert find_unlisted(found) == []


def test_answers_are_as_described(imported: Imported):
    found = [each for one in imported.exchanges for each in one.find_answer_faults()]
    assert find_unlisted(found) == []


def test_every_listed_difference_is_still_there(imported: Imported):
    assert list_unmet(find_faults(imported.exchanges)) == []


def test_every_exchange_is_described_but_for_what_only_isometrics_document_has(imported: Imported):
    ours = (read_cula(), read_isometric())
    missing = [
        each
        for each in imported.exchanges
        if not any(find_operation(one, each.method, each.path) for one in ours)
        and not each.path.startswith(STORAGE_BASE)
    ]
    asked = {f"{each.method} {each.path.removeprefix('/mrv/v0')}" for each in missing}
    known = {label.partition("{")[0] for label in ONLY_IN_VENDORS}
    assert all(any(each.startswith(label) for label in known) for each in asked), asked
    assert all(any(each.startswith(label) for each in asked) for label in known), asked
    if vendor := read_vendor():
        assert all(vendor.find_operation(*label.split()) for label in ONLY_IN_VENDORS)


def test_the_imports_do_everything_that_an_import_does(imported: Imported):
    """Else the tests above would say less than they seem to."""
    labels = {
        operation.label for each in imported.exchanges for operation in each.find_operations()
    }
    assert labels >= {
        "POST /oauth2/token",
        "POST /files",
        "GET /files",
        "POST /periodic-emission-logs",
        "PUT /periodic-emission-logs/{id}",
        "POST /sources",
        "PATCH /sources/{id}",
        "POST /sources/{id}/signed_upload_url",
        "POST /datapoints",
        "POST /ghg_entries",
        "PATCH /ghg_entries/{id}",
        "PATCH /ghg_entries/{id}/component_attributions",
        "POST /components",
        "PATCH /components/{id}",
        "GET /ghg_statements",
        "POST /ghg_statements",
        "GET /ghg_statements/{id}",
        "POST /ghg_statements/{id}/submit",
    }
    assert {each.status for each in imported.exchanges} >= {200, 201, 409}
