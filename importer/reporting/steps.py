"""Steps of a run in words."""

from importer.model.event import Event

_WORDS = {
    "wait": "Waiting for its turn",
    "start": "Starting",
    "check": "Checking",
    "definitions": "Reading the account",
    "look up": "Looking up what is there",
    "send": "Sending",
    "figures": "Waiting for what the service calculates",
}


def describe_step(event: Event) -> str:
    """What is being done, without numbers."""
    note = f" ({event.note})" if event.note else ""
    return _WORDS.get(event.stage, event.stage) + note
