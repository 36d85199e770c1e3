"""A secret: a text that does not print."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """Holds a credential. Only `reveal` gives it away, and only where it is sent."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The secret itself. Never put it into a message, a log line or a file."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __str__(self) -> str:
        return "•••"

    def __repr__(self) -> str:
        return "Secret(•••)"
