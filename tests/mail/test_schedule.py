"""When a message is tried again."""

from datetime import UTC, datetime, timedelta

from importer.mail.schedule import find_next_attempt

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_pauses_grow_to_an_hour_and_end_after_three_days() -> None:
    pauses, now, attempts = [], NOON, 1
    while moment := find_next_attempt(attempts=attempts, written_at=NOON, now=now):
        pauses.append((moment - now) / timedelta(minutes=1))
        now, attempts = moment, attempts + 1

    assert pauses[:6] == [1, 5, 15, 60, 60, 60]
    assert set(pauses[4:]) == {60}
    assert timedelta(days=3) - timedelta(hours=1) < now - NOON <= timedelta(days=3)
