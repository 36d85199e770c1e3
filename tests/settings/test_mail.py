"""The mail server, and who is told of imports."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.model.mail import Security
from importer.settings.mail import MailSettings, build_mail, state_mail
from importer.settings.target import EmailWhen, Target

Choose = Callable[..., Target]
Variables = dict[str, str]

MAIL = {
    "IMPORTER_MAIL__HOST": "mail.plant.example",
    "IMPORTER_MAIL__USER": "importer",
    "IMPORTER_MAIL__PASSWORD": "canary-mail",
    "IMPORTER_MAIL__SENDER": "importer@plant.example",
}

FILE = """
[mail]
host = "mail.plant.example"
port = 2525
security = "tls"
user = "importer"
password_file = "secrets/mail"
sender = "importer@plant.example"
ca_file = "ca.pem"
"""


@pytest.fixture
def mail(folder: Path) -> Callable[[Mapping[str, str]], MailSettings]:
    """Builds the mail settings of the working folder and these variables."""

    def build(environ: Mapping[str, str]) -> MailSettings:
        return build_mail(state_mail(config=None, environ=environ, folder=folder))

    return build


Mail = Callable[[Mapping[str, str]], MailSettings]


def test_variables_name_the_mail_server(mail: Mail) -> None:
    settings = mail(MAIL)

    server = settings.server
    assert (server.host, server.port) == ("mail.plant.example", 587)
    assert (server.security, server.user) == (Security.STARTTLS, "importer")
    assert server.password.reveal() == "canary-mail"
    assert settings.sender == "importer@plant.example"
    assert settings.origins["mail.host"] == "the variable IMPORTER_MAIL__HOST"
    assert settings.origins["mail.security"] == "built in"
    assert "canary" not in f"{settings} {settings!r}"


def test_a_file_names_the_mail_server(mail: Mail, folder: Path) -> None:
    (folder / "importer.toml").write_text(FILE)
    (folder / "secrets").mkdir()
    (folder / "secrets" / "mail").write_text("canary-file\n")
    (folder / "ca.pem").write_text("a certificate")

    settings = mail({})

    assert (settings.server.port, settings.server.security) == (2525, Security.TLS)
    assert settings.server.password.reveal() == "canary-file"
    assert settings.server.ca_file == folder / "ca.pem"
    assert settings.origins["mail.sender"] == "importer.toml"


def test_variables_win_over_the_file(mail: Mail, folder: Path) -> None:
    (folder / "importer.toml").write_text('[mail]\nhost = "old.example"\nport = 25\n')
    settings = mail(MAIL)

    assert (settings.server.host, settings.server.port) == ("mail.plant.example", 25)


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("TLS", 465)])
def test_the_port_follows_the_security(mail: Mail, security: str, port: int) -> None:
    assert mail(MAIL | {"IMPORTER_MAIL__SECURITY": security}).server.port == port


def test_nothing_is_stated(folder: Path) -> None:
    assert state_mail(config=None, environ={"PATH": "/bin"}, folder=folder) == {}


def test_what_is_missing_is_named_all_at_once(mail: Mail) -> None:
    with pytest.raises(SettingsMissing) as caught:
        mail({"IMPORTER_MAIL__PORT": "25"})

    assert str(caught.value) == (
        "The mail settings are not complete. What is missing: mail.host, mail.sender."
    )
    assert caught.value.remedy == (
        "Set the variable IMPORTER_MAIL__HOST (or host in [mail] of importer.toml); "
        "the variable IMPORTER_MAIL__SENDER (or sender in [mail] of importer.toml)."
    )


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECURITY", "ssl", "is none of starttls, tls, none: ssl"),
        ("SECURITY", "none", "to mail.plant.example for all to read"),
        ("PORT", "70000", "is above 65535"),
        ("PORT", "smtp", "not a whole number"),
        ("HOST", "mail.plant.example/inbox", "is not a host"),
        ("HOST", "mail.plänt.example", "character at position 8"),
        ("SENDER", "Importer <importer@plant.example>", "is not an e-mail address"),
        ("USER", "", "mail.user is missing"),
        ("PASSWORD", "", "mail.password is missing"),
        ("CA_FILE", "gone.pem", "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used(mail: Mail, variable: str, value: str, words: str) -> None:
    with pytest.raises(SettingsInvalid, match=words) as caught:
        mail(MAIL | {f"IMPORTER_MAIL__{variable}": value})

    assert caught.value.remedy
    assert "canary" not in f"{caught.value} {caught.value.remedy}"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_this_machine_may_be_spoken_to_in_the_open(mail: Mail, host: str) -> None:
    variables = MAIL | {"IMPORTER_MAIL__HOST": host, "IMPORTER_MAIL__SECURITY": "none"}
    assert mail(variables).server.is_local


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("IMPORTER_MAIL__HOTS", "IMPORTER_MAIL__HOST"),
        ("IMPORTER_MAIL_HOST", "IMPORTER_MAIL__HOST"),
        ("IMPORTER_MAIL__PASWORD", "IMPORTER_MAIL__PASSWORD"),
    ],
)
def test_a_variable_that_is_no_setting_gets_the_near_one(
    folder: Path, wrong: str, meant: str
) -> None:
    with pytest.raises(SettingsInvalid, match=f"{wrong} is not a setting") as caught:
        state_mail(config=None, environ=MAIL | {wrong: "canary"}, folder=folder)

    assert f"Did you mean {meant}?" in caught.value.remedy
    assert "canary" not in f"{caught.value} {caught.value.remedy}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[mail]\nhots = "x"\n', "Did you mean host?"),
        ('[mail]\npassword = "canary"\n', "IMPORTER_MAIL__PASSWORD"),
        ('mail = "x"\n', r"Write \[mail\] on a line"),
        ("[mail]\nport = 2.5\n", "quotes"),
    ],
)
def test_a_file_that_is_wrong(folder: Path, content: str, words: str) -> None:
    (folder / "importer.toml").write_text(content)
    with pytest.raises(SettingsInvalid) as caught:
        state_mail(config=None, environ={}, folder=folder)

    said = f"{caught.value} {caught.value.remedy}"
    assert words.replace("\\", "") in said
    assert "canary" not in said


def test_the_variables_say_who_is_told(choose: Choose, cula: Variables) -> None:
    told = {"IMPORTER_EMAIL": " eva@plant.example, tom@plant.example,"}

    target = choose(None, cula | told)

    assert target.email == ("eva@plant.example", "tom@plant.example")
    assert target.email_when is EmailWhen.ALWAYS
    assert target.origins["email"] == "the variable IMPORTER_EMAIL"
    rarely = choose(None, cula | told | {"IMPORTER_EMAIL_WHEN": "Problems"})
    assert rarely.email_when is EmailWhen.PROBLEMS


def write_target(folder: Path, lines: str) -> None:
    content = f'[targets.plant]\n{lines}\n[targets.plant.isometric]\nbase_url = "https://a.example"'
    (folder / "importer.toml").write_text(f'{content}\nproject_id = "p"\n')


SECRETS = {
    "IMPORTER_TARGETS__PLANT__ISOMETRIC__CLIENT_SECRET": "s",
    "IMPORTER_TARGETS__PLANT__ISOMETRIC__ACCESS_TOKEN": "t",
}


@pytest.mark.parametrize(
    ("lines", "email"),
    [
        ('email = ["eva@plant.example", "tom@plant.example"]', ("eva", "tom")),
        ('email = "eva@plant.example"', ("eva",)),
        ("email = []", ()),
        ("", ()),
    ],
)
def test_a_profile_says_who_is_told(
    choose: Choose, folder: Path, lines: str, email: tuple[str, ...]
) -> None:
    write_target(folder, f'{lines}\nemail_when = "problems"')

    target = choose("plant", SECRETS)

    assert target.email == tuple(f"{each}@plant.example" for each in email)
    assert target.email_when is EmailWhen.PROBLEMS


def test_a_variable_of_a_named_target_wins(choose: Choose, folder: Path) -> None:
    write_target(folder, 'email = ["eva@plant.example"]')

    target = choose("plant", SECRETS | {"IMPORTER_TARGETS__PLANT__EMAIL": "tom@plant.example"})

    assert target.email == ("tom@plant.example",)
    assert target.origins["email"] == "the variable IMPORTER_TARGETS__PLANT__EMAIL"
    assert choose("plant", SECRETS | {"IMPORTER_EMAIL": "tom@plant.example"}).email == (
        "eva@plant.example",
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"IMPORTER_EMAIL": "eva"}, "is not an e-mail address"),
        ({"IMPORTER_EMAIL": "Eva <eva@plant.example>"}, "is not an e-mail address"),
        ({"IMPORTER_EMAIL_WHEN": "never"}, "is none of always, problems: never"),
        ({"IMPORTER_EMAILS": "eva@plant.example"}, "IMPORTER_EMAILS is not a setting"),
    ],
)
def test_who_is_told_wrongly(
    choose: Choose, cula: Variables, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(SettingsInvalid, match=words):
        choose(None, cula | wrong)
