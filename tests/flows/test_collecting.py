"""The search for garbage is put off, and goes on afterwards."""

import gc

import pytest

from importer.flows.collecting import collecting_later


def test_it_goes_on_after_a_failure_too() -> None:
    with pytest.raises(ValueError, match="much"), collecting_later():
        assert not gc.isenabled()
        raise ValueError("much")
    assert gc.isenabled()


def test_who_put_it_off_before_keeps_it_off() -> None:
    with collecting_later():
        with collecting_later():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
