"""The SHA-256 of a file: by what it holds it is known again, whatever it is called."""

import hashlib
from pathlib import Path


def hash_file(path: Path) -> str | None:
    """SHA-256 in hexadecimal; None where the file cannot be read just now."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
