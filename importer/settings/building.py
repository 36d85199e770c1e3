"""From what is stated to a target: what is missing is named all at once, the rest is typed."""

from collections.abc import Callable, Mapping, Sequence

from importer.model.failure import SettingsInvalid, SettingsMissing
from importer.settings import values
from importer.settings.setting import (
    API_KEY,
    AUTH,
    EMAIL,
    EMAIL_WHEN,
    OAUTH2,
    SERVICES,
    TIME_ZONE,
    Setting,
)
from importer.settings.stated import Stated, Statements, read_secret_files
from importer.settings.target import (
    CulaKeyTarget,
    CulaTarget,
    EmailWhen,
    IsometricTarget,
    Target,
)

BUILT_IN = "built in"
"""Where a setting comes from that nobody stated."""


def build_target(
    name: str, stated: Statements, *, origin: str, where: Callable[[Setting], str]
) -> Target:
    """The target that the statements make up.

    where: says in words how to state a setting, such as `the variable IMPORTER_CULA__CLIENT_ID`.
    Raises SettingsMissing for a service that is set in part, and SettingsInvalid for the first
    value that cannot be used, and for a setting that belongs to another way of signing in.
    """
    auth = _read_auth(stated)
    _refuse_other_way(stated, auth)
    services = [each for each in SERVICES if any(path.startswith(f"{each}.") for path in stated)]
    told = [EMAIL, EMAIL_WHEN] if {EMAIL.path, EMAIL_WHEN.path} & set(stated) else []
    needed = [setting for each in services for setting in SERVICES[each]]
    relevant = [TIME_ZONE, *told, *(each for each in needed if each.auth in ("", auth))]
    complete = list_defaults(relevant) | read_secret_files(stated)
    refuse_gaps(f"The target {name} is", relevant, complete, where)
    return Target(
        name=name,
        time_zone=values.read_zone(complete, TIME_ZONE.path),
        cula=_CULA_BY_AUTH[auth](complete) if "cula" in services else None,
        isometric=_build_isometric(complete) if "isometric" in services else None,
        email=values.read_emails(complete, EMAIL.path) if EMAIL.path in complete else (),
        email_when=_read_when(complete) if told else EmailWhen.ALWAYS,
        origin=origin,
        origins={
            each.path: complete[each.path].origin for each in relevant if each.path in complete
        },
    )


def _read_auth(stated: Statements) -> str:
    known = list_defaults([AUTH]) | dict(stated)
    return values.read_choice(known, AUTH.path, (OAUTH2, API_KEY))


def _refuse_other_way(stated: Statements, auth: str) -> None:
    """Raise SettingsInvalid for a setting that does not go with this way of signing in."""
    for each in SERVICES["cula"]:
        found = stated.get(each.path) or stated.get(each.file_path)
        if found and each.auth not in ("", auth):
            raise SettingsInvalid(
                f"The setting {each.path} ({found.origin}) does not go with {AUTH.path} = {auth}.",
                remedy=f"Take one of the two away: it goes with {AUTH.path} = {each.auth}.",
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


def _build_cula_by_key(stated: Statements) -> CulaKeyTarget:
    return CulaKeyTarget(
        base_url=values.read_address(stated, "cula.base_url").rstrip("/"),
        api_key=values.read_secret(stated, "cula.api_key"),
        organisation_id=values.read_name(stated, "cula.organisation_id"),
        requests_per_minute=values.read_count(stated, "cula.requests_per_minute"),
    )


_CULA_BY_AUTH: Mapping[str, Callable[[Statements], CulaTarget | CulaKeyTarget]] = {
    OAUTH2: _build_cula,
    API_KEY: _build_cula_by_key,
}


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
