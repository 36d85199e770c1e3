"""`--email`: the outcome of each file by e-mail, from the import to the mended attachment."""

import re
import sqlite3
import ssl
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from types import SimpleNamespace

import pytest
import trustme

from importer.sandbox.server import Running
from tests.cli import books
from tests.cli.shell import Shell, files_in, is_sound, writes
from tests.cli.test_import import SAMPLES
from tests.mail.post_office import PASSWORD, USER, PostOffice, find_port, open_post_office

EVA, TOM = "eva@plant.example", "tom@plant.example"
ON_SANDBOX = ("--target", "sandbox")
BAD = "biochar-plant-october-with-mistakes.xlsx"


@pytest.fixture
def office(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """A mail server with STARTTLS and sign-in, which the settings name."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with open_post_office(starttls=context, sign_in=True) as opened:
        settings = {
            "HOST": "127.0.0.1",
            "PORT": str(opened.port),
            "USER": USER,
            "PASSWORD": PASSWORD,
            "SENDER": "importer@plant.example",
            "CA_FILE": str(tmp_path / "ca.pem"),
        }
        for name, value in settings.items():
            monkeypatch.setenv(f"IMPORTER_MAIL__{name}", value)
        yield opened


def read(office: PostOffice) -> list[EmailMessage]:
    """The messages that have arrived."""
    contents = [each.content for each in office.received]
    assert all(isinstance(each, bytes) for each in contents)
    return [
        message_from_bytes(each, _class=EmailMessage, policy=SMTP)
        for each in contents
        if isinstance(each, bytes)
    ]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_from_the_import_to_the_mended_attachment(
    folder: Path, office: PostOffice, here: Running, shell: Shell
) -> None:
    (folder / BAD).write_bytes((SAMPLES / BAD).read_bytes())

    said = shell("import", BAD, *ON_SANDBOX, "--email", EVA, "--email", TOM)

    assert said.code == 1
    assert f"E-mail about {BAD} sent to {EVA}, {TOM}." in " ".join(said.out.split())
    assert said.out.rstrip().endswith(f"--target sandbox --email {EVA} --email {TOM}")
    assert [each.rcpt_tos for each in office.received] == [[EVA, TOM]]
    assert office.was_encrypted == [True]
    (message,) = read(office)
    counted = re.fullmatch(rf"(\d+) of (\d+) rows need a fix – {BAD}", str(message["Subject"]))
    assert counted is not None
    assert f"Rows read: {counted[2]}" in text_of(message)
    (attached,) = message.iter_attachments()
    name = str(attached.get_filename())
    assert name == BAD.replace(".xlsx", ".results.xlsx")

    elsewhere = folder / "inbox"
    elsewhere.mkdir()
    (elsewhere / name).write_bytes(attached.get_content())
    before = writes(here)
    again = shell("import", elsewhere / name, *ON_SANDBOX, "--json")
    fine = int(counted[2]) - int(counted[1])
    counts = again.document["files"][0]["counts"]
    assert counts["unchanged"] >= fine - 2, counts  # evidence files are not beside the attachment
    assert "created" not in counts and "updated" not in counts
    assert writes(here) == before


def test_all_is_well(folder: Path, office: PostOffice, here: Running, shell: Shell) -> None:
    books.write(folder / "month.xlsx", books.TWO)
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA, "--json")
    assert (said.code, said.err) == (0, "")
    note = said.document["files"][0]["mail"]
    assert (note["recipients"], note["state"], note["words"]) == ([EVA], "sent", "")
    (message,) = read(office)
    assert message["Message-ID"] == note["message_id"]
    assert message["Subject"] == "All 2 rows are in order – month.xlsx"
    (attached,) = message.iter_attachments()
    (folder / "copy.xlsx").write_bytes(attached.get_content())
    again = shell("import", "copy.xlsx", *ON_SANDBOX)
    assert "unchanged 2" in again.out


def test_each_file_has_its_message_also_one_that_cannot_be_read(
    folder: Path, office: PostOffice, here: Running, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", books.WRONG_CELL)
    (folder / "notes.xlsx").write_bytes(b"just some notes\n")
    said = shell("import", "month.xlsx", "notes.xlsx", *ON_SANDBOX, "--email", EVA)
    assert said.code == 1
    assert [str(each["Subject"]) for each in read(office)] == [
        "1 of 2 rows needs a fix – month.xlsx",
        "Could not be read – notes.xlsx",
    ]
    assert [len(list(each.iter_attachments())) for each in read(office)] == [1, 0]
    alone = text_of(read(office)[1])
    assert "import notes.xlsx --target sandbox" in alone
    assert "month.xlsx" not in alone


def test_a_server_that_is_down_fails_no_import(
    folder: Path,
    office: PostOffice,
    here: Running,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    monkeypatch.setenv("IMPORTER_MAIL__PORT", str(find_port()))
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA)
    assert (said.code, said.err) == (0, "")
    words = " ".join(said.out.split())
    assert f"The e-mail about month.xlsx to {EVA} is not sent yet." in words
    assert "127.0.0.1 cannot be reached" in words
    assert "It waits in the outbox and is tried again with the next import." in words
    assert "waiting after 1 attempt" in shell("runs", "1").out
    assert PASSWORD not in said.both


def test_what_waits_goes_with_the_next_import(
    folder: Path, office: PostOffice, here: Running, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    office.answers = ["451 Out of room"]
    told = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA, "--json")
    assert told.code == 0
    assert told.document["files"][0]["mail"]["state"] == "waiting"
    _let_it_be_due(folder.parent / "state" / "ledger.sqlite")
    assert shell("import", "month.xlsx", *ON_SANDBOX).code == 0
    assert len(office.received) == 1
    assert "e-mail     sent 20" in shell("runs", "1").out
    assert "e-mail" not in shell("runs", "2").out


def _let_it_be_due(ledger: Path) -> None:
    """Minutes pass."""
    connection = sqlite3.connect(ledger)
    connection.execute("UPDATE messages SET due_at = '2020-01-01 00:00:00.000000'")
    connection.commit()
    connection.close()


def test_a_message_that_is_refused_for_good(
    folder: Path, office: PostOffice, here: Running, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    office.answers = ["554 Looks like spam"]
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA)
    assert said.code == 0
    assert "will not be sent. The mail server 127.0.0.1 does not take the message: 554" in " ".join(
        said.out.split()
    )
    assert "given up after 1 attempt" in shell("runs", "1").out


@pytest.mark.parametrize(
    "address",
    [
        "eva",
        "Eva <eva@plant.example>",
        "eva@plant.example,tom@plant.example",
        "eva@plant.example\nBcc: tom@plant.example",
        "=?utf-8?q?eva?=@plant.example",
    ],
)
def test_an_address_that_is_none_is_wrong_usage(folder: Path, shell: Shell, address: str) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", address)
    assert (said.code, said.out) == (2, "")
    assert "is not one plain address, such as eva@plant.example" in " ".join(said.err.split())
    assert files_in(folder) == {"month.xlsx"}


def test_settings_that_are_missing_are_named_before_anything_is_sent(
    folder: Path, here: Running, shell: Shell
) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA)
    assert (said.code, said.out) == (3, "")
    assert "The mail settings are not complete." in said.err
    assert "IMPORTER_MAIL__HOST" in said.err
    assert is_sound(said)
    assert writes(here) == []
    assert files_in(folder) == {"month.xlsx"}


def test_a_mistyped_setting_gets_the_near_one(
    folder: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.write(folder / "month.xlsx", books.ONE)
    monkeypatch.setenv("IMPORTER_MAIL__HOTS", "mail.example")
    said = shell("import", "month.xlsx", *ON_SANDBOX, "--email", EVA)
    assert (said.code, said.out) == (3, "")
    assert "Did you mean IMPORTER_MAIL__HOST?" in said.err


@pytest.fixture
def plant(folder: Path, here: Running, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """A target that tells its own people of problems only; its secrets."""
    (folder / "importer.toml").write_text(
        f'[targets.plant]\nemail = ["{TOM}"]\nemail_when = "problems"\n'
        f'[targets.plant.isometric]\nbase_url = "{here.isometric_base_url}"\n'
        'project_id = "prj_1NRBARK01SBX0001"\n'
    )
    secrets = {
        "CLIENT_SECRET": here.isometric_client_secret,
        "ACCESS_TOKEN": here.isometric_access_token,
    }
    for name, secret in secrets.items():
        monkeypatch.setenv(f"IMPORTER_TARGETS__PLANT__ISOMETRIC__{name}", secret)
    return tuple(secrets.values())


@pytest.mark.parametrize(("value", "arrives"), [("840", 0), ("much", 1)])
def test_a_target_tells_its_own_people_of_problems(
    plant: tuple[str, ...], office: PostOffice, shell: Shell, value: str, arrives: int
) -> None:
    books.write(Path("month.xlsx"), books.ONE.replace("840", value))

    said = shell("import", "month.xlsx", "--target", "plant", "--json")

    assert said.err == ""
    assert len(office.received) == arrives
    assert (said.document["files"][0]["mail"] is None) == (arrives == 0)
    contents = b"".join(each.content for each in office.received if isinstance(each.content, bytes))
    assert not any(each.encode() in contents for each in (*plant, PASSWORD))
    assert f"email {TOM}" in " ".join(shell("targets", "plant").out.split())


def test_the_command_in_a_message_is_about_its_file_and_does_not_watch(
    folder: Path, office: PostOffice, here: Running, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in").mkdir()
    books.write(folder / "in" / "month.xlsx", books.ONE)

    def press_ctrl_c(_seconds: float) -> None:
        if office.received:
            raise KeyboardInterrupt

    monkeypatch.setattr("importer.cli.watching.time", SimpleNamespace(sleep=press_ctrl_c))
    shell("import", "in", *ON_SANDBOX, "--email", EVA, "--watch")

    (message,) = read(office)
    assert text_of(message).endswith(
        f"importer import in/month.xlsx {' '.join(ON_SANDBOX)} --email {EVA}"
    )


@pytest.mark.parametrize("name", ["=?utf-8?q?a=0ABcc:_x=40y?=.xlsx", "a\nBcc: x@y.xlsx"])
def test_a_hostile_name_still_goes_out_and_adds_nobody(
    folder: Path, office: PostOffice, here: Running, shell: Shell, name: str
) -> None:
    books.write(folder / name, books.ONE)
    assert shell("import", name, *ON_SANDBOX, "--email", EVA).code == 0
    (message,) = read(office)
    assert office.received[0].rcpt_tos == [EVA]
    assert "Bcc" not in message
    assert len(str(message["Subject"]).splitlines()) == 1
    assert "All" in str(message["Subject"]) or "The one row" in str(message["Subject"])


def test_a_service_that_is_away_is_told_for_each_file(
    folder: Path,
    office: PostOffice,
    shell: Shell,
    closed_port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The nightly run that could not start is the one that people have to hear of."""
    monkeypatch.setattr("importer.apis.patience.Patience.pause", lambda *_: 0.0)
    monkeypatch.setattr("importer.apis.breaker.Breaker.pause", lambda _: 0.0)
    settings = {
        "IMPORTER_ISOMETRIC__BASE_URL": f"http://127.0.0.1:{closed_port}/mrv/v0",
        "IMPORTER_ISOMETRIC__CLIENT_SECRET": "secret",
        "IMPORTER_ISOMETRIC__ACCESS_TOKEN": "token",
        "IMPORTER_ISOMETRIC__PROJECT_ID": "prj_1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    books.write(folder / "a.xlsx", books.ONE)
    books.write(folder / "b.xlsx", books.TWO)
    said = shell("import", "a.xlsx", "b.xlsx", "--email", EVA)
    assert said.code == 3
    messages = read(office)
    assert [each["Subject"].split(" – ")[1] for each in messages] == ["a.xlsx", "b.xlsx"]
    assert "there was no connection" in " ".join(text_of(messages[0]).split())
