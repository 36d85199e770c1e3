"""A digital signature: it vouches for every byte, so it does not outlive a change."""

from importer.sheets.ooxml.package_edit import PackageEdit

_FOLDER = "_xmlsignatures/"


def take_off_signature(package: PackageEdit) -> bool:
    """Remove the signatures of a package; whether there was any.

    That of its macros vouches for them alone, and stays.
    """
    found = [each for each in package.parts.relations().values() if each.kind == "origin"]
    for relation in found:
        package.unrelate("", relation.id)
        package.remove(relation.target)
        for each in package.parts.relations(relation.target).values():
            package.remove(each.target)
    for entry in package.parts.entries:
        if entry.filename.casefold().startswith(_FOLDER):
            package.remove(entry.filename)
    return bool(found)
