"""Text cells: outer and invisible spaces go, with a word about it."""

import unicodedata

_INVISIBLE = dict.fromkeys(
    (
        0x00AD,  # soft hyphen
        0x061C,  # marks of the writing direction, which come along from web pages and mails
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    )
)
_SPACES = {0x00A0: " ", 0x2007: " ", 0x202F: " "}


def is_unseen(text: str) -> bool:
    """Whether nobody would see anything of the text."""
    if text.isprintable():
        return not text.strip()
    return all(each.isspace() or unicodedata.category(each) == "Cf" for each in text)


def trim(text: str) -> tuple[str, bool]:
    """The text without outer and invisible spaces, and whether anything unseen was taken off.

    A plain blank at the end is taken off too, but a line break within the text stays.
    """
    if text.isprintable():  # as most are; none of the signs above is
        trimmed = text.strip()
    else:
        trimmed = text.translate(_INVISIBLE).translate(_SPACES).strip()
    return trimmed, trimmed != text


def squeeze(text: str) -> str:
    """The text as it is compared with names: one blank between words, regardless of case.

    Letters that look alike are alike, however they are put together: `ä` of one sign or of two,
    `m³` and `m3`.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", trim(text)[0])
    return " ".join(plain.split()).casefold()
