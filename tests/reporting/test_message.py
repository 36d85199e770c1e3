"""The message about an import, read aloud: the same facts as text and as HTML."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from importer.model import problem_kinds as kinds
from importer.model.outcome import Status
from importer.reporting.message import Workbook
from importer.reporting.message_html import render_html
from importer.reporting.message_text import render_text
from importer.reporting.subject import render_subject
from importer.reporting.taming import tame, tame_attachment, tame_name
from tests.reporting.makers import of_file, problem, report, row
from tests.reporting.messages import ENDS, tell

FACT = re.compile(r"\b[A-Z]{1,3}[0-9]+\b|[0-9]+|\[[A-Z_]+\]|“[^”]*”")
"""Cells, numbers, codes and quoted values."""

SUBJECTS = {
    "all in order": "All 92 rows are in order – kiln-2-march.xlsx",
    "one row": "The one row is in order – kiln-2-march.xlsx",
    "in order with a note": "All 2 rows are in order – kiln-2-march.xlsx",
    "some need a fix": "7 of 412 rows need a fix – kiln-2-march.xlsx",
    "could not be read": "Could not be read – notes.xlsx",
    "no rows": "No rows were found – empty.xlsx",
    "cut short": "Cut short, 30 of 92 rows are in – kiln-2-march.xlsx",
    "could not be imported": "Could not be imported – month.xlsx",
    "gate": "Nothing was sent, 12 of 20 rows wait – kiln-2-march.xlsx",
    "conflicts": "2 of 3 rows differ at the service – kiln-2-march.xlsx",
    "uncertain": "1 of 2 rows has no clear answer yet – kiln-2-march.xlsx",
    "many kinds": "12 of 12 rows need a fix – kiln-2-march.xlsx",
    "results not written": "All 3 rows are in order, but the run did not end well"
    " – kiln-2-march.xlsx",
}


class Reader(HTMLParser):
    """What a person sees of a page, and what it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._is_head = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._is_head = tag in ("head", "title", "meta")

    def handle_data(self, data: str) -> None:
        if not self._is_head:
            self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)


@pytest.mark.parametrize("end", ENDS)
def test_the_text_read_aloud(end: str, snapshot: SnapshotAssertion) -> None:
    message = tell(ENDS[end])
    assert f"Subject: {message.subject}\n\n{render_text(message)}" == snapshot


@pytest.mark.parametrize("end", ENDS)
def test_the_html_letter_for_letter(end: str, snapshot: SnapshotAssertion) -> None:
    assert render_html(tell(ENDS[end])) == snapshot


@pytest.mark.parametrize("end", ENDS)
def test_the_subject_says_how_it_ended(end: str) -> None:
    assert tell(ENDS[end]).subject == render_subject(ENDS[end]) == SUBJECTS[end]


@pytest.mark.parametrize(
    ("status", "members", "words"),
    [
        (Status.INVALID, {}, "The one row needs a fix"),
        (Status.UNCERTAIN, {}, "The one row has no clear answer yet"),
        (Status.SKIPPED, {}, "Nothing was sent, the one row waits"),
        (Status.SKIPPED, {"stopped": ("It is away.", "Wait.")}, "Cut short, the one row is not in"),
        (
            Status.CREATED,
            {"problems": (of_file(kinds.SHEET_NAME_NEAR, "“Sorces”"),)},
            "The one row is in order, but the workbook is not",
        ),
    ],
)
def test_one_row_is_not_counted(status: Status, members: dict[str, Any], words: str) -> None:
    assert render_subject(report("import", row(status), **members)) == f"{words} – month.xlsx"


@pytest.mark.parametrize("end", ENDS)
def test_both_parts_tell_the_same(end: str) -> None:
    message = tell(ENDS[end])
    text, page = " ".join(render_text(message).split()), Reader(render_html(message)).text
    assert sorted(FACT.findall(text)) == sorted(FACT.findall(page))
    assert text.replace(" ", "") == page.replace(" ", "")


