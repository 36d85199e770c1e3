"""The two dialects of the format: transitional, which programs write, and strict."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """main: the namespace of sheets. relations: that of relations, and the start of their types."""

    main: str
    relations: str


TRANSITIONAL = Dialect(
    main="http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relations="http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = Dialect(
    main="http://purl.oclc.org/ooxml/spreadsheetml/main",
    relations="http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def is_strict(tag: bytes) -> bool:
    """Whether the tag of a part's root is in the strict dialect."""
    return STRICT.main.encode() in tag
