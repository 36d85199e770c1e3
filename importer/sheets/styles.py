"""How our own pages and headers look. Nothing is told by colour alone."""

from dataclasses import dataclass
from typing import Final

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

INK: Final = "1F2933"
MUTED: Final = "5F6B76"
LINK: Final = "1B5E9E"
WHITE: Final = "FFFFFF"
RULE: Final = "C9D1D9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one service: its tab and required headers, and its optional ones."""

    strong: str
    light: str


_FONT = "Calibri"
_SANS = 2
"""Family of the font, for where it is not installed."""

GREY = Palette(strong="8A939B", light="ECEEF0")
SLATE = Palette(strong="36454F", light="E6EAED")
"""For what the importer writes itself."""

_SERVICES = (
    Palette(strong="1D6B4F", light="DCEFE5"),
    Palette(strong="28549A", light="DFE8F6"),
    Palette(strong="8A5100", light="F7E8D3"),
    Palette(strong="6A3F8F", light="ECE2F4"),
)


def palette_of(service: str, services: tuple[str, ...]) -> Palette:
    """A service's colours, by its turn among all services."""
    return _SERVICES[services.index(service) % len(_SERVICES)]


def font(
    colour: str = INK,
    *,
    size: int = 11,
    bold: bool = False,
    italic: bool = False,
    underlined: bool = False,
) -> Font:
    """The workbook's own font."""
    return Font(
        name=_FONT,
        family=_SANS,
        size=size,
        color=colour,
        bold=bold,
        italic=italic,
        underline="single" if underlined else None,
    )


def command_font() -> Font:
    """For what is to be typed: letters of one width."""
    return Font(name="Consolas", family=3, size=10, color=INK)


def fill(colour: str) -> PatternFill:
    """A plain fill."""
    return PatternFill("solid", fgColor=colour, bgColor=colour)


def style_header(cell: Cell | MergedCell, palette: Palette, *, required: bool) -> None:
    """A header: bold on a strong fill where the column must be filled, plain where it may be."""
    side = Side(style="medium" if required else "thin", color=palette.strong)
    cell.font = font(WHITE if required else INK, bold=required)
    cell.fill = fill(palette.strong if required else palette.light)
    cell.border = Border(bottom=side, right=Side(style="thin", color=WHITE))
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def style_unavailable_header(cell: Cell | MergedCell) -> None:
    """The header of a column that this version does not send."""
    cell.font = font(MUTED, italic=True)
    cell.fill = fill(GREY.light)
    cell.border = Border(bottom=Side(style="dashed", color=GREY.strong))
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def style_own_header(cell: Cell | MergedCell) -> None:
    """The header of a column that the importer writes."""
    style_header(cell, SLATE, required=True)
