"""The product broken on purpose, in an armed child only: the campaign has to notice."""

from collections.abc import Callable, Mapping
from typing import Any

from importer.flows import defining, importing, looking, recovery, settling
from importer.ledger.store import SqlLedger
from importer.ledger.writers import SqlWriters
from reliability.arming import put


def _no_intent() -> None:
    """Send first, write down the intent when the answer is there."""
    send_first = settling.Write._send_first

    def late(write: settling.Write, calls: Any, send: Callable[..., Any], attempt: int) -> Any:
        answer = send(calls[0])
        return send_first(write, calls, lambda _call: answer, attempt)

    put(settling.Write, "_send_first", late)


def _no_settling() -> None:
    """What an earlier run left open is not looked at."""
    put(importing, "settle_open_operations", lambda *_: None)


def _repeat_post() -> None:
    """A create whose answer was lost is sent again without a look-up."""
    put(looking.Sight, "look_up", lambda *_, **__: None)


def _no_look() -> None:
    """What a killed run may have stored is not looked for, nor are files that are there."""
    put(recovery, "_look_up", lambda *_: {})
    put(defining, "find_content", lambda *_, **__: None)


def _early_confirmation() -> None:
    """An operation counts as done before the service has answered."""
    intend = SqlLedger.intend

    def intend_and_confirm(ledger: SqlLedger, run: int, scope: Any, **facts: Any) -> int:
        number = intend(ledger, run, scope, **facts)
        ledger.confirm(
            scope,
            resource=facts["resource"],
            key=facts["key"],
            remote_id="early",
            sent=facts["desired"],
            observed=facts["desired"],
            operation=number,
        )
        return number

    put(SqlLedger, "intend", intend_and_confirm)


def _no_lock() -> None:
    """Everyone gets the lock."""
    put(SqlWriters, "claim", lambda *_: None)


SABOTAGES: Mapping[str, Callable[[], None]] = {
    "no intent": _no_intent,
    "no settling": _no_settling,
    "repeat post": _repeat_post,
    "no look": _no_look,
    "early confirmation": _early_confirmation,
    "no lock": _no_lock,
}
