"""Addresses: where credentials may go, and how paths are written."""

import pytest

from importer.apis.addresses import (
    add_query,
    add_step,
    check_address,
    fill,
    read_host,
    split_address,
)
from importer.model.failure import SettingsInvalid, SettingsMissing


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://api.demo.cula.earth/tracking/v1", "https://api.demo.cula.earth/tracking/v1"),
        ("https://api.demo.cula.earth/tracking/v1/", "https://api.demo.cula.earth/tracking/v1"),
        (" https://api.isometric.com:8443/mrv/v0\n", "https://api.isometric.com:8443/mrv/v0"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_addresses_that_may_be_used(address, kept):
    assert check_address("base_url", address) == kept


@pytest.mark.parametrize(
    "address",
    [
        "http://api.demo.cula.earth/tracking/v1",
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "ftp://localhost/",
        "api.demo.cula.earth",
        "https://",
        "https:///path",
        "https://host:port/",
        "https://host:99999/",
        "https://[::1/",
        "https://a..b/",
        "https://ho\x00st/",
        "https://hö.st/",
        "https://user:pass-word@host/",
        "https://host/?token=pass-word",
        "https://host/#pass-word",
    ],
)
def test_addresses_that_may_not(address):
    with pytest.raises(SettingsInvalid, match="base_url") as refused:
        check_address("base_url", address)
    assert "pass-word" not in str(refused.value) + refused.value.remedy


def test_no_address():
    with pytest.raises(SettingsMissing, match="base_url is not set"):
        check_address("base_url", "  ")


@pytest.mark.parametrize(
    ("path", "filled"),
    [
        ("/sites", "/sites"),
        ("/datapoints?project_id={project_id}", "/datapoints?project_id=prj_1"),
        ("/projects/{project_id}/x?y={odd}", "/projects/prj_1/x?y=a%2Fb%3Fc%3Dd%26e%20%7B%7D%23"),
        ("/component_blueprints/grid electricity", "/component_blueprints/grid%20electricity"),
        ("/x/%2Fkept", "/x/%2Fkept"),
        ("/ü#x", "/%C3%BC%23x"),
    ],
)
def test_paths_are_filled_and_encoded(path, filled):
    assert fill(path, {"project_id": "prj_1", "odd": "a/b?c=d&e {}#"}) == filled


@pytest.mark.parametrize("path", ["/projects/{project_id}/x", "/x/{id}"])
def test_a_setting_that_is_not_there_is_named(path):
    with pytest.raises(SettingsMissing, match=r"(project_id|id) is not set"):
        fill(path, {"project_id": ""})


@pytest.mark.parametrize("address", ["https://ü/", "https://x/\n", "https://x:y/", "https://[/"])
def test_what_cannot_be_an_address_has_no_parts(address):
    assert split_address(address) is None


def test_queries_and_steps_are_added():
    assert add_query("/x", {"first": "50", "after": "a+b/c="}) == "/x?first=50&after=a%2Bb%2Fc%3D"
    assert add_query("/x?y=1", {"first": "50"}) == "/x?y=1&first=50"
    assert add_step("/x", "ext-a/b c?") == "/x/ext-a%2Fb%20c%3F"
    assert add_step("/x?y=1", "ext-a") == "/x/ext-a?y=1"
    assert read_host("https://api.isometric.com:8443/mrv/v0") == "api.isometric.com:8443"
