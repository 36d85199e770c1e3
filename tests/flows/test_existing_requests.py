"""What filling in costs: pages of 50 and the fixed reads; one more read for each entry."""

from collections import Counter

from importer.sandbox.cula.kinds import LOG
from support.desk import Desk
from support.prefilled import fetch
from tests.flows import books
from tests.flows.months import build_batch, save
from tests.flows.planting import plant_datapoints

LISTS = {"periodic-emission-logs", "datapoints", "ghg_entries"}


def cost(desk: Desk) -> Counter[str]:
    """The requests of one template, by what they read; what is asked for goes without."""
    before = len(desk.requests())
    fetch(desk)
    return Counter(each.partition("?")[0] for each in desk.requests(before))


def plant_logs(desk: Desk, count: int) -> None:
    """So many logs beside the one of the small book, put there without a request."""
    desk.import_(desk.book(books.LOG))
    (pattern,) = desk.twin.store.select(LOG)
    with desk.twin.store.transaction():
        for number in range(1, count):
            year, month = divmod(number, 12)
            first = f"{1990 + year}-{month + 1:02}-01"
            body = {
                **pattern.body,
                "id": f"eml_1NRBARK01SBX{number:06}",
                "external_id": f"L-{number}",
                "display_key": f"L-{number}",
                "period_start": f"{first}T00:00:00.000Z",
                "period_end": f"{first[:-2]}28T00:00:00.000Z",
            }
            desk.twin.store.insert(LOG, body, reference=f"L-{number}")


def test_pages_and_the_fixed_reads(desk: Desk) -> None:
    fixed = cost(desk)
    plant_datapoints(desk, 120)
    plant_logs(desk, 60)
    requests = cost(desk)
    more = requests - fixed
    assert requests["GET datapoints"] == 3
    assert requests["GET periodic-emission-logs"] == 2
    assert set(more) <= {f"GET {each}" for each in LISTS}
    assert set(map(str, requests)) == set(map(str, fixed)), "no record is read alone"


def test_the_fixed_reads_are_few(desk: Desk) -> None:
    fixed = cost(desk)
    assert sum(fixed.values()) <= 30
    assert max(fixed.values()) == 1, "each thing is read once"


def test_an_entry_costs_one_more_read(desk: Desk) -> None:
    desk.import_(save(desk, build_batch()))
    requests = cost(desk)
    assert requests["GET components"] == 1
    assert requests["GET ghg_entries"] == 1
    assert not [each for each in requests if each.startswith("GET ghg_entries/")]
    assert not [each for each in requests if not each.startswith("GET ")]
