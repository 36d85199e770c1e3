"""Every code of the catalogue is raised by the importer, and expected by a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from importer.model import problem_kinds as kinds
from importer.model.problem import ProblemKind

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "importer" / "model" / "problem_kinds"
TESTS = ("checking", "cli", "flows", "planning", "sheets", "web", "resources", "apis", "catalog")
"""Rooms whose tests have the importer find problems; those of reports make their own."""


def parse(folder: Path) -> Iterator[ast.Module]:
    for path in sorted(folder.rglob("*.py")):
        if CATALOGUE not in path.parents:
            yield ast.parse(path.read_text(encoding="utf-8"))


def raised() -> set[str]:
    """Names on which `.at(…)` is called, or that are handed on to be."""
    names = set()
    for module in parse(ROOT / "importer"):
        for node in ast.walk(module):
            match node:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    names.add(name)
    return names


def expected() -> set[str]:
    """Words of texts in tests, and kinds whose code they compare."""
    words: set[str] = set()
    for room in TESTS:
        for module in parse(ROOT / "tests" / room):
            for node in ast.walk(module):
                match node:
                    case ast.Constant(value=str() as text):
                        words |= set(text.replace("`", " ").split())
                    case ast.Attribute(value=ast.Attribute(attr=name), attr="code"):
                        words.add(name)
                    case ast.Attribute(value=ast.Name(id=name), attr="code"):
                        words.add(name)
    return words


RAISED, EXPECTED = raised(), expected()


@pytest.mark.parametrize("kind", kinds.CATALOGUE, ids=lambda each: each.code)
def test_a_code_is_raised_and_a_test_expects_it(kind: ProblemKind) -> None:
    assert kind.code in RAISED
    assert kind.code in EXPECTED
