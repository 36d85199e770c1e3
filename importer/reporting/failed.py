"""The document of a command that could not run. It needs nothing of the model: it loads at once."""

from collections.abc import Mapping


def build_failed(
    verb: str, version: str, *, exit_code: int, message: str, remedy: str
) -> Mapping[str, object]:
    """The members of `build_document`, with the reason and what to do about it in `error`."""
    return {
        "importer": version,
        "command": verb,
        "target": None,
        "exit_code": exit_code,
        "error": {"message": message, "remedy": remedy},
        "notes": [],
        "files": [],
    }
