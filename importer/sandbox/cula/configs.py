"""Configs of emission logs and their versions, to read.

Source: docs.cula.tech/upcoming-api-reference/periodic-emission-log-configs. The pages of the two
lists were not readable; `data` without pages is inferred from the lists of sibling configs.
"""

from typing import Any

from fastapi import APIRouter

from importer.sandbox.context import Here
from importer.sandbox.cula.errors import Refusal
from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION
from importer.sandbox.cula.older import OlderRoute
from importer.sandbox.documents import Document, Filter
from importer.sandbox.store import Store

router = APIRouter(prefix="/periodic-emission-log-configs", route_class=OlderRoute)


@router.get("")
def list_configs(here: Here) -> dict[str, Any]:
    """All configs; a config has no name of its own, its versions have."""
    return {"data": [document.public() for document in here.store.select(CONFIG)]}


@router.get("/{config_id}")
def read_config(config_id: str, here: Here) -> dict[str, Any]:
    """The config with this id; configs have no external ids."""
    return _read_config(here.store, config_id).public()


@router.get("/{config_id}/versions")
def list_versions(config_id: str, here: Here) -> dict[str, Any]:
    """All versions of a config, the active one last."""
    config = _read_config(here.store, config_id)
    versions = here.store.select(CONFIG_VERSION, Filter(parent=config.id))
    return {"data": [version.public() for version in versions]}


@router.get("/{config_id}/versions/{version_id}")
def read_version(config_id: str, version_id: str, here: Here) -> dict[str, Any]:
    """One version with its data point configs."""
    config = _read_config(here.store, config_id)
    version = here.store.find(CONFIG_VERSION, version_id)
    if version is None or version.body["config_id"] != config.id:
        raise Refusal.not_found("config version", version_id)
    return version.public()


def _read_config(store: Store, config_id: str) -> Document:
    config = store.find(CONFIG, config_id)
    if config is None:
        raise Refusal.not_found("config", config_id)
    return config