@pytest.mark.parametrize("end", ENDS)
def test_the_counts_add_up_to_the_rows_read(end: str) -> None:
    message = tell(ENDS[end])
    lines = [*message.went_in, *message.stayed_out]
    assert sum(each.number for each in lines) == message.rows == len(ENDS[end].outcomes)


@pytest.mark.parametrize("end", ENDS)
def test_a_page_loads_and_runs_nothing(end: str) -> None:
    page = Reader(render_html(tell(ENDS[end])))
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "form", "a", "style", "b"})
    assert page.attributes.isdisjoint({"src", "href", "background", "onclick"})
    assert "url(" not in render_html(tell(ENDS[end]))


def test_the_ten_most_frequent_causes_are_told() -> None:
    message = tell(ENDS["many kinds"])
    assert len(message.causes) == 10
    assert message.others == "… and 2 more kinds of problems, all in the annotated workbook."
    rare = row(Status.INVALID, 2, problem(kinds.CELL_CHOICE, row=2))
    often = [row(Status.INVALID, each, problem(row=each)) for each in (3, 4)]
    told = tell(report("import", rare, *often))
    assert [each.where for each in told.causes] == [
        "2 × Datapoints!D3:D4 (Value)",
        "Datapoints!D2 (Value)",
    ]


@pytest.mark.parametrize(
    ("workbook", "words"),
    [
        (Workbook.ATTACHED, "is attached: kiln-2-march.results.xlsx. It also lies at /srv/in/"),
        (Workbook.TOO_LARGE, "is not attached, because it is larger than 5 MB. It lies at /srv/"),
        (Workbook.UNREADABLE, "is not attached, because it could not be read again. It lies at"),
    ],
)
def test_where_the_workbook_is(workbook: Workbook, words: str) -> None:
    assert words in tell(ENDS["some need a fix"], workbook).workbook


names = st.text(min_size=1, max_size=120).filter(lambda name: "/" not in name)


@given(names)
@example("=?utf-8?q?a=0ABcc:_x=40y?=")
@example("a\r\nBcc: x@y.example")
@example("invoice\u202excod.xlsx")
@example("<script>alert(1)</script>.xlsx")
@example("\udcff.xlsx")
@example("x" * 300 + ".xlsx")
def test_no_name_of_a_file_breaks_out(name: str) -> None:
    message = tell(replace(ENDS["some need a fix"], file=name, results=f"{name}.results.xlsx"))
    page, text = render_html(message), render_text(message)

    assert len(message.subject.splitlines()) == 1
    assert len(message.subject) < 130
    assert "=?" not in message.subject and "?=" not in message.subject
    for each in (message.subject, page, text):
        each.encode()
        assert not re.search("[\u202a-\u202e\u2066-\u2069\r\x00]", each)
    assert Reader(page).tags.isdisjoint({"script", "a", "img"})


@given(names)
def test_a_tamed_name_stays_as_it_is(name: str) -> None:
    assert tame_name(tame_name(name)) == tame_name(name)
    assert tame(tame(name)) == tame(name)


@pytest.mark.parametrize(
    ("name", "tamed", "attached"),
    [
        ("kiln 2 – März.xlsx", "kiln 2 – März.xlsx", "kiln 2 - März.xlsx"),
        ("a\nb.xlsx", "a b.xlsx", "a b.xlsx"),
        ("=?utf-8?q?x?=.xlsx", "-?utf-8?q?x?-.xlsx", "--utf-8-q-x--.xlsx"),
        ("exe\u202exslx.xlsx", "exexslx.xlsx", "exexslx.xlsx"),
        ("\t\n", "", "workbook"),
    ],
)
def test_names_are_tamed(name: str, tamed: str, attached: str) -> None:
    assert tame_name(name) == tamed
    assert tame_attachment(name) == attached


def test_a_long_name_keeps_its_end() -> None:
    tamed = tame_name("k" * 200 + "-march.xlsx")
    assert len(tamed) <= 80
    assert tamed.startswith("kkkk")
    assert tamed.endswith("-march.xlsx")
