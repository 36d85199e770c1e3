"""Which servers are trusted: the certificates of the moment, read once for all clients."""

import os
import ssl
from functools import lru_cache
from pathlib import Path

import httpx


def trusted_certificates() -> ssl.SSLContext:
    """What httpx trusts with the environment as it is. To read it takes longer than an exchange."""
    stated = Path(os.environ.get("SSL_CERT_FILE", ""))
    changed = stated.stat().st_mtime_ns if stated.is_file() else 0
    return _read(str(stated), changed, os.environ.get("SSL_CERT_DIR", ""))


@lru_cache(maxsize=1)
def _read(_file: str, _changed: int, _folder: str) -> ssl.SSLContext:
    """Read anew when one of these is another one than before."""
    return httpx.create_ssl_context()
