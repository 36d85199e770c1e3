"""Is a sandbox running at this address?"""

from collections.abc import Mapping

from importer.apis.client import Exchange, Limits, Request, open_client
from importer.model.record import Json

_QUICK = Limits(seconds=2.0, connect_seconds=1.0, answer_bytes=100_000)


def find_twin(url: str) -> Mapping[str, Json] | None:
    """What the sandbox at this address tells of itself; None where none answers."""
    with open_client(limits=_QUICK) as client:
        answer = client.exchange(Request(method="GET", url=f"{url}/_sandbox"))
    if isinstance(answer, Exchange) and isinstance(answer.json, dict):
        return answer.json
    return None
