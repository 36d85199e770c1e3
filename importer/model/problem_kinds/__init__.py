"""The catalogue of problems, grouped by place. A code is never renumbered or reused."""

from importer.model.problem import ProblemKind
from importer.model.problem_kinds.of_files import *
from importer.model.problem_kinds.of_cells import *
from importer.model.problem_kinds.of_records import *

CATALOGUE: tuple[ProblemKind, ...] = tuple(
    kind for kind in tuple(globals().values()) if isinstance(kind, ProblemKind)
)
