"""A folder of .csv files that together are one workbook."""

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
