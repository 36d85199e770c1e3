"""A crew of threads: so many for each service, over one client (design: decision 17)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

Done = TypeVar("Done")

_LOOK_EVERY = 0.5
"""Seconds: Windows tells a waiting main thread of Ctrl-C only between two waits."""


class Crew(Generic[Done]):
    """Threads for the services of one run, for as long as the context is open."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._threads: dict[str, ThreadPoolExecutor] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in self._threads.values():
            each.shutdown(cancel_futures=True)

    def start(self, service: str, work: Callable[[], Done]) -> Future[Done]:
        """Have a thread of this service do it; tasks begin in the order in which they came."""
        if service not in self._threads:
            self._threads[service] = ThreadPoolExecutor(
                self._sizes.get(service, 1), thread_name_prefix=f"importer {service}"
            )
        return self._threads[service].submit(work)


def gather(
    tasks: Collection[Future[Done]], *, on_interrupt: Callable[[], None]
) -> Iterator[Future[Done]]:
    """The tasks as they end. Ctrl-C is passed on, and what has begun is waited for."""
    open_ones = set(tasks)
    while open_ones:
        try:
            ended, open_ones = wait(open_ones, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
        except KeyboardInterrupt:
            on_interrupt()
            continue
        yield from ended
