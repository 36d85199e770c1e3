"""Progress: a bar on a terminal that makes room for text, and lines now and then in a log."""

import io

import pytest
from rich.console import Console

from importer.cli.progress import Bar, Lines
from importer.model.event import Event


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def sending(done: int) -> Event:
    return Event(stage="send", done=done, total=400)


def test_a_log_gets_a_line_only_where_it_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    lines = Lines(clock)
    lines.turn_to("month.xlsx")
    for second in range(95):
        clock.seconds = float(second)
        lines.show(sending(second))
    lines.clear()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "month.xlsx: Sending: 30 of 400",
        "month.xlsx: Sending: 60 of 400",
        "month.xlsx: Sending: 90 of 400",
    ]


def test_a_short_run_says_nothing_to_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(Clock())
    lines.show(Event(stage="start"))
    lines.show(sending(1))
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_gone_before_text_comes() -> None:
    screen = io.StringIO()
    bar = Bar(Console(file=screen, force_terminal=True, width=80, color_system=None))
    bar.clear()
    assert screen.getvalue() == ""
    bar.turn_to("[month].xlsx")
    bar.show(Event(stage="look up", note="GHG entry"))
    assert "[month].xlsx: Looking up what is there (GHG entry)" in screen.getvalue()
    bar.clear()
    assert screen.getvalue().endswith("\x1b[2K")
    before = len(screen.getvalue())
    bar.show(sending(200))
    bar.clear()
    assert "Sending" in screen.getvalue()[before:]
    assert "50%" in screen.getvalue()[before:]


def test_a_bar_leaves_stdout_alone(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar(Console(file=io.StringIO(), force_terminal=True))
    bar.show(sending(1))
    print("said meanwhile")  # noqa: T201 - what a library may do
    bar.clear()
    assert capsys.readouterr().out == "said meanwhile\n"
