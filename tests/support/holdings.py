"""What a sandbox holds, spelled so that two runs that did the same look the same."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from importer.sandbox.cula.kinds import FILE, LOG
from importer.sandbox.documents import Document, Kind
from importer.sandbox.isometric.kinds import (
    ATTRIBUTION,
    COMPONENT,
    DATAPOINT,
    ENTRY,
    FEEDSTOCK_TYPE,
    SOURCE,
    STATEMENT,
)
from importer.sandbox.server import Running

KINDS = (LOG, FILE, DATAPOINT, SOURCE, FEEDSTOCK_TYPE, ENTRY, COMPONENT, ATTRIBUTION, STATEMENT)
_OF_THE_MOMENT = {"created_at", "updated_at", "_ready_at", "_deleted_at", "submitted_at"}
_ID = re.compile(r"\b[a-z]{3}_[0-9A-Za-z]+\b")


def spell_holdings(twin: Running) -> Counter[str]:
    """Every record once, without moments, and with names in the place of the service's ids."""
    found = [(kind, each) for kind in KINDS for each in twin.store.select(kind)]
    names = {each.id: _name(kind, each) for kind, each in found}
    return Counter(f"{kind.type} {_spell(each.body, names)}" for kind, each in found)


def _name(kind: Kind, document: Document) -> str:
    body = document.body
    return f"<{kind.type} {document.reference or body.get('file_name') or body.get('name') or ''}>"


def _spell(body: Mapping[str, Any], names: Mapping[str, str]) -> str:
    lasting = {name: value for name, value in body.items() if name not in _OF_THE_MOMENT}
    return json.dumps(_rename(lasting, names), sort_keys=True, ensure_ascii=False)


def _rename(value: Any, names: Mapping[str, str]) -> Any:
    """Names in the place of ids; what a list holds counts, and not its order."""
    match value:
        case dict():
            return {name: _rename(each, names) for name, each in value.items()}
        case list():
            return sorted((_rename(each, names) for each in value), key=repr)
        case str():
            return _ID.sub(lambda match: names.get(match[0], match[0]), value)
        case _:
            return value
