"""Conditional formats: ours come first and go again; the others stay in their order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from importer.sheets.ooxml.sheet_survey import TRUE
from importer.sheets.ooxml.tags import (
    Element,
    attributes,
    children,
    escape,
    set_attribute,
    text_of,
)

IsOurs = Callable[[str], bool]
"""Tells by the formula of a rule whether it is one of ours."""

_BLOCK = "conditionalFormatting"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A look for cells where a formula is true. spots: their ranges. look: its `dxfId`."""

    spots: str
    formula: str
    look: int


class RulesEdit:
    """The rules of one sheet: `tops` are the elements of its tail."""

    def __init__(
        self, tail: bytes, tops: Sequence[Element], rules: Sequence[NewRule], is_ours: IsOurs
    ) -> None:
        self._tail = tail
        self._rules = rules
        self._ours = {
            (each.start, each.end)
            for top in tops
            if top.local == _BLOCK
            for each in children(tail, top.inner, top.close)
            if any(map(is_ours, _formulas(tail, each)))
        }
        found = list(_rules_within(tail, tops))
        self._theirs = [
            (each, _priority(tail, each))
            for each in found
            if not any(start <= each.start < end for start, end in self._ours)
        ]
        # A pivot table names its formats by their priority.
        is_fixed = any(_is_of_pivot(tail, each) for each, _ in self._theirs)
        lowest = min((priority for _, priority in self._theirs), default=len(rules) + 1)
        highest = max((priority for _, priority in self._theirs), default=0)
        self._shift = 0 if is_fixed else max(0, len(rules) + 1 - lowest)
        self._first = highest + 1 if is_fixed and lowest <= len(rules) else 1

    def changes(self, tops: Sequence[Element]) -> Iterator[tuple[int, int, bytes]]:
        """What is to be changed in the tail, but for our rules."""
        for top in tops if self._ours else ():
            inside = [each for each in self._ours if top.start < each[0] < top.end]
            if top.local == _BLOCK and inside:
                rest = [
                    each
                    for each in children(self._tail, top.inner, top.close)
                    if each.local == "cfRule" and (each.start, each.end) not in self._ours
                ]
                yield from (
                    ((*each, b"") for each in inside) if rest else [(top.start, top.end, b"")]
                )
        for each, priority in self._theirs if self._shift else ():
            tag = self._tail[each.start : each.inner]
            moved = set_attribute(tag, b"priority", str(priority + self._shift))
            yield each.start, each.inner, moved

    def render(self, prefix: bytes) -> bytes:
        """Our rules as elements of the sheet."""
        found = []
        for priority, rule in enumerate(self._rules, self._first):
            found.append(
                b'<%bconditionalFormatting sqref="%b"><%bcfRule type="expression" dxfId="%d" '
                b'priority="%d"><%bformula>%b</%bformula></%bcfRule></%bconditionalFormatting>'
                % (
                    *(prefix, rule.spots.encode(), prefix, rule.look, priority),
                    *(prefix, escape(rule.formula), prefix, prefix, prefix),
                )
            )
        return b"".join(found)


def _rules_within(tail: bytes, tops: Sequence[Element]) -> Iterator[Element]:
    """All rules, those of newer programs among the extensions, too: they are one order."""
    for top in tops:
        if top.local in (_BLOCK, "extLst") and b"cfRule" in tail[top.start : top.end]:
            yield from _deep(tail, top)


def _deep(tail: bytes, parent: Element) -> Iterator[Element]:
    for each in children(tail, parent.inner, parent.close):
        if each.local == "cfRule" and "priority" in attributes(tail[each.start : each.inner]):
            yield each
        elif each.local in ("ext", "conditionalFormattings", _BLOCK):
            yield from _deep(tail, each)


def _formulas(tail: bytes, rule: Element) -> Iterator[str]:
    for each in children(tail, rule.inner, rule.close):
        if each.local == "formula":
            yield text_of(tail, each)


def _priority(tail: bytes, rule: Element) -> int:
    given = attributes(tail[rule.start : rule.inner])["priority"]
    return int(given) if given.isdecimal() else 1


def _is_of_pivot(tail: bytes, rule: Element) -> bool:
    block = tail.rfind(b"conditionalFormatting", 0, rule.start)
    tag = tail[tail.rfind(b"<", 0, block) : tail.find(b">", block) + 1]
    return attributes(tag).get("pivot", "0") in TRUE
