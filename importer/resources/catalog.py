"""All resources, definitions and books. A new sheet is one new file and its line here."""

from importer.declare.catalog import Book, Catalog
from importer.resources.cula.account import EMISSION_LOG_CONFIG, SITE
from importer.resources.cula.emission_log import EMISSION_LOG
from importer.resources.cula.file import FILE
from importer.resources.isometric.account import (
    COMPONENT_BLUEPRINT,
    ENTRY_TEMPLATE,
    FEEDSTOCK_TYPE,
)
from importer.resources.isometric.component import COMPONENT
from importer.resources.isometric.datapoint import DATAPOINT
from importer.resources.isometric.entry import ENTRY
from importer.resources.isometric.feedstock_type import FEEDSTOCK_TYPE_ROW
from importer.resources.isometric.source import SOURCE
from importer.resources.isometric.statement import STATEMENT

CATALOG = Catalog(
    resources=(
        EMISSION_LOG,
        FILE,
        SOURCE,
        DATAPOINT,
        FEEDSTOCK_TYPE_ROW,
        COMPONENT,
        ENTRY,
        STATEMENT,
    ),
    definitions=(SITE, EMISSION_LOG_CONFIG, ENTRY_TEMPLATE, COMPONENT_BLUEPRINT, FEEDSTOCK_TYPE),
    books=(
        Book(
            name="carbon-import",
            title="Emission logs, datapoints and GHG entries",
            services=("cula", "isometric"),
        ),
        Book(name="cula", title="Emission logs for Cula", services=("cula",)),
        Book(
            name="isometric",
            title="Datapoints and GHG entries for Isometric",
            services=("isometric",),
        ),
    ),
)
