"""From what is stated to a target: what is missing is named all at once, the rest is typed."""

from collections.abc import Callable, Sequence

from importer.model.failure import SettingsMissing
from importer.settings import values
from importer.settings.setting import SERVICES, TIME_ZONE, Setting
from importer.settings.stated import Stated, Statements, read_secret_files
from importer.settings.target import CulaTarget, IsometricTarget, Target

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
    relevant = [TIME_ZONE, *(setting for each in services for setting in SERVICES[each])]
    defaults = {
        each.path: Stated(value=each.default, origin=BUILT_IN) for each in relevant if each.default
    }
    complete = defaults | read_secret_files(stated)
    _refuse_gaps(name, [each for each in relevant if each.path not in complete], where)
    return Target(
        name=name,
        time_zone=values.read_zone(complete, TIME_ZONE.path),
        cula=_build_cula(complete) if "cula" in services else None,
        isometric=_build_isometric(complete) if "isometric" in services else None,
        origin=origin,
        origins={each.path: complete[each.path].origin for each in relevant},
    )


def _refuse_gaps(name: str, missing: Sequence[Setting], where: Callable[[Setting], str]) -> None:
    if missing:
        raise SettingsMissing(
            f"The target {name} is not complete. What is missing: "
            f"{', '.join(each.path for each in missing)}.",
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
    )
