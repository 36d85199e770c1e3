"""Secrets that sing: known ones in every setting, services that repeat all they are sent, and then
a search through every byte that was written or said.

`python tests/reliability/canary.py` prints what was searched, and what was found.
"""

import base64
import contextlib
import io
import json
import logging
import os
import re
import ssl
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import quote

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

import trustme

from importer.apis.breaker import Breaker
from importer.apis.patience import Patience
from importer.cli.main import run
from importer.flows import creating, recovery, settling
from importer.sandbox.server import Running, running
from importer.sandbox.switches import Switches
from reliability.books import Book, build_small_month
from reliability.wire_line import Line, open_line
from tests.mail import post_office

DATABASE_PASSWORD = "canary-database-4d1c9e70"
_SHORTEST = 8
_OK = 200
_BLANK = b"\r\n\r\n"
_SIGNED = re.compile(rb"https?://[^\s\"]*/_storage/[^\s\"]+\?[^\s\"\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Which requests are answered with an echo, how often, and how.

    hits: of which method and path. echo: makes the answer out of what was sent, as one text.
    by_key: whether Cula is signed in to with an API key.
    """

    name: str
    hits: Callable[[str, str], bool] = lambda _method, _path: False
    status: int = 500
    echo: Callable[[str], str] = lambda text: text
    headers: bool = False
    times: int = 10_000
    by_key: bool = False


def _as_detail(text: str) -> str:
    return json.dumps({"detail": [{"loc": ["body", text], "msg": text, "type": "echo"}]})


def _as_error(text: str) -> str:
    complaint = {"code": text, "param": text, "message": text}
    error = {"type": text, **complaint, "request_id": text, "details": [complaint]}
    return json.dumps({"error": error, "detail": text})


def _as_page(text: str) -> str:
    return f"<html><body><pre>{text}</pre></body></html>"


def _as_member(text: str) -> str:
    return json.dumps({"your_request": text, "message": text})


def _on_storage(path: str) -> bool:
    return path.startswith("/_storage")


def _is_token(_method: str, path: str) -> bool:
    return path.startswith("/oauth2")


def _is_read(method: str, path: str) -> bool:
    return method == "GET" and not _on_storage(path)


def _is_write(method: str, path: str) -> bool:
    return method != "GET" and not path.startswith(("/oauth2", "/_storage"))


def _is_upload(method: str, path: str) -> bool:
    return method == "PUT" and _on_storage(path)


def _is_own(_method: str, path: str) -> bool:
    return path.startswith(("/mrv/v0/organisation", "/tracking/v1/sites"))


ECHOES = {"detail": _as_detail, "error": _as_error, "page": _as_page, "text": lambda text: text}
SCENES = (
    Scene(name="undisturbed"),
    *(
        Scene(name=f"writes: {status} as {name}", hits=_is_write, status=status, echo=echo)
        for status in (401, 403, 422, 500)
        for name, echo in ECHOES.items()
    ),
    Scene(name="writes: 409", hits=_is_write, status=409, echo=_as_error),
    Scene(name="writes: 302", hits=_is_write, status=302, echo=_as_page, headers=True),
    Scene(name="writes: echo in headers", hits=_is_write, status=422, echo=_as_error, headers=True),
    Scene(
        name="writes: 200 with an echo and no record", hits=_is_write, status=200, echo=_as_member
    ),
    Scene(name="writes: 500 once", hits=_is_write, status=500, echo=_as_error, times=1),
    *(
        Scene(name=f"reads: {status}", hits=_is_read, status=status, echo=_as_error)
        for status in (401, 403, 500)
    ),
    Scene(name="reads: 200 with an echo", hits=_is_read, status=200, echo=_as_member),
    Scene(name="the organisation: 403", hits=_is_own, status=403, echo=_as_detail),
    *(
        Scene(name=f"sign-in: {status}", hits=_is_token, status=status, echo=echo)
        for status, echo in (
            (400, _as_error),
            (401, _as_page),
            (500, _as_detail),
            (200, _as_member),
        )
    ),
    *(
        Scene(name=f"uploads: {status}", hits=_is_upload, status=status, echo=echo)
        for status, echo in ((400, _as_page), (403, _as_page), (500, _as_error), (302, _as_page))
    ),
    *(
        Scene(name=f"API key, {name}", hits=hits, status=status, echo=echo, by_key=True)
        for name, hits, status, echo in (
            ("writes: 422", _is_write, 422, _as_error),
            ("undisturbed", lambda _method, _path: False, 500, _as_error),
            ("writes: 401", _is_write, 401, _as_error),
            ("the organisation: 403", _is_own, 403, _as_page),
            ("reads: 500", _is_read, 500, _as_detail),
        )
    ),
)


@dataclass(slots=True, kw_only=True)
class Birds:
    """The secrets by name; those that the services give out are added as they come."""

    known: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)

    def note(self, request: bytes, answer: bytes) -> None:
        """Keep what was presented and what was given out."""
        for line in request.partition(_BLANK)[0].split(b"\r\n"):
            name, _, text = line.decode().partition(": ")
            if name.lower() == "authorization":
                self.given[text.partition(" ")[2]] = f"presented {text.partition(' ')[0]}"
        for address in _SIGNED.findall(answer):
            whole = address.decode()
            self.given[whole.partition("?")[2]] = "signature of an address"
            self.given[whole] = "signed address"
        body = answer.partition(_BLANK)[2]
        with contextlib.suppress(ValueError, AttributeError):
            token = json.loads(body).get("access_token")
            if token:
                self.given[str(token)] = "access token"

    def spell(self) -> Iterator[tuple[str, bytes]]:
        """Each in every spelling in which it might stand somewhere."""
        pairs = [*((name, text) for name, text in self.known.items())]
        pairs += [(name, text) for text, name in self.given.items()]
        for name, text in pairs:
            for spelling in {text, quote(text, safe=""), json.dumps(text)[1:-1]}:
                yield name, spelling.encode()
            yield f"{name}, in base64", base64.b64encode(text.encode())


@dataclass(slots=True, kw_only=True)
class Echo:
    """What the line does to answers in one scene."""

    scene: Scene
    birds: Birds
    happened: int = 0

    def __call__(self, request: bytes, answer: bytes) -> bytes:
        """The answer, or an echo of the request and of the answer."""
        self.birds.note(request, answer)
        method, path = request.split(b" ", 2)[:2]
        if not self.scene.hits(method.decode(), path.decode()) or self.happened >= self.scene.times:
            return answer
        self.happened += 1
        sent = request.decode(errors="replace").replace("\r\n", " ; ")
        # Beside what was sent stands what the service would have said, signed addresses included.
        own = answer.partition(_BLANK)[2].decode(errors="replace")
        if self.scene.hits is _is_token and self.scene.status != _OK:
            # A refusal to give a token gives none.
            own = ""
        body = self.scene.echo(f"{own} ; {sent}").encode()
        more = ""
        if self.scene.headers:
            secret = _find_presented(request)
            more = "".join(
                f"{name}: {value}\r\n"
                for name, value in (
                    ("Cula-Request-Id", secret),
                    ("Location", f"http://127.0.0.1:9/{secret}"),
                    ("Retry-After", secret),
                    ("Server", secret),
                )
            )
        return (
            f"HTTP/1.1 {self.scene.status} Echo\r\nContent-Type: application/json\r\n{more}"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


def _find_presented(request: bytes) -> str:
    """The credentials of a request."""
    found = re.search(rb"(?i)\r\nauthorization: \w+ ([^\r]+)", request)
    return found[1].decode() if found else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryFigures:
    """What was searched, and where a secret was found."""

    scenes: int
    secrets: int
    places: int
    size: int
    echoes: int
    hits: tuple[str, ...]
    silent: tuple[str, ...]
    """Scenes in which nothing was echoed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cage:
    """The service behind its line, and the mail server."""

    twin: Running
    line: Line
    office: post_office.PostOffice
    authority: Path
    known: Mapping[str, str]


@contextmanager
def open_cage() -> Iterator[Cage]:
    """Everything that the scenes share. The secrets of the service are ones that stand out."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        twin = stack.enter_context(
            running(folder / "twin.sqlite", switches=Switches(calculation_seconds=0))
        )
        authority = trustme.CA()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        office = stack.enter_context(post_office.open_post_office(starttls=context, sign_in=True))
        yield Cage(
            twin=twin,
            line=stack.enter_context(open_line(twin.url)),
            office=office,
            authority=folder / "ca.pem",
            known={
                "client_secret of Cula": "canary-cula-81f7a2d35be0",
                "api_key of Cula": "canary-key-5e0b77d1c2a4",
                "X-Client-Secret": "canary-certify-c93e5500a1",
                "access_token of Isometric": "canary-token-77b0d2f1e9",
                "password of the mail server": post_office.PASSWORD,
                "password of the database": DATABASE_PASSWORD,
            },
        )


def _change_locks(cage: Cage) -> Running:
    """An empty service that opens to the canaries, behind the line."""
    fresh = cage.twin.reset()
    store = fresh.store
    store._identity = replace(
        store.identity,
        cula_client_secret=cage.known["client_secret of Cula"],
        cula_api_key=cage.known["api_key of Cula"],
        isometric_client_secret=cage.known["X-Client-Secret"],
        isometric_access_token=cage.known["access_token of Isometric"],
    )
    return Running.at(cage.line.url, store.identity, store=store)


def _build_book() -> Book:
    """A log with its file, a source, and two datapoints."""
    whole = build_small_month()
    month = whole.month
    log = month["Emission logs"][0]
    values = [each for each in month["Emission log values"] if _names(each, log)]
    files = [each for each in month["Files"] if each["External ID"] == log["Files"]]
    source = month["Sources"][0]
    points = [{**each, "Sources": source["External ID"]} for each in month["Datapoints"][:2]]
    kept = {str(each["File"]) for each in (*files, source)}
    return Book(
        month={
            "Emission logs": [log],
            "Emission log values": values,
            "Files": files,
            "Sources": [source],
            "Datapoints": points,
        },
        documents={name: each for name, each in whole.documents.items() if name in kept},
    )


def _names(value: Mapping[str, object], log: Mapping[str, object]) -> bool:
    return value["Emission log"] == log["External ID"]


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("targets", "env"),
    ("plan", "month.xlsx"),
    ("import", "month.xlsx", "--email", "eva@plant.example"),
    ("import", "month.xlsx", "--json"),
    ("runs",),
    ("runs", "1"),
    ("runs", "2"),
)


def play(cage: Cage, scene: Scene) -> CanaryFigures:
    """One scene: the commands one after the other, then the search."""
    with TemporaryDirectory() as place:
        root = Path(place)
        twin = _change_locks(cage)
        birds = Birds(known=dict(cage.known))
        echo = Echo(scene=scene, birds=birds)
        cage.line.tap = echo
        cage.office.received.clear()
        # A mail server that repeats the password, too: the first message is refused with it.
        cage.office.answers[:] = [f"451 {post_office.PASSWORD} is your password"]
        said = _type_all(cage, _name_variables(twin, scene), root)
        found = {
            **said,
            **_read_files(root, skip=("month.xlsx",)),
            **_read_mails(cage.office),
        }
        hits = tuple(
            f"{scene.name}: {name} in {where}"
            for where, content in found.items()
            for name, spelling in birds.spell()
            if len(spelling) >= _SHORTEST and spelling in content
        )
        is_silent = "undisturbed" not in scene.name and not echo.happened
        return CanaryFigures(
            scenes=1,
            secrets=len(birds.known) + len(birds.given),
            places=len(found),
            size=sum(map(len, found.values())),
            echoes=echo.happened,
            hits=hits,
            silent=(scene.name,) if is_silent else (),
        )


def _name_variables(twin: Running, scene: Scene) -> Mapping[str, str]:
    """The variables of the target, with the one way of signing in to Cula or the other."""
    usual = twin.variables()
    if not scene.by_key:
        return usual
    oauth = ("TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET")
    kept = {name: text for name, text in usual.items() if not _is_cula(name, oauth)}
    return {**kept, "IMPORTER_CULA__AUTH": "api-key", "IMPORTER_CULA__API_KEY": twin.cula_api_key}


def _is_cula(name: str, settings: Sequence[str]) -> bool:
    return name in {f"IMPORTER_CULA__{each}" for each in settings}


def _type_all(cage: Cage, own: Mapping[str, str], root: Path) -> Mapping[str, bytes]:
    """What the commands say, and what they log."""
    work = root / "work"
    work.mkdir()
    _build_book().write(work / "month.xlsx")
    variables = {
        **own,
        "HOME": str(root / "home"),
        "IMPORTER_STATE_DIR": str(root / "state"),
        "IMPORTER_CULA__REQUESTS_PER_MINUTE": "100000",
        "IMPORTER_ISOMETRIC__REQUESTS_PER_MINUTE": "100000",
        "IMPORTER_MAIL__HOST": "127.0.0.1",
        "IMPORTER_MAIL__PORT": str(cage.office.port),
        "IMPORTER_MAIL__USER": post_office.USER,
        "IMPORTER_MAIL__PASSWORD": post_office.PASSWORD,
        "IMPORTER_MAIL__SENDER": "importer@plant.example",
        "IMPORTER_MAIL__CA_FILE": str(cage.authority),
    }
    address = f"postgresql://importer:{DATABASE_PASSWORD}@127.0.0.1:9/ledger"
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("IMPORTER_", "XDG_"))
    }
    said = {}
    with _hasty(), contextlib.chdir(work), patch.dict(os.environ, kept | variables, clear=True):
        for number, words in enumerate(COMMANDS):
            said |= _type(f"{number} {' '.join(words)}", words)
        os.environ["IMPORTER_DATABASE_URL"] = address
        for words in (("runs",), ("import", "month.xlsx")):
            said |= _type(f"database: {' '.join(words)}", words)
    return said


@contextmanager
def _hasty() -> Iterator[None]:
    """No pauses: they are tested elsewhere."""
    with (
        patch.object(Patience, "pause", lambda *_: 0.0),
        patch.object(Patience, "pause_asked_for", lambda *_: 0.0),
        patch.object(Breaker, "pause", lambda *_: 0.0),
        patch.object(Breaker, "is_endured", lambda *_: False),
        patch.object(creating, "PAUSES", (0.0, 0.0, 0.0)),
        patch.object(settling, "PAUSES", (0.0, 0.0, 0.0)),
        patch.object(recovery, "PAUSES", (0.0, 0.0, 0.0)),
    ):
        yield


def _type(name: str, words: Sequence[str]) -> Mapping[str, bytes]:
    out, err, log = io.StringIO(), io.StringIO(), io.StringIO()
    handler, root = logging.StreamHandler(log), logging.getLogger()
    # The mail server of this stage runs in this process, and logs what it is sent. The library
    # below httpx notes the headers of answers as they came, where somebody asks it to.
    handler.addFilter(lambda record: not record.name.startswith(("mail.", "httpcore.")))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(list(words))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    texts = {"stdout": f"{code}\n{out.getvalue()}", "stderr": err.getvalue(), "log": log.getvalue()}
    return {f"{stream} of {name}": text.encode() for stream, text in texts.items()}


def _read_files(root: Path, *, skip: Sequence[str]) -> Mapping[str, bytes]:
    """Every byte of every file, what is packed in them, too."""
    found = {}
    for path in root.rglob("*"):
        if path.is_file() and path.name not in skip:
            name, content = str(path.relative_to(root)), path.read_bytes()
            found[name] = content + name.encode()
            found |= _unpack(name, content)
    return found


def _unpack(name: str, content: bytes) -> Mapping[str, bytes]:
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {f"{name}/{part}": package.read(part) for part in package.namelist()}


def _read_mails(office: post_office.PostOffice) -> Mapping[str, bytes]:
    """Each message as it came, its parts decoded, and what is packed in them."""
    found: dict[str, bytes] = {}
    for number, envelope in enumerate(office.received):
        whole = envelope.content
        content = whole if isinstance(whole, bytes) else (whole or "").encode()
        found[f"mail {number}"] = content
        for index, part in enumerate(message_from_bytes(content).walk()):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                found[f"mail {number} part {index}"] = body
                found |= _unpack(f"mail {number} part {index}", body)
    return found


def run_canary(
    scenes: Sequence[Scene] = SCENES, tell: Callable[[str], None] = lambda _: None
) -> CanaryFigures:
    """All scenes."""
    played = []
    with open_cage() as cage:
        for scene in scenes:
            played.append(play(cage, scene))
            for each in played[-1].hits:
                tell(each)
    return CanaryFigures(
        scenes=len(played),
        secrets=sum(each.secrets for each in played),
        places=sum(each.places for each in played),
        size=sum(each.size for each in played),
        echoes=sum(each.echoes for each in played),
        hits=tuple(hit for each in played for hit in each.hits),
        silent=tuple(name for each in played for name in each.silent),
    )


def render(figures: CanaryFigures) -> str:
    """The figures as a table."""
    return "\n".join(
        [
            "| scenes | echoes | secrets | places searched | megabytes | hits |",
            "|--:|--:|--:|--:|--:|--:|",
            f"| {figures.scenes} | {figures.echoes} | {figures.secrets} | {figures.places} "
            f"| {figures.size / 1e6:.1f} | {len(figures.hits)} |",
            *(f"Nothing was echoed: {name}" for name in figures.silent),
        ]
    )


def _tell(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    """Print the figures; the exit code tells whether a secret was found."""
    figures = run_canary(tell=_tell)
    print(render(figures))
    return 1 if figures.hits or figures.silent else 0


if __name__ == "__main__":
    sys.exit(main())
