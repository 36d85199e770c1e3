"""Certificates of an authority of the tests, and mail servers that show them."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.mail.post_office import PostOffice, open_post_office


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    """The file that a user names in the settings."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def shown(authority: trustme.CA) -> ssl.SSLContext:
    """What a server shows for 127.0.0.1."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def office(shown: ssl.SSLContext) -> Iterator[PostOffice]:
    """A server that asks for STARTTLS."""
    with open_post_office(starttls=shown) as opened:
        yield opened


@pytest.fixture
def open_office() -> Iterator[PostOffice]:
    """A server that knows no encryption."""
    with open_post_office() as opened:
        yield opened
