"""Descriptions that know the ids of a sandbox: made-up requests are to meet records, too.

So do the keys that stand for blueprints and for groups of a template, which have no ids there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.descriptions import METHODS, Description, close
from contracts.months import Imported

Ids = Mapping[str, tuple[str, ...]]
"""Ids by their prefix, such as `dtp_`; keys by the member that they are found in."""

Place = tuple[str | int, ...]

_ENOUGH = 3
_SCHEMAS = "#/components/schemas/"
_SENT = "Sent"
_BLUEPRINT_KEY, _GROUP_KEY = "blueprint_key", "component_group_key"
_OF_LOG = ("components", "schemas", "SentPeriodicEmissionLogInput", "properties")
_VERSION = "/periodic-emission-log-configs/{config_id}/versions/{version_id}"
_CULA: Mapping[Place, tuple[str, ...]] = {
    ("components", "parameters", "IdOrExt", "schema"): ("eml_", "ste_"),
    ("components", "parameters", "EmissionLogConfigId", "schema"): ("elc_",),
    ("components", "parameters", "FileId", "schema"): ("fil_",),
    ("components", "parameters", "StartingAfter", "schema"): ("eml_", "ste_", "fil_"),
    ("paths", _VERSION, "parameters", 2, "schema"): ("ecv_",),
    (*_OF_LOG, "config_id"): ("elc_",),
    (*_OF_LOG, "file_ids", "items"): ("fil_",),
    ("components", "schemas", "SentDataPointInput", "properties", "config_id"): ("dpc_",),
    ("components", "schemas", "SentResourceRefInput", "oneOf", 0, "properties", "id"): ("ste_",),
    ("components", "schemas", "SentFileUpload", "properties", "site"): ("ste_",),
}
_ISOMETRIC: dict[Place, tuple[str, ...]] = {
    ("components", "schemas", f"{_SENT}{name}"): (prefix,)
    for name, prefix in {
        "ProjectId": "prj_",
        "SourceId": "src_",
        "DatapointId": "dtp_",
        "FeedstockTypeId": "ftt_",
        "GhgEntryId": "rmv_",
        "GhgEntryTemplateId": "rvt_",
        "GhgEntryTemplateComponentId": "rtc_",
        "ComponentId": "cmp_",
        "GhgStatementId": "ggs_",
    }.items()
}
_ISOMETRIC |= {
    ("components", "schemas", f"{_SENT}{schema}", "properties", member): (known,)
    for schema, member, known in (
        ("CreateComponentRequest", "component_blueprint_key", _BLUEPRINT_KEY),
        ("GhgEntryComponentToAttribute", "component_group_key", _GROUP_KEY),
    )
}
_PLACES = {"cula": _CULA, "isometric": _ISOMETRIC}
"""Where an id of which kind is sent."""


def acquaint(description: Description, ids: Ids) -> dict[str, Any]:
    """The strict form of a description, in which ids are sent that are known, or nearly are.

    What comes back may have any id: what is sent has schemas of its own.
    """
    document = _part(close(description.document))
    for place, prefixes in _PLACES[description.name].items():
        schema = document
        for step in place:
            schema = schema[step]
        known = [each for prefix in prefixes for each in ids[prefix]]
        schema.clear()
        schema.update({"enum": [*known, known[0][:-1] + "0"]})
    return document


def _part(document: dict[str, Any]) -> dict[str, Any]:
    """The document with every schema twice: as it is, and for what is sent."""
    components = document["components"]
    sent = {f"{_SENT}{name}": _as_sent(each) for name, each in components["schemas"].items()}
    components["schemas"] |= sent
    components["parameters"] = _as_sent(components["parameters"])
    for item in document["paths"].values():
        for method in METHODS:
            operation = item.get(method, {})
            for name in ("requestBody", "parameters"):
                if name in operation:
                    operation[name] = _as_sent(operation[name])
        if "parameters" in item:
            item["parameters"] = _as_sent(item["parameters"])
    return document


def _as_sent(part: Any) -> Any:
    if isinstance(part, list):
        return [_as_sent(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: each.replace(_SCHEMAS, _SCHEMAS + _SENT) if name == "$ref" else _as_sent(each)
        for name, each in part.items()
    }


def collect_ids(imported: Imported) -> Ids:
    """A few ids of each kind out of what was answered."""
    known: dict[str, list[str]] = {}
    for exchange in imported.exchanges:
        for kind, each in _find_ids(exchange.answer):
            found = known.setdefault(kind, [])
            if each not in found and len(found) < _ENOUGH:
                found.append(each)
    return {kind: tuple(found) for kind, found in known.items()}


def _find_ids(document: object) -> Iterator[tuple[str, str]]:
    """What records are named by, each with its kind."""
    if isinstance(document, dict):
        for name, value in document.items():
            if isinstance(value, str) and (name == "id" or name.endswith("_id")):
                yield value.partition("_")[0] + "_", value
            elif name == _BLUEPRINT_KEY:
                yield name, str(value)
            elif name == "groups":
                yield from ((_GROUP_KEY, group["key"]) for group in value)
            yield from _find_ids(value)
    elif isinstance(document, list):
        for each in document:
            yield from _find_ids(each)
