"""What an account holds to begin with: organisation, projects, templates, blueprints.

Source: the published document (docs.isometric.com); none of it can be made over the API.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from importer.sandbox.context import Here
from importer.sandbox.documents import Document, Filter
from importer.sandbox.isometric.errors import read_by_path, refuse_missing
from importer.sandbox.isometric.kinds import BLUEPRINT, PROJECT, TEMPLATE
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
