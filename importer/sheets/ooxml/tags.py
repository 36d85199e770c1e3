"""Markup as bytes: where elements start and end, so that all around them can stay as it is.

The bytes are UTF-8 or another encoding in which markup is ASCII; what is written is ASCII, so it
fits into each of them.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TAG = re.compile(rb"<(/?)([^\s/<>!?\"'=]++)((?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>")
"""A tag: whether it closes, its name, and its attributes with the `/` of one without content."""

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|" + TAG.pattern,
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+')")
_SPACE = b" \t\r\n"
ESCAPED = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet program would take for one character that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element in some bytes: it starts, its content starts and ends, and it ends there."""

    name: bytes
    start: int
    inner: int
    close: int
    end: int

    @property
    def local(self) -> str:
        """Its name without prefix."""
        return local_name(self.name)


def local_name(name: bytes) -> str:
    """A name without its prefix."""
    return name.rpartition(b":")[2].decode(errors="replace")


def prefix_of(name: bytes) -> bytes:
    """The prefix of a name with its colon; empty where it has none."""
    return name[: name.rfind(b":") + 1]


def children(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """The elements of that stretch, but not those inside of them; ends where it is closed."""
    depth, name, begin, inner = 0, b"", 0, 0
    for token in _TOKEN.finditer(data, start, len(data) if end is None else end):
        if token[2] is None:
            continue
        if token[1]:
            depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield Element(name, begin, inner, token.start(), token.end())
        elif token[3].endswith(b"/"):
            if depth == 0:
                yield Element(token[2], token.start(), token.end(), token.end(), token.end())
        else:
            if depth == 0:
                name, begin, inner = token[2], token.start(), token.end()
            depth += 1


def find_child(data: bytes, parent: Element, local: str) -> Element | None:
    """The first child of that name."""
    found = (each for each in children(data, parent.inner, parent.close) if each.local == local)
    return next(found, None)


def find_opening(data: bytes, local: str) -> tuple[re.Match[bytes] | None, re.Match[bytes] | None]:
    """The tag of the root, and of its first child with that name, as far as the bytes go."""
    root, depth = None, 0
    for token in _TOKEN.finditer(data):
        if token[2] is None:
            continue
        if token[1]:
            depth -= 1
            continue
        root = root or token
        if depth == 1 and local_name(token[2]) == local:
            return root, token
        depth += not token[3].endswith(b"/")
    return root, None


def find_end(data: bytes, name: bytes, start: int) -> tuple[int, int]:
    """Where the tag that closes an element starts and ends; (-1, -1) where it is not there yet.

    start: where its content starts. It is one of those that do not hold another of their name.
    """
    close = data.find(b"</" + name, start)
    end = close + len(name) + 3
    if close >= 0 and data[end - 1 : end] != b">":
        close, end = _find_spaced(data, name, close)
    if close >= 0 and (data.find(b"<!", start, close) >= 0 or data.find(b"<?", start, close) >= 0):
        return _walk_to_end(data, start)
    return (close, end) if close >= 0 else (-1, -1)


def _find_spaced(data: bytes, name: bytes, start: int) -> tuple[int, int]:
    """The same where the name goes on: with space behind it, or as another name."""
    wanted = b"</" + name
    at = data.find(wanted, start)
    while at >= 0 and data[at + len(wanted) : at + len(wanted) + 1] not in b"> \t\r\n":
        at = data.find(wanted, at + 1)
    end = data.find(b">", at) + 1 if at >= 0 else 0
    return (at, end) if end else (-1, -1)


def _walk_to_end(data: bytes, start: int) -> tuple[int, int]:
    """The same past comments and the like, in which anything may stand."""
    depth = 1
    for token in _TOKEN.finditer(data, start):
        if token[2] is not None:
            depth += -1 if token[1] else not token[3].endswith(b"/")
            if depth == 0:
                return token.start(), token.end()
    return -1, -1


def attributes(tag: bytes) -> Mapping[str, str]:
    """The attributes of a tag by their names without prefix; no declarations of namespaces."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        if name != b"xmlns" and not name.startswith(b"xmlns:"):
            found.setdefault(local_name(name), unescape(value[1:-1]))
    return found


def namespaces(tag: bytes) -> Mapping[str, str]:
    """The namespaces that a tag declares, by their prefixes."""
    return {
        name.partition(b":")[2].decode(errors="replace"): unescape(value[1:-1])
        for name, value in _ATTRIBUTE.findall(tag)
        if name == b"xmlns" or name.startswith(b"xmlns:")
    }


def set_attribute(tag: bytes, name: bytes, value: str) -> bytes:
    """The tag with that attribute: changed in its place, or at the end."""
    shown = b'"' + escape(value) + b'"'
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return tag[: match.start(2)] + shown + tag[match.end(2) :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip(_SPACE) + b" " + name + b"=" + shown + tag[end:]


def drop_attribute(tag: bytes, name: bytes) -> bytes:
    """The tag without that attribute and the space before it."""
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name:
            return tag[: match.start()].rstrip(_SPACE) + tag[match.end() :]
    return tag


def open_tag(tag: bytes) -> bytes:
    """A tag without content as one that has some."""
    return tag[:-2].rstrip(_SPACE) + b">" if tag.endswith(b"/>") else tag


def escape(text: str) -> bytes:
    """A text as content or as the value of an attribute, in ASCII."""
    return html.escape(text).encode("ascii", "xmlcharrefreplace")


def escape_cell(text: str) -> bytes:
    """A text of a cell, in which `_x000D_` and its like stand for themselves."""
    escaped = escape(text)
    return ESCAPED.sub(b"_x005F_", escaped) if b"_x" in escaped else escaped


def unescape(value: bytes) -> str:
    """What is written there as text."""
    text = value.decode("utf-8", errors="replace")
    return html.unescape(text) if "&" in text else text


def text_of(data: bytes, element: Element) -> str:
    """The text of an element without elements in it: comments do not count, CDATA does."""
    inner = data[element.inner : element.close]
    if b"<" not in inner:
        return unescape(inner)
    parts, at = [], 0
    for token in _TOKEN.finditer(inner):
        parts.append(unescape(inner[at : token.start()]))
        if token[0].startswith(b"<![CDATA["):
            parts.append(token[0][9:-3].decode("utf-8", errors="replace"))
        at = token.end()
    return "".join((*parts, unescape(inner[at:])))


def add_prefix(data: bytes, prefix: bytes) -> bytes:
    """Elements without prefix as elements with one."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix, data) if prefix else data


def splice(data: bytes, changes: Iterator[tuple[int, int, bytes]]) -> bytes:
    """The bytes with stretches of them replaced; what is put where nothing was comes first."""
    pieces, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        pieces += [data[at:start], new]
        at = end
    return b"".join((*pieces, data[at:]))
