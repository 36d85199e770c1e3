"""What a Cula account defines and rows only name: sites, and emission log configs."""

from collections.abc import Mapping
from urllib.parse import quote

from importer.declare.definition import Definition, Item
from importer.model.ports import API_KEY, AUTH
from importer.model.record import Json


def _texts(*values: Json) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value)


def _site_spellings(item: Item) -> tuple[str, ...]:
    return _texts(item.get("id"), item.get("external_id"), item.get("name"))


def _config_spellings(item: Item) -> tuple[str, ...]:
    return _texts(item.get("id"), active_version(item).get("name"))


def _config_parts(item: Item) -> Mapping[str, str]:
    config, version = (quote(str(item.get(key)), safe="") for key in ("id", "active_version_id"))
    return {"active_version": f"/periodic-emission-log-configs/{config}/versions/{version}"}


def active_version(config: Item) -> Mapping[str, Json]:
    """The version that the server applies to what is sent; a version cannot be pinned.

    Source: docs.cula.tech/upcoming/concepts/runtime-and-config
    """
    version = config.get("active_version")
    return version if isinstance(version, dict) else {}


def is_older(record: Mapping[str, Json]) -> bool:
    """Whether a definition or a record was read with an API key: the API is an older one then.

    Source: docs.cula.tech/technical-reference/authentication
    """
    return record.get(AUTH) == API_KEY


SITE = Definition(
    name="site",
    title="site",
    service="cula",
    path="/sites",
    spellings=_site_spellings,
)

EMISSION_LOG_CONFIG = Definition(
    name="emission-log-config",
    title="emission log config",
    service="cula",
    path="/periodic-emission-log-configs",
    spellings=_config_spellings,
    parts=_config_parts,
)
