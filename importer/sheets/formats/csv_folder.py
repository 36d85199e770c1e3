"""A folder of .csv files that together are one workbook."""

import hashlib
from pathlib import Path

_ENDING = ".csv"


def list_csv_files(folder: Path) -> tuple[Path, ...]:
    """The .csv files right in a folder, by name; hidden and lock files are passed over."""
    return tuple(
        sorted(
            each
            for each in folder.iterdir()
            if each.suffix.lower() == _ENDING
            and each.is_file()
            and not each.name.startswith((".", "~$"))
        )
    )


def is_csv_folder(path: Path) -> bool:
    """Whether a path is a folder with .csv files in it."""
    return path.is_dir() and bool(list_csv_files(path))


def hash_folder(folder: Path) -> str:
    """The SHA-256 of the names and contents of the folder's .csv files."""
    whole = hashlib.sha256()
    for path in list_csv_files(folder):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{content} {path.name}\n".encode())
    return whole.hexdigest()
