"""The upload form, read while it arrives: its files go to the disk, and no further than allowed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool

from importer.flows.intake import Arrived, Intake, Part
from importer.model.failure import ImporterError, UploadRefused

_LONGEST_FIELD = 200
_MOST_DRAINED = 2_000_000_000
_PARTS = {each.value: each for each in Part}


@dataclass(slots=True)
class _Form:
    """Callbacks of the parser: files to the intake, other fields to `fields`."""

    intake: Intake
    fields: dict[str, str] = field(default_factory=dict)
    is_complete: bool = False
    _header: bytes = b""
    _value: bytes = b""
    _disposition: bytes = b""
    _name: str = ""
    _is_file: bool = False
    _text: bytes = b""

    def on_part_begin(self) -> None:
        self._header = self._value = self._disposition = self._text = b""
        self._name, self._is_file = "", False

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode(errors="replace")
        file = options.get(b"filename", b"").decode(errors="replace")
        if file and self._name in _PARTS:
            self._is_file = True
            self.intake.begin(_PARTS[self._name], file)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.intake.write(data[start:end])
        elif len(self._text) < _LONGEST_FIELD:
            self._text += data[start:end][:_LONGEST_FIELD]

    def on_part_end(self) -> None:
        if self._is_file:
            self.intake.end()
        elif self._name not in _PARTS:
            self.fields[self._name] = self._text.decode(errors="replace")

    def on_end(self) -> None:
        self.is_complete = True


async def receive(
    intake: Intake, content_type: str, stream: AsyncIterator[bytes]
) -> tuple[Arrived, dict[str, str]]:
    """Take the form in; answers with the upload and the other fields.

    Raises UploadTooLarge and UploadRefused, and leaves nothing behind then, nor where the sender
    hangs up.
    """
    try:
        return await _take_in(intake, content_type, stream)
    except ImporterError:
        # A browser shows an answer only when all that it sends was taken from it.
        await _drain(stream)
        raise


async def _take_in(
    intake: Intake, content_type: str, stream: AsyncIterator[bytes]
) -> tuple[Arrived, dict[str, str]]:
    form, arrived = _Form(intake), None
    try:
        await _feed(form, content_type, stream)
        arrived = await run_in_threadpool(intake.finish)
    finally:
        if arrived is None:
            intake.discard()
    return arrived, form.fields


async def _feed(form: _Form, content_type: str, stream: AsyncIterator[bytes]) -> None:
    kind, options = parse_options_header(content_type)
    try:
        if kind != b"multipart/form-data":
            raise FormParserError("no form with files")
        parser = MultipartParser(
            options.get(b"boundary", b""),
            {
                "on_part_begin": form.on_part_begin,
                "on_part_data": form.on_part_data,
                "on_part_end": form.on_part_end,
                "on_header_field": form.on_header_field,
                "on_header_value": form.on_header_value,
                "on_header_end": form.on_header_end,
                "on_headers_finished": form.on_headers_finished,
                "on_end": form.on_end,
            },
        )
        async for piece in stream:
            await run_in_threadpool(parser.write, piece)
    except FormParserError as failure:
        raise _not_a_form() from failure
    if not form.is_complete:
        raise _not_a_form()


async def _drain(stream: AsyncIterator[bytes]) -> None:
    left = _MOST_DRAINED
    async for piece in stream:
        left -= len(piece)
        if left < 0:
            return


def _not_a_form() -> UploadRefused:
    return UploadRefused(
        "What was sent is not the upload form of this page.",
        remedy="Open the first page and send the workbook from there.",
    )
