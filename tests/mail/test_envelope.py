"""A letter arrives as it was meant, whatever files are called; else it is not sent."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importer.mail.envelope import pack
from importer.mail.identity import name_message, name_thread
from importer.model.failure import MessageUnsafe
from importer.model.mail import Attachment, Letter, is_address
from importer.reporting.taming import tame, tame_attachment, tame_name

INJECTION = "=?utf-8?q?a=0ABcc:_x=40y?="
HEADERS = {
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "From",
    "To",
    "Date",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
}

LETTER = Letter(
    sender="importer@plant.example",
    recipients=("eva@plant.example", "tom@plant.example"),
    subject="7 of 412 rows need a fix – kiln-2-märz.xlsx",
    text="Found “much”.\nExpected a number.\n",
    html="<p>Found “much”.</p>",
    message_id="<run-17.0123456789abcdef0123@plant.example>",
    thread="<file.0123456789abcdef0123@plant.example>",
    date=datetime(2026, 11, 24, 12, tzinfo=UTC),
    attachments=(
        Attachment(
            name="kiln-2-märz.results.xlsx",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            content=bytes(range(256)) * 4,
        ),
    ),
)

texts = st.text(max_size=200) | st.text(
    alphabet="=?utf-8QqBb_ \r\n\t:@<>,;\"'()=0A\u2028\u202e\u2066äÖ𐀀", max_size=120
)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, _class=EmailMessage, policy=SMTP)


def people(message: EmailMessage) -> list[str]:
    return [address.addr_spec for address in message["To"].addresses]


def test_a_letter_arrives_as_it_was_meant() -> None:
    content = pack(LETTER)
    message = read(content)

    assert {name: str(value) for name, value in message.items() if name != "Content-Type"} == {
        "Subject": LETTER.subject,
        "Message-ID": LETTER.message_id,
        "In-Reply-To": LETTER.thread,
        "References": LETTER.thread,
        "From": "importer@plant.example",
        "To": "eva@plant.example, tom@plant.example",
        "Date": "Tue, 24 Nov 2026 12:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().strip() == LETTER.html
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "kiln-2-märz.results.xlsx"
    assert attached.get_content() == LETTER.attachments[0].content


def test_it_travels_everywhere() -> None:
    lines = pack(LETTER).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(line.isascii() and b"\n" not in line and b"\r" not in line for line in lines)


@given(texts)
@example(INJECTION)
@example("a\r\nBcc: x@y.example")
@example("=?utf-8?b?YQpCY2M6IHhAeQ==?=.xlsx")
def test_no_subject_adds_a_header_or_a_recipient(subject: str) -> None:
    """A subject that nobody has tamed arrives to the letter, or the letter is refused."""
    try:
        message = read(pack(replace(LETTER, subject=subject)))
    except MessageUnsafe:
        return
    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert people(message) == list(LETTER.recipients)
    assert str(message["Subject"]) == subject


@given(texts)
@example(INJECTION)
@example("../../etc/passwd\x00.xlsx")
@example("invoice\u202excod.xlsx")
@example("a" * 5000 + ".xlsx")
@example("\udcff.xlsx")
def test_a_tamed_name_of_a_file_always_goes_out(name: str) -> None:
    subject = f"7 of 412 rows need a fix – {tame_name(name)}"
    attachment = Attachment(
        name=tame_attachment(name), content_type="application/x-test", content=b"x"
    )
    letter = replace(
        LETTER,
        subject=subject,
        text=f"File: {tame(name)}\n",
        html=f"<p>{tame(name)}</p>",
        attachments=(attachment,),
    )

    message = read(pack(letter))

    assert set(message.keys()) == HEADERS
    assert str(message["Subject"]) == subject
    assert "\u202e" not in subject and len(subject) < 120
    assert [each.get_filename() for each in message.iter_attachments()] == [attachment.name]


@given(texts | st.emails())
@example(f"{INJECTION}@plant.example")
@example("eva@plant.example, tom@elsewhere.example")
@example("Eva <eva@plant.example>")
@example("eva@plant.example\r\nBcc: tom@elsewhere.example")
def test_no_recipient_is_more_than_one_plain_address(recipient: str) -> None:
    letter = replace(LETTER, recipients=(recipient,))
    if not is_address(recipient):
        with pytest.raises(MessageUnsafe):
            pack(letter)
        return
    assert people(read(pack(letter))) == [recipient]


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "Importer <importer@plant.example>"},
        {"recipients": ()},
        {"message_id": "<a@b.example>\r\nBcc: <c@d.example>"},
        {"thread": "<a b@c.example>"},
        {"subject": "two\r\nlines"},
        {"attachments": (Attachment(name="a\r\nb.xlsx", content_type="a/b", content=b""),)},
    ],
)
def test_what_would_arrive_as_something_else_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(MessageUnsafe) as caught:
        pack(replace(LETTER, **change))
    assert "Rename the file" in caught.value.remedy


def test_many_recipients_all_arrive() -> None:
    many = tuple(f"person-number-{number}@department.plant.example" for number in range(60))
    assert people(read(pack(replace(LETTER, recipients=many)))) == list(many)


@pytest.mark.parametrize(
    "address", ["eva@plant.example", "e.v-a+tag@mail.plant.example", "root@localhost", "a@b"]
)
def test_plain_addresses(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "eva",
        "@plant.example",
        "eva@",
        "eva@plant..example",
        "eva@-plant.example",
        ".eva@plant.example",
        "eva@plant.example ",
        "eva@plant.example\n",
        '"eva"@plant.example',
        "eva(boss)@plant.example",
        "eva@tom@plant.example",
        "évà@plant.example",
        "eva@plänt.example",
        f"{'e' * 65}@plant.example",
        f"eva@{'p' * 64}.example",
        "=?utf-8?q?eva?=@plant.example",
    ],
)
def test_texts_that_are_no_plain_address(text: str) -> None:
    assert not is_address(text)


AT_NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_message_is_named_after_its_run() -> None:
    def name(run: int, moment: datetime = AT_NOON) -> str:
        return name_message(
            run=run, target="plant", file="/m/k.xlsx", moment=moment, sender="i@plant.example"
        )

    assert name(17) == name(17)
    assert name(17).startswith("<run-17.")
    assert name(17).endswith("@plant.example>")
    assert len({name(17), name(18), name(17, AT_NOON.replace(hour=13))}) == 3


def thread(file: str, target: str = "plant") -> str:
    return name_thread(target=target, file=file, sender="i@plant.example")


@pytest.mark.parametrize(
    "again",
    [
        "/in/kiln.results.xlsx",
        "/in/kiln.results (2).xlsx",
        "/in/kiln (1).xlsx",
        "/in/kiln - Copy.xlsx",
        "/in/Copy of kiln.xlsx",
        "/in/KILN.results.xlsm",
    ],
)
def test_messages_about_one_file_belong_together(again: str) -> None:
    assert thread(again) == thread("/in/kiln.xlsx")


@pytest.mark.parametrize("other", ["/in/kiln-2.xlsx", "/north/kiln.xlsx"])
def test_messages_about_other_files_do_not(other: str) -> None:
    assert thread(other) != thread("/in/kiln.xlsx")
    assert thread("/in/kiln.xlsx", "other") != thread("/in/kiln.xlsx")
