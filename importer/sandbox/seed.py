"""What every new sandbox holds: one fictional biochar plant, Norrbark Biochar.

The plain data stands in `cula.seed` and `isometric.seed`. All ids in it are fixed; only the
organisation ids differ from one sandbox to the next.
"""

from importer.sandbox.cula import seed as cula
from importer.sandbox.cula.kinds import CONFIG, CONFIG_VERSION, SITE
from importer.sandbox.isometric import seed as isometric
from importer.sandbox.isometric.kinds import (
    BLUEPRINT,
    DATAPOINT,
    FEEDSTOCK_TYPE,
    PROJECT,
    TEMPLATE,
)
from importer.sandbox.isometric.units import find_unit
from importer.sandbox.store import Store

PROJECT_ID = isometric.PROJECT_ID


def plant(store: Store) -> None:
    """Put the plant into an empty store."""
    with store.transaction():
        _plant_cula(store)
        _plant_isometric(store)


def _plant_cula(store: Store) -> None:
    organisation = {"id": store.identity.cula_organisation_id, "external_id": None}
    for site in cula.SITES:
        body = {**site, "organisation": organisation}
        store.insert(SITE, body, reference=site["external_id"])
    for config in cula.CONFIGS:
        store.insert(CONFIG, config)
    for version in cula.CONFIG_VERSIONS:
        store.insert(CONFIG_VERSION, version, parent=version["config_id"])


def _plant_isometric(store: Store) -> None:
    store.insert(PROJECT, isometric.PROJECT)
    for feedstock_type in isometric.FEEDSTOCK_TYPES:
        reference = feedstock_type["supplier_reference_id"]
        store.insert(FEEDSTOCK_TYPE, feedstock_type, reference=reference)
    for blueprint in isometric.BLUEPRINTS:
        store.insert(BLUEPRINT, {"id": blueprint["key"], **blueprint})
    for datapoint in isometric.DATAPOINTS:
        kind = find_unit(datapoint["quantity"]["unit"]).kind
        store.insert(
            DATAPOINT,
            {**datapoint, "_quantity_kind": kind},
            reference=datapoint["supplier_reference_id"],
        )
    store.insert(TEMPLATE, isometric.TEMPLATE, parent=isometric.PROJECT_ID)
