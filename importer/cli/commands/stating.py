"""The options that state how the dates and numbers of a workbook are written."""

from collections.abc import Callable

import click

Command = Callable[..., int]


def takes_conventions(command: Command) -> Command:
    """Give a command `--dates` and `--decimal`."""
    dates = click.option(
        "--dates",
        type=click.Choice(["dmy", "mdy"]),
        help="What comes first in dates that are text, such as 03/04/2025.",
    )
    decimal = click.option(
        "--decimal",
        type=click.Choice(["point", "comma"]),
        help="The decimal sign of numbers that are text, such as 1.234.",
    )
    return dates(decimal(command))
