"""Text from outside, made harmless for a line: it can neither break out of it nor turn it round."""

import re
import unicodedata

_LONGEST_NAME = 80

_TURNERS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of the text behind them: `xslx.exe` shows as `exe.xlsx`."""

_ENCODED_WORD = re.compile(r"=(?=\?)|(?<=\?)=")
"""Opens and closes a word that mail programs decode: rfc-editor.org/rfc/rfc2047 section 2."""


def tame(text: str) -> str:
    """The text on one line, without control characters and without ones that turn its direction."""
    return "".join(map(_tame_character, _TURNERS.sub("", text))).strip()


def _tame_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    # Half a character, as in file names that are no valid text, cannot be written at all.
    return "\N{REPLACEMENT CHARACTER}" if category == "Cs" else character


def tame_name(name: str) -> str:
    """A file's name for a subject or an attachment: tame, short, and no encoded word in it."""
    plain = " ".join(tame(_ENCODED_WORD.sub("-", tame(name))).split())
    if len(plain) <= _LONGEST_NAME:
        return plain
    end = plain[-_LONGEST_NAME // 3 :]
    return f"{plain[: _LONGEST_NAME - len(end) - 1].rstrip()}…{end.lstrip()}"


def tame_attachment(name: str) -> str:
    """A file's name as an attachment bears it: letters, digits and what file names commonly hold.

    Mail programs and Python disagree about how anything else is written in a header.
    """
    plain = "".join(each if each.isalnum() or each in " ._-()" else "-" for each in tame_name(name))
    return plain.strip(" .") or "workbook"
