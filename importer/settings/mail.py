"""The mail server: from `[mail]` in the settings file, and the variables that win over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from importer.model.failure import SettingsInvalid
from importer.model.mail import MailServer, Security
from importer.model.secret import Secret
from importer.settings import environment, profiles, values
from importer.settings.building import list_defaults, refuse_gaps
from importer.settings.profile import read_mail_profile
from importer.settings.setting import MAIL, Kind, Setting, name_variable
from importer.settings.stated import Statements, read_secret_files

_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
"""By custom: rfc-editor.org/rfc/rfc8314 section 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Where messages are handed in, and in whose name. `origins` as those of a target."""

    server: MailServer
    sender: str
    origins: Mapping[str, str] = field(default_factory=dict)


def state_mail(*, config: Path | None, environ: Mapping[str, str], folder: Path) -> Statements:
    """What is stated about the mail, whether or not it is enough.

    Raises SettingsInvalid for a name that is no setting, and for a secret in the file itself.
    """
    stated = environment.read_mail(environ, folder)
    found = profiles.find_profiles(config, folder).mail
    return (read_mail_profile(found) if found else {}) | stated


def build_mail(stated: Statements) -> MailSettings:
    """The mail server that the statements make up.

    Raises SettingsMissing for what is needed and not stated, and SettingsInvalid for the first
    value that cannot be used.
    """
    complete = list_defaults(MAIL) | read_secret_files(stated)
    refuse_gaps("The mail settings are", MAIL, complete, _name_place)
    return MailSettings(
        server=_build_server(complete),
        sender=values.read_email(complete, "mail.sender"),
        origins={path: each.origin for path, each in complete.items()},
    )


def _build_server(stated: Statements) -> MailServer:
    security = Security(values.read_choice(stated, "mail.security", list(Security)))
    has = stated.__contains__
    server = MailServer(
        host=values.read_host(stated, "mail.host"),
        port=values.read_port(stated, "mail.port") if has("mail.port") else _PORTS[security],
        security=security,
        user=values.read_name(stated, "mail.user") if has("mail.user") else "",
        password=_read_password(stated),
        ca_file=values.read_file(stated, "mail.ca_file") if has("mail.ca_file") else None,
    )
    _refuse_open_way(server, stated)
    _refuse_half_sign_in(server)
    return server


def _read_password(stated: Statements) -> Secret:
    if "mail.password" not in stated:
        return Secret("")
    return values.read_secret(stated, "mail.password")


def _refuse_open_way(server: MailServer, stated: Statements) -> None:
    if server.security is Security.NONE and not server.is_local:
        raise SettingsInvalid(
            f"The setting mail.security ({stated['mail.security'].origin}) would send messages to "
            f"{server.host} for all to read.",
            remedy="Write starttls or tls; none is only for a mail server on this machine.",
        )


def _refuse_half_sign_in(server: MailServer) -> None:
    if bool(server.user) != bool(server.password):
        lacking = "password" if server.user else "user"
        setting = next(each for each in MAIL if each.name == lacking)
        raise SettingsInvalid(
            f"The mail settings have half of what signing in takes; mail.{lacking} is missing.",
            remedy=f"Set {_name_place(setting)}, or take the other half away.",
        )


def _name_place(setting: Setting) -> str:
    """Where a setting is stated, in words."""
    name = setting.file_name if setting.kind is Kind.SECRET else setting.name
    return f"the variable {name_variable(setting.path)} (or {name} in [mail] of {profiles.FILE})"
