"""Document storage: takes the bytes of documents at addresses that a service gives out.

Such an address lets in whoever has it. So it is a secret like a password, and nothing but the
document goes there: neither our credentials nor a second request to wherever it may point.

Source: docs.isometric.com/api-reference/certify/uploading-sources.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, unquote

from importer.apis.addresses import is_loopback, split_address
from importer.apis.answers import build_answer
from importer.apis.attempts import Attempts
from importer.apis.client import Client, Request, blot_out
from importer.apis.credentials import FixedCredentials
from importer.apis.pace import Pace
from importer.apis.patience import Patience
from importer.apis.situations import Use
from importer.model.ports import Answer, Refusal, Upload, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address in two parts: the host, which may be shown, and the rest, which may not."""

    url: str
    host: str
    target: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def read_place(address: str) -> Place | None:
    """The place that an address names; None where a document must not go there.

    It has to be https, or http to this machine itself, without a user name.
    """
    parts = split_address(address)
    if parts is None or not parts.hostname or parts.username is not None or " " in address:
        return None
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        return None
    # The query as it stands, and not as it reads: every letter of it may have been signed.
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    values = [each.partition("=")[2] for each in parts.query.split("&")]
    read = [value for _, value in parse_qsl(parts.query)]
    secrets = {address, target, parts.path, unquote(parts.path), parts.query, *values, *read}
    return Place(
        url=f"{parts.scheme}://{parts.netloc}/",
        host=parts.netloc,
        target=target,
        # The longest first, so that none is left over that another one was a part of.
        secrets=tuple(sorted(secrets, key=len, reverse=True)),
    )


class Storage:
    """Whatever hosts the addresses of one service lead to; safe to use from several threads.

    None of them is the service: its pace does not count here, and their failures say nothing
    about it.
    """

    def __init__(self, *, client: Client, pace: Pace, patience: Patience) -> None:
        self._attempts = Attempts(
            client=client,
            credentials=FixedCredentials({}, secrets=()),
            pace=pace,
            patience=patience,
        )

    def put(self, address: str, upload: Upload) -> Answer:
        """Bring a document to an address, several times where it is not clear that it arrived.

        Nothing is raised: whether other addresses work is not known from this one.
        """
        place = read_place(address)
        if place is None:
            words = "The service gave no encrypted address (https) for it, so it was not sent."
            return Answer(
                verdict=Verdict.REFUSED,
                status=0,
                body={},
                refusals=(Refusal(member="", words=words),),
            )
        end = self._attempts.exchange(
            Use.DOCUMENT,
            Request(
                method="PUT",
                url=place.url,
                target=place.target,
                headers={"Content-Type": upload.content_type},
                content=upload.content,
                secrets=place.secrets,
                has_secret_answer=True,
            ),
        )
        return _tell(build_answer(end), place)


def _tell(answer: Answer, place: Place) -> Answer:
    """The answer without a body, since none counts, and with the host before the words."""
    refusals = tuple(
        # Once more: what was escaped in the body can be read in the words.
        replace(each, words=f"{place.host}: {_hide(each.words, place)}")
        for each in answer.refusals
    )
    return replace(answer, body={}, refusals=refusals)


def _hide(words: str, place: Place) -> str:
    return blot_out(words.encode(), place.secrets).decode()
