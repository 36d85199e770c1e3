"""What a target is called in texts: the first line of every run."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from importer.model.ports import Organisation
from importer.model.report import TargetFacts
from importer.settings.target import Target

TEST_HOSTS = {
    "api.demo.cula.earth": "cula-demo",
    "api.sandbox.isometric.com": "isometric-sandbox",
}
"""The services' own hosts for tries, by the names that tell them from our sandbox."""


def build_facts(target: Target, organisations: Mapping[str, Organisation]) -> TargetFacts:
    """Name, hosts, organisations and origin of a target.

    organisations: by service, as far as they were asked for; one without a name goes by its id.
    """
    addresses = {
        service: settings.base_url
        for service, settings in (("cula", target.cula), ("isometric", target.isometric))
        if settings
    }
    return TargetFacts(
        name=target.name,
        hosts=tuple((service, name_host(url)) for service, url in addresses.items()),
        organisations=tuple(
            (service, organisations[service].name or organisations[service].id)
            for service in addresses
            if service in organisations
        ),
        origin=target.origin,
    )


def name_host(address: str) -> str:
    """The host of an address, with its port if it states one; the services' own by name."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in TEST_HOSTS:
        return TEST_HOSTS[host]
    return f"{host}:{parts.port}" if parts.port else host
