"""A letter in the form in which it travels, read again before anyone sends it.

What a mail program reads is not always what was written: Python 3.11 decodes the encoded words of
a subject and then writes the line breaks in them, so `=?utf-8?q?a=0ABcc:_x=40y?=` becomes a header
of its own. So the finished bytes are parsed and compared with what was meant.
"""

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from importer.model.failure import MessageUnsafe
from importer.model.mail import Attachment, Letter, is_address

_POLICY: "EmailPolicy[EmailMessage]" = SMTP.clone(message_factory=EmailMessage)

_BY_HAND = ("Subject", "Message-ID", "In-Reply-To", "References")
"""Headers that `EmailMessage` may write as something else: it folds long ids into encoded words."""

_BY_LIBRARY = ("From", "To", "Date", "Auto-Submitted")

_HEADERS = (*_BY_HAND, *_BY_LIBRARY)

_ID = re.compile(r"<[A-Za-z0-9.-]+@[A-Za-z0-9.-]+>")

_OF_MIME = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding")


def pack(letter: Letter) -> bytes:
    """The letter as bytes, ASCII only, lines ending with CRLF.

    Raises MessageUnsafe where a header, a recipient or a part would arrive as something else.
    """
    _refuse_odd_addresses(letter)
    try:
        content = _write_head(letter) + _build(letter).as_bytes(policy=_POLICY)
        parsed = message_from_bytes(content, policy=_POLICY)
        lost = _find_difference(parsed, letter, content)
    except (ValueError, LookupError, HeaderParseError) as error:
        # What the library makes of odd text differs between versions of Python.
        raise _unsafe("it cannot be written") from error
    if lost:
        raise _unsafe(f"{lost} would arrive as something else")
    return content


def _unsafe(words: str) -> MessageUnsafe:
    return MessageUnsafe(
        f"The message was not sent, because {words}.",
        remedy="Rename the file with plain letters, digits and dashes, and import it again.",
    )


def _refuse_odd_addresses(letter: Letter) -> None:
    if not letter.recipients or not all(map(is_address, (letter.sender, *letter.recipients))):
        raise _unsafe("one of its addresses is none")
    if not all(map(_ID.fullmatch, (letter.message_id, letter.thread))):
        raise _unsafe("its number is none")


def _write_head(letter: Letter) -> bytes:
    """The subject as encoded words throughout, so that nothing in it is read as anything else.

    Folding of `EmailMessage` loses spaces between words of several scripts (Python 3.11).
    """
    subject = Header(letter.subject, "utf-8", header_name="Subject").encode(linesep="\r\n")
    values = _headers(letter) | {"Subject": subject}
    return "".join(f"{name}: {values[name]}\r\n" for name in _BY_HAND).encode("ascii")


def _build(letter: Letter) -> EmailMessage:
    """The letter without the headers that are written by hand."""
    message = EmailMessage(policy=_POLICY)
    for name in _BY_LIBRARY:
        message[name] = _headers(letter)[name]
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for each in letter.attachments:
        main, _, sub = each.content_type.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message


def _headers(letter: Letter) -> dict[str, str]:
    """All headers but those of the parts.

    `Auto-Submitted` keeps answering machines silent: rfc-editor.org/rfc/rfc3834 section 5.
    """
    return {
        "Subject": letter.subject,
        "Message-ID": letter.message_id,
        "In-Reply-To": letter.thread,
        "References": letter.thread,
        "From": letter.sender,
        "To": ", ".join(letter.recipients),
        "Date": format_datetime(letter.date),
        "Auto-Submitted": "auto-generated",
    }


def _find_difference(parsed: EmailMessage, letter: Letter, content: bytes) -> str:
    """What is not as it was meant; empty where all is."""
    names = [name for name in parsed.keys() if name not in _OF_MIME]  # noqa: SIM118 - with repeats
    if names != list(_HEADERS) or _raw_names(content) != parsed.keys():
        return "its head"
    for name, value in _headers(letter).items():
        if str(parsed[name]) != value:
            return f"the header {name}"
    if _recipients(parsed) != list(letter.recipients):
        return "a recipient"
    return _find_other_part(parsed, letter)


def _raw_names(content: bytes) -> list[str]:
    """The names of the headers as the plainest of readers sees them: line by line."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.partition(":")[0] for line in lines if not line.startswith((" ", "\t"))]


def _recipients(parsed: EmailMessage) -> list[str]:
    return [address.addr_spec for address in parsed["To"].addresses]


def _find_other_part(parsed: EmailMessage, letter: Letter) -> str:
    bodies = [parsed.get_body((kind,)) for kind in ("plain", "html")]
    texts = [_lines(body.get_content()) if body else None for body in bodies]
    if texts != [_lines(letter.text), _lines(letter.html)]:
        return "its text"
    arrived = [
        Attachment(
            name=part.get_filename() or "",
            content_type=part.get_content_type(),
            content=part.get_content(),
        )
        for part in parsed.iter_attachments()
    ]
    return "" if arrived == list(letter.attachments) else "an attachment"


def _lines(text: str) -> list[str]:
    """Lines without regard to how they end."""
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")
