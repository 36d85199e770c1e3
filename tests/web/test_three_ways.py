"""Command line, page and e-mail: the same workbooks end in the same outcome for every row."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.cli.main import run
from importer.flows.addressees import Mail
from importer.model.mail import MailServer, Security
from importer.sandbox.server import Running
from importer.settings.mail import MailSettings
from tests.mail.post_office import PostOffice, open_post_office
from tests.web.serving import BAD, GOOD, SAMPLES, pack_evidence, served
from tests.web.tab import open_tab

pytestmark = pytest.mark.slow

Outcomes = Mapping[tuple[str, int], tuple[str, str]]
"""By sheet and row of a results workbook: status and message."""

EVA = "eva@plant.example"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server of this machine."""
    with open_post_office() as opened:
        yield opened


def read_outcomes(content: bytes) -> Outcomes:
    found = {}
    for sheet in load_workbook(BytesIO(content)):
        headers = [each.value for each in sheet[1]]
        if "Import status" not in headers:
            continue
        status, message = headers.index("Import status"), headers.index("Import message")
        for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
            if row[status]:
                found[sheet.title, number] = str(row[status]), str(row[message] or "")
    return found


def by_command(folder: Path, twin: Running, office: PostOffice) -> tuple[Outcomes, ...]:
    """Both months, one after the other; what lies beside them, and what came by mail."""
    with at(folder, twin, office):
        for name in (GOOD.name, BAD.name):
            run(["import", name, "--target", "sandbox", "--email", EVA])
    results = [folder / name.replace(".xlsx", ".results.xlsx") for name in (GOOD.name, BAD.name)]
    beside = tuple(read_outcomes(each.read_bytes()) for each in results)
    assert by_mail(office) == beside
    return beside


def by_page(folder: Path, twin: Running, office: PostOffice) -> tuple[Outcomes, ...]:
    """The same by upload; what is downloaded, and what came by mail."""
    evidence = pack_evidence(folder / "evidence.zip")
    server = MailServer(host="127.0.0.1", port=office.port, security=Security.NONE)
    mail = Mail(
        settings=MailSettings(server=server, sender="importer@plant.example"), always=(EVA,)
    )
    state = folder / "state"
    (state / "sandbox.address").write_text(twin.url)
    downloaded = []
    with served(state, mail=mail) as (address, _), open_tab(address) as tab:
        for month in (GOOD, BAD):
            result = tab.send(tab.upload(month, evidence=evidence))
            downloaded.append(read_outcomes(tab.client.get(f"{result}/results").content))
    assert by_mail(office) == tuple(downloaded)
    return tuple(downloaded)


def by_mail(office: PostOffice) -> tuple[Outcomes, ...]:
    """The attachments of the messages that arrived."""
    found = []
    for each in office.received:
        message = message_from_bytes(bytes(each.content), _class=EmailMessage, policy=SMTP)
        (workbook,) = message.iter_attachments()
        found.append(read_outcomes(workbook.get_payload(decode=True)))
    office.received.clear()
    return tuple(found)


@contextmanager
def at(folder: Path, twin: Running, office: PostOffice) -> Iterator[None]:
    """The command line in that folder, with the sandbox of this run and the mail server."""
    (folder / "state").mkdir()
    (folder / "state" / "sandbox.address").write_text(twin.url)
    for name in (GOOD, BAD):
        shutil.copy(name, folder)
    shutil.copytree(SAMPLES / "evidence", folder / "evidence")
    settings = {
        "IMPORTER_STATE_DIR": str(folder / "state"),
        "IMPORTER_MAIL__HOST": "127.0.0.1",
        "IMPORTER_MAIL__PORT": str(office.port),
        "IMPORTER_MAIL__SECURITY": "none",
        "IMPORTER_MAIL__SENDER": "importer@plant.example",
    }
    before, place = dict(os.environ), Path.cwd()
    os.environ.update(settings)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(place)
        os.environ.clear()
        os.environ.update(before)


Way = Callable[[Path, Running, PostOffice], tuple[Outcomes, ...]]


def test_all_ways_end_in_the_same_outcome_per_row(
    tmp_path: Path, shared_twin: Running, office: PostOffice
) -> None:
    (tmp_path / "command").mkdir()
    (tmp_path / "page" / "state").mkdir(parents=True)
    typed = by_command(tmp_path / "command", shared_twin.reset(), office)
    uploaded = by_page(tmp_path / "page", shared_twin.reset(), office)

    statuses = [{place: status for place, (status, _) in each.items()} for each in typed]
    assert [len(each) for each in statuses] == [92, 93]
    assert set(statuses[0].values()) == {"created"}
    assert {"unchanged", "updated", "invalid"} == set(statuses[1].values())
    assert statuses == [{place: s for place, (s, _) in each.items()} for each in uploaded]
