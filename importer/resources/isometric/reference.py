"""The ids of Isometric's records: `supplier_reference_id` is the external one.

Source: docs.isometric.com/user-guides/certify/supplier-reference-id. It is unique for a supplier,
whether per type or over all types is told in two ways, so over all sheets.
"""

from importer.declare.column import Column, Kind

REFERENCE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"
"""Allowed characters are not published, so only harmless ones are used."""

REFERENCE_PATTERN_SAYS = (
    "up to 100 letters, digits, dots, colons, hyphens and underscores, "
    "starting with a letter or digit"
)

ID_LENGTHS = 20, 37
"""How short and how long the service's own ids are; a request with another one is refused.

Source: docs.isometric.com/api-reference/certify/post-datapoint
"""


def reference_column(thing: str, *, example: str, also: str = "") -> Column:
    """The column *External ID* of a sheet. `also` says what else there is to know."""
    usual = f"It is how the {thing} is found again: keep it, and never use it twice."
    return Column(
        header="External ID",
        aliases=("Supplier reference ID",),
        kind=Kind.KEY,
        field="supplier_reference_id",
        required=True,
        create_only=True,
        pattern=REFERENCE_PATTERN,
        pattern_says=REFERENCE_PATTERN_SAYS,
        about=f"Your own id for this {thing}, unique over all Isometric sheets. {also or usual}",
        example=example,
        source="docs.isometric.com/user-guides/certify/supplier-reference-id",
    )
