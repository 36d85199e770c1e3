"""Sites of the Cula API, to read.

Source: docs.cula.tech/upcoming-api-reference/sites. The filters by managing site and address
are not part of the twin.
"""

from typing import Any

from fastapi import APIRouter

from importer.sandbox.context import Here
from importer.sandbox.cula.kinds import SITE
from importer.sandbox.cula.pages import AskedPage, list_page
from importer.sandbox.cula.references import read_by_path
from importer.sandbox.documents import Document

router = APIRouter(prefix="/sites")


@router.get("")
def list_sites(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of sites."""
    return list_page(here.store, SITE, asked, Document.public)


@router.get("/{key}")
def read_site(key: str, here: Here) -> dict[str, Any]:
    """The site with this id, or with `ext-` and this external id."""
    return read_by_path(here.store, SITE, key).public()
