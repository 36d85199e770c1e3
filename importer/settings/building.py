"""From what is stated to a target: what is missing is named all at once, the rest is typed."""

from collections.abc import Callable, Sequence

from importer.model.failure import SettingsMissing
from importer.settings import values
from importer.settings.setting import EMAIL, EMAIL_WHEN, SERVICES, TIME_ZONE, Setting
from importer.settings.stated import Stated, Statements, read_secret_files
from importer.settings.target import CulaTarget, EmailWhen, IsometricTarget, Target

BUILT_IN = "built in"
"""Where a setting comes from that nobody stated."""


def build_target(
    name: str, stated: Statements, *, origin: str, where: Callable[[Setting], str]
) -> Target:
    """The target that the statements make up.

    where: says in words how to state a setting, such as `the variable IMPORTER_CULA__CLIENT_ID`.
    Raises SettingsMissing for a service that is set in part, and SettingsInvalid for the first
    value that cannot be used.
    """
    services = [each for each in SERVICES if any(path.startswith(f"{each}.") for path in stated)]
    told = [EMAIL, EMAIL_WHEN] if {EMAIL.path, EMAIL_WHEN.path} & set(stated) else []
    relevant = [TIME_ZONE, *told, *(setting for each in services for setting in SERVICES[each])]
    complete = list_defaults(relevant) | read_secret_files(stated)
    refuse_gaps(f"The target {name} is", relevant, complete, where)
    return Target(
        name=name,
        time_zone=values.read_zone(complete, TIME_ZONE.path),
        cula=_build_cula(complete) if "cula" in services else None,
        isometric=_build_isometric(complete) if "isometric" in services else None,
        email=values.read_emails(complete, EMAIL.path) if EMAIL.path in complete else (),
        email_when=_read_when(complete) if told else EmailWhen.ALWAYS,
        origin=origin,
        origins={
            each.path: complete[each.path].origin for each in relevant if each.path in complete
        },
    )


def _read_when(stated: Statements) -> EmailWhen:
    return EmailWhen(values.read_choice(stated, EMAIL_WHEN.path, list(EmailWhen)))


def list_defaults(settings: Sequence[Setting]) -> dict[str, Stated]:
    """What is stated by nobody and still known."""
    return {
        each.path: Stated(value=each.default, origin=BUILT_IN) for each in settings if each.default
    }


def refuse_gaps(
    whose: str, settings: Sequence[Setting], stated: Statements, where: Callable[[Setting], str]
) -> None:
    """Raise SettingsMissing with all settings that are needed and not stated.

    whose: the beginning of the sentence, such as `The target plant is`.
    """
    missing = [each for each in settings if each.path not in stated and not each.is_optional]
    if missing:
        raise SettingsMissing(
            f"{whose} not complete. What is missing: {', '.join(each.path for each in missing)}.",
            remedy=f"Set {'; '.join(where(each) for each in missing)}.",
        )


def _build_cula(stated: Statements) -> CulaTarget:
    return CulaTarget(
        base_url=values.read_address(stated, "cula.base_url").rstrip("/"),
        token_url=values.read_address(stated, "cula.token_url"),
        client_id=values.read_name(stated, "cula.client_id"),
        client_secret=values.read_secret(stated, "cula.client_secret"),
        organisation_id=values.read_name(stated, "cula.organisation_id"),
        requests_per_minute=values.read_count(stated, "cula.requests_per_minute"),
    )


def _build_isometric(stated: Statements) -> IsometricTarget:
    return IsometricTarget(
        base_url=values.read_address(stated, "isometric.base_url").rstrip("/"),
        client_secret=values.read_secret(stated, "isometric.client_secret"),
        access_token=values.read_secret(stated, "isometric.access_token"),
        project_id=values.read_name(stated, "isometric.project_id"),
        requests_per_minute=values.read_count(stated, "isometric.requests_per_minute"),
        creates_feedstock_types=values.read_choice(
            stated, "isometric.creates_feedstock_types", ("yes", "no")
        ),
    )
