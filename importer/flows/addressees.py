"""Who is told of an import by e-mail, and through which server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.model.failure import ImporterError
from importer.model.report import FileReport
from importer.settings.mail import MailSettings, build_mail, state_mail
from importer.settings.stated import Statements
from importer.settings.target import EmailWhen, SandboxChosen, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Who is told of imports, and through which server.

    always: told of every import. on_problems: only where something is not in order.
    """

    settings: MailSettings
    always: tuple[str, ...] = ()
    on_problems: tuple[str, ...] = ()

    def recipients_of(self, report: FileReport) -> tuple[str, ...]:
        """Who is told of this one, each once."""
        troubled = self.on_problems if not report.is_in_order or report.stopped else ()
        unique = {each.lower(): each for each in (*troubled[::-1], *self.always[::-1])}
        return tuple(unique.values())[::-1]


def choose_mail(
    addresses: Sequence[str],
    target: Target | SandboxChosen,
    *,
    config: Path | None,
    environ: Mapping[str, str],
    folder: Path,
) -> Mail | None:
    """Who is told: the addresses, and the target's own; None where there is no mail server.

    Raises SettingsMissing and SettingsInvalid where somebody is to be told and cannot be.
    """
    stated = state_mail(config=config, environ=environ, folder=folder)
    own = target.email if isinstance(target, Target) else ()
    if not addresses and not own:
        # Nobody is to be told, but what waits in the outbox may go now.
        return _find_mail(stated) if stated else None
    is_rare = isinstance(target, Target) and target.email_when is EmailWhen.PROBLEMS
    return Mail(
        settings=build_mail(stated),
        always=(*addresses, *(() if is_rare else own)),
        on_problems=own if is_rare else (),
    )


def _find_mail(stated: Statements) -> Mail | None:
    """The mail server; None where the settings are no use, which hinders nobody who wants none."""
    try:
        return Mail(settings=build_mail(stated))
    except ImporterError:
        return None
