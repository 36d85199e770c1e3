"""JSON of any shape: what a service might send in the place of what is documented."""

from hypothesis import strategies as st

from importer.model.record import Json

SHAPES: list[Json] = [None, True, 0, -1.5, 10**400, "", "x", [], [None], [[]], {}, {"id": None}]

_names = st.sampled_from(
    [
        "id",
        "key",
        "name",
        "type",
        "groups",
        "components",
        "inputs",
        "input_key",
        "display_name",
        "blueprint_key",
        "datapoint_id",
        "datapoint_ids",
        "data_shape",
        "config_id",
        "input_value",
        "validation",
        "min",
        "max",
        "value",
        "unit",
        "options",
        "select_config",
        "ghg_entry_template_component_id",
    ]
)

json_documents: st.SearchStrategy[Json] = st.recursive(
    st.sampled_from([None, True, 0, 2.5, 10**400, "x", "rtc_1", "fixed", "LIST", "timestamp"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=5)
    ),
    max_leaves=25,
)
"""Documents whose members have the right names, and any values."""
