"""What an account holds to begin with: organisation, projects, feedstock types, templates.

Source: the published document (docs.isometric.com); none of it can be made over the API.
Changing and deleting feedstock types is not part of the twin.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from importer.sandbox.context import Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.bodies import SupplierReference
from importer.sandbox.isometric.errors import read_by_path, refuse_missing
from importer.sandbox.isometric.kinds import BLUEPRINT, FEEDSTOCK_TYPE, PROJECT, TEMPLATE
from importer.sandbox.isometric.pages import AskedPage, list_page
from importer.sandbox.isometric.seed import ORGANISATION_NAME

router = APIRouter()

PathId = Annotated[str, Path(min_length=20, max_length=37)]


@router.get("/organisation")
def read_organisation(here: Here) -> dict[str, Any]:
    """The organisation of the token."""
    return {"id": here.store.identity.isometric_organisation_id, "name": ORGANISATION_NAME}


@router.get("/projects")
def list_projects(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of projects."""
    return list_page(here.store, PROJECT, asked)


@router.get("/projects/{project_id}/ghg_entry_templates")
def list_templates(project_id: PathId, asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of a project's templates, each with its whole tree."""
    project = read_by_path(here.store, PROJECT, project_id, here.switches)
    return list_page(here.store, TEMPLATE, asked, narrowed=Filter(parent=project.id))


@router.get("/projects/{project_id}/ghg_entry_templates/{template_id}")
def read_template(project_id: PathId, template_id: PathId, here: Here) -> dict[str, Any]:
    """One template of a project."""
    project = read_by_path(here.store, PROJECT, project_id, here.switches)
    template = read_by_path(here.store, TEMPLATE, template_id, here.switches)
    if template.body["project_id"] != project.id:
        raise refuse_missing(TEMPLATE, template_id, here.switches)
    return template.public()


@router.get("/feedstock_types")
def list_feedstock_types(
    asked: AskedPage,
    here: Here,
    supplier_reference_id: Annotated[SupplierReference | None, Query()] = None,
) -> dict[str, Any]:
    """A page of feedstock types."""
    narrowed = Filter(reference=supplier_reference_id)
    return list_page(here.store, FEEDSTOCK_TYPE, asked, narrowed=narrowed)


@router.get("/feedstock_types/{feedstock_type_id}")
def read_feedstock_type(feedstock_type_id: PathId, here: Here) -> dict[str, Any]:
    """One feedstock type."""
    return read_by_path(here.store, FEEDSTOCK_TYPE, feedstock_type_id, here.switches).public()


@router.get("/component_blueprints")
def list_blueprints(asked: AskedPage, here: Here) -> dict[str, Any]:
    """A page of blueprints."""
    return list_page(here.store, BLUEPRINT, asked, _render_blueprint)


@router.get("/component_blueprints/{key}")
def read_blueprint(key: str, here: Here) -> dict[str, Any]:
    """One blueprint: shape and unit of every input."""
    return _render_blueprint(read_by_path(here.store, BLUEPRINT, key, here.switches))


def _render_blueprint(document: Document) -> dict[str, Any]:
    # A blueprint has no id over the API: its key is its identity.
    return {name: value for name, value in document.public().items() if name != "id"}
