"""States for property tests."""

from hypothesis import strategies as st

from importer.model.record import Json

_texts = st.sampled_from(["", "kg", "kilogram", "t", "Grid electricity", "ext-1"])
_numbers = st.one_of(
    st.integers(-3, 3), st.floats(-3, 3, allow_nan=False), st.sampled_from([1e300, 10**400])
)

values: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    _texts,
    _numbers,
    st.lists(_texts, max_size=2, unique=True).map(sorted),
    st.fixed_dictionaries({"value": _numbers, "unit": _texts}),
)
"""What a field of a state may hold."""

fields = st.sampled_from(["config_id", "quantity.unit", "description", "data_points[dpc_1]"])

states = st.dictionaries(fields, values, max_size=4)
"""A state with few fields and few values, so that two of them often agree in part."""
