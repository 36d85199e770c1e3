"""A process that writes into a ledger: `writer.py URL NAME COUNT THREADS` (run by the tests).

It intends and confirms COUNT records in each thread, and confirms one record that all share.
With `crash` as fifth argument it dies without a word after its first intent.
"""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from importer.ledger.store import SqlLedger, open_ledger
from importer.model.ports import Scope

SCOPE = Scope(target="plant", service="cula", organisation="org_1")


def write(ledger: SqlLedger, run: int, name: str, count: int, *, crash: bool) -> None:
    for number in range(count):
        key = f"{name}-{number}"
        operation = ledger.intend(
            run, SCOPE, resource="log", key=key, calls=[], desired={"v": number}
        )
        if crash:
            os.kill(os.getpid(), signal.SIGKILL)
        for each, intent in ((key, operation), ("shared", None)):
            ledger.confirm(
                SCOPE,
                resource="log",
                key=each,
                remote_id=each,
                sent={"v": 1},
                observed={"v": 1},
                operation=intent,
            )


def main(url: str, name: str, count: str, threads: str, *rest: str) -> None:
    with (
        open_ledger(url, clock=lambda: datetime.now(UTC)) as ledger,
        ThreadPoolExecutor(int(threads)) as pool,
    ):
        run = ledger.open_run(verb="import", target="plant", file=name, digest="d")
        work = [
            pool.submit(write, ledger, run, f"{name}-{each}", int(count), crash=bool(rest))
            for each in range(int(threads))
        ]
        for each in work:
            each.result()


if __name__ == "__main__":
    main(*sys.argv[1:])
