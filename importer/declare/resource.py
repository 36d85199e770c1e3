"""A resource: one kind of record, declared once; everything else is derived from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from importer.declare.column import Column
from importer.declare.definition import Defined, Item
from importer.declare.evidence import Evidence
from importer.declare.sheet import Sheet
from importer.declare.submission import Submission
from importer.model.plan import Update
from importer.model.ports import Call
from importer.model.problem import ProblemKind
from importer.model.record import Json, Reference, State, Value

_ID_LENGTHS = 12, 100
"""Service ids are a prefix of four and a suffix of at least sixteen; leave room for change."""

Items = Mapping[str, Item]
"""The definitions that a record names, by the header of the cell that names them."""


class UpdateBy(Enum):
    """How the service takes a change."""

    REPLACING = "PUT"
    """The complete record, what is not to change included."""
    PATCHING = "PATCH"
    """Only the members that change."""
    NONE = "none"
    """Not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A list that belongs to an existing record; it is put into the record's answer.

    detail: the sheet without rows of which it is not needed; empty where it always is.
    """

    name: str
    path: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where records of a resource live.

    path: the list, and with `/{id}` behind it a record.
    query: what narrows the list to what may be ours, such as `project_id={project_id}`.
    fixed: members that every create carries, with the target's settings in braces.
    record: the member of a create's answer that holds the record; empty where the answer is it.
    largest: bytes of a body that the service takes; None where none is published.
    """

    path: str
    update: UpdateBy
    query: str = ""
    fixed: tuple[tuple[str, str], ...] = ()
    companions: tuple[Companion, ...] = ()
    record: str = ""
    largest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultColumn:
    """A figure of the service's answer that comes back in the results workbook."""

    header: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A cell whose definition does not go with the rest of the row."""

    header: str
    kind: ProblemKind
    found: str
    expected: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Rows of a detail give a record a share of something; all shares together are one at most.

    of: the member of a row's state that says of what. amount: header of the share, one if blank.
    """

    of: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A sheet whose rows fold into a record of another sheet.

    parent: header of the cell that names the record.
    keys: headers that tell the rows of one record apart.
    value, unit: headers of the cells that are read as the record's definition says; empty for a
        detail whose columns say everything.
    write: from values by inner key to the member on the wire.
    read: from the service's record to values by inner key.
    state: what a row states, where that is not just its columns.
    misfits: what does not go together in a row, although each cell is right by itself.
    takes_off: whether a row takes off the part that its first key names.
    afterwards: whether it is no part of a create, but a change of the record right after it.
    share: what its rows give a share of.
    identify: what a row's key stands for at the service, from the record's answer; two keys may
        be names of one thing there.
    on_request: what a template calls it that asks for its sheet; empty where the sheet is always
        beside that of its record.
    """

    sheet: Sheet
    parent: str
    field: str
    keys: tuple[str, ...]
    value: str = ""
    unit: str = ""
    write: Callable[[Mapping[str, Json], Items], Json] | None = None
    read: Callable[[Mapping[str, Json], Items], Mapping[str, Json]] | None = None
    state: Callable[[Mapping[str, Json]], Json] | None = None
    misfits: Callable[[Mapping[str, Value]], tuple[Misfit, ...]] | None = None
    takes_off: Callable[[Mapping[str, Value]], bool] | None = None
    afterwards: bool = False
    share: Share | None = None
    identify: Callable[[Mapping[str, Json], str], str] | None = None
    on_request: str = ""

    def state_field(self, inner: str) -> str:
        """The field of a record's state under which the detail with that key stands."""
        return f"{self.field}[{inner}]"

    def inner_of(self, values: Mapping[str, Value]) -> str:
        """The key of a row within its record; external ids count regardless of case."""
        keys = (values.get(header, "") for header in self.keys)
        return "/".join(
            str(each).casefold() if isinstance(each, Reference) else str(each) for each in keys
        )

    def inner(self, state_field: str) -> str | None:
        """The key behind a field of the state; None for a field that is not of this detail."""
        start = f"{self.field}["
        if state_field.startswith(start) and state_field.endswith("]"):
            return state_field[len(start) : -1]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two records of the same thing may not cover overlapping periods. Headers."""

    within: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One kind of record.

    name: `emission-log`; title: `emission log`; id_prefix: what the service's ids start with.
    id_lengths: how short and how long those are.
    key: header of the column that holds the external id.
    defined_by, define: the cell that names the record's definition, and what that asks for.
    misfits: what does not go together although each cell is right by itself.
    observe: what the service's record says beyond its columns.
    updates: the calls of an update, where one PUT or PATCH is not enough.
    stuck: fields of an update that cannot be sent any more, and why, as a clause.
    locked: what keeps an existing record from being changed; empty where nothing does.
    unlocked_by: what to do about a locked one; empty where nothing helps.
    warnings: what an answer of the service gives reason to say.
    calculating: whether an answer says that the record's figures are still to come.
    key_space: resources of one space share their external ids; empty: only the sheet counts.
    evidence: the document that goes with a record.
    shape_create: the last touch on the body of a create.
    shape: the last touch on the whole body, of a create and of an update alike.
    restate: fields of the state that follow from what the row states.
    content_key: what identifies a record of a service that takes no external id for it, from its
        state; the fields of `restate` are what its list is searched by.
    lookalike: headers which, when all alike under another key, point to the same fact twice.
    unit: header of the unit that a record's quantity is in; empty where it has none.
    claim: header of what is unique among records that have no external id yet: one that is alike
        in it is given the external id, and none is made beside it.
    called_by: header of the name by which cells may call a record of the account that is in no row
        of the workbook, beside its ids; empty where they may not.
    offered_by: the setting of the service without which it is taken to offer no create; empty
        where it does.
    unoffered: what to do then.
    submission: how its records are handed over for good; then no import writes them.
    on_request: its sheets are only in templates that ask for them.
    counted_by: the detail sheet of another resource whose rows say what it counts to; without
        one a new record is of no effect. Empty where it counts by itself.
    variants: the sheets that a template made for an account has in place of the resource's own,
        one for each definition that was asked for; none are declared.
    made_from: member that tells what the service itself made a record from, as part of another
        one; such a record has no row of its own. Empty where it makes none.
    """

    name: str
    title: str
    service: str
    id_prefix: str
    sheet: Sheet
    endpoint: Endpoint
    id_lengths: tuple[int, int] = _ID_LENGTHS
    key: str = "External ID"
    details: tuple[Detail, ...] = ()
    defined_by: str = ""
    define: Callable[[Items], Defined] | None = None
    misfits: Callable[[Items], tuple[Misfit, ...]] | None = None
    observe: Callable[[Mapping[str, Json], Items], State] | None = None
    updates: Callable[[Update, State, Items], tuple[Call, ...]] | None = None
    stuck: Callable[[Update], Mapping[str, str]] | None = None
    locked: Callable[[Mapping[str, Json]], str] | None = None
    unlocked_by: str = ""
    warnings: Callable[[Mapping[str, Json]], tuple[Misfit, ...]] | None = None
    calculating: Callable[[Mapping[str, Json]], bool] | None = None
    results: tuple[ResultColumn, ...] = ()
    overlap: Overlap | None = None
    lookalike: tuple[str, ...] = ()
    key_space: str = ""
    evidence: Evidence | None = None
    shape_create: Callable[[Mapping[str, Json]], dict[str, Json]] | None = None
    shape: Callable[[Mapping[str, Json], Items], Mapping[str, Json]] | None = None
    restate: Callable[[State], State] | None = None
    content_key: Callable[[State], str] | None = None
    unit: str = ""
    claim: str = ""
    called_by: str = ""
    offered_by: str = ""
    unoffered: str = ""
    submission: Submission | None = None
    on_request: bool = False
    counted_by: str = ""
    made_from: str = ""
    available: bool = True
    variants: tuple[Sheet, ...] = ()

    @property
    def key_column(self) -> Column:
        """The column that holds the external id."""
        return self.sheet.column(self.key)

    def is_service_id(self, key: str) -> bool:
        """Whether a cell holds the service's own id instead of an external one."""
        shortest, longest = self.id_lengths
        return key.startswith(self.id_prefix) and shortest <= len(key) <= longest

    @property
    def pages(self) -> tuple[Sheet, ...]:
        """What a template has for the rows of the resource itself."""
        return self.variants or (self.sheet,)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The resource's own sheet and those of its details."""
        return (self.sheet, *(detail.sheet for detail in self.details))
