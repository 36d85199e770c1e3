"""The notes of a sheet with their boxes: two parts that have to say the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from importer.sheets.ooxml.document import Document
from importer.sheets.ooxml.note_boxes import BoxesEdit, build_boxes
from importer.sheets.ooxml.notes_edit import NewNote, NotesEdit, Spot, build_comments
from importer.sheets.ooxml.package_edit import PackageEdit
from importer.sheets.ooxml.parts import Relation

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOf:
    """Whose notes are meant. drawing: the relation of the sheet's boxes; empty for none."""

    sheet: str
    drawing: str
    author: str
    is_ours: Callable[[str], bool]


def has_own_notes(package: PackageEdit, of: NotesOf) -> bool:
    """Whether a sheet has notes of ours. Raises PartDamaged."""
    comments = _find(package, of.sheet, kind="comments")
    if comments is None:
        return False
    return bool(NotesEdit(package.document(comments.target).data, of.is_ours).gone)


def edit_notes(package: PackageEdit, of: NotesOf, notes: Mapping[Spot, NewNote]) -> str | None:
    """Put these notes in the place of ours, at cells that have no other.

    Answers with the relation that the sheet's drawing has to name from now on: None where that
    stays as it is, empty for none. Boxes that cannot be read are left alone, and so are the notes.
    """
    comments = _find(package, of.sheet, kind="comments")
    drawing = package.parts.relations(of.sheet).get(of.drawing)
    if of.drawing and (drawing is None or not package.parts.has(drawing.target)):
        return None
    main = package.dialect.main
    listed = package.document(comments.target) if comments else Document(build_comments(main))
    boxes = package.document(drawing.target) if drawing else Document(build_boxes())
    edit, shapes = NotesEdit(listed.data, of.is_ours), BoxesEdit(boxes.data)
    new = {spot: note for spot, note in notes.items() if spot not in edit.taken}
    if not (edit.gone or new) or not shapes.is_sound:
        return None
    if not (new or edit.taken or shapes.has_others(edit.gone)):
        _remove(package, of.sheet, comments, drawing)
        return ""
    listed.data, boxes.data = edit.render(new, of.author), shapes.render(edit.gone, new)
    if comments is None:
        _add(package, of.sheet, "comments", ("xl/comments{}.xml", _COMMENTS_TYPE), listed)
    if drawing is None:
        kind, pattern = "vmlDrawing", "xl/drawings/vmlDrawing{}.vml"
        return _add(package, of.sheet, kind, (pattern, _BOXES_TYPE), boxes)
    return None


def _find(package: PackageEdit, sheet: str, *, kind: str) -> Relation | None:
    found = package.parts.relations(sheet).values()
    fitting = (each for each in found if each.kind == kind and not each.is_external)
    return next((each for each in fitting if package.parts.has(each.target)), None)


def _add(
    package: PackageEdit, sheet: str, kind: str, named: tuple[str, str], content: Document
) -> str:
    part = package.add(*named)
    package.document(part).data = content.data
    return package.relate(sheet, kind, part)


def _remove(
    package: PackageEdit, sheet: str, comments: Relation | None, drawing: Relation | None
) -> None:
    for relation in (comments, drawing):
        if relation is not None:
            package.remove(relation.target)
            package.unrelate(sheet, relation.id)
