"""Where we and the descriptions differ, and why that stays so.

One table for each question: what is sent or answered otherwise than described, what is sent that
no description of ours has, and what a description has that the sandbox does not.
"""

from dataclasses import dataclass

from contracts.descriptions import Finding, read_vendor

_RENAMED = "Isometric's document is older than the renaming of June 2026"
_ADDED = "new with the renaming of June 2026, and so not in Isometric's older document"
_CULA_LISTS = (
    "the page of this list was not readable; should it come in pages after all, the first would "
    "have 10 configs, so 50 are asked for"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A finding that stays."""

    description: str
    place: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding."""
        return (self.description, self.place) == (finding.description, finding.place)


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        description="cula",
        place="GET /periodic-emission-log-configs query limit",
        reason=_CULA_LISTS,
    ),
    Difference(
        description="isometric-vendor",
        place="GET /components query ghg_entry_id",
        reason=_RENAMED,
    ),
    Difference(
        description="isometric-vendor",
        place="GET /components 200 nodes.ghg_entry_template_component_id is not named",
        reason=_RENAMED,
    ),
    Difference(
        description="isometric-vendor",
        place="POST /components 200 ghg_entry_template_component_id is not named",
        reason=_RENAMED,
    ),
    Difference(
        description="isometric-vendor",
        place="PATCH /components/{id} 200 ghg_entry_template_component_id is not named",
        reason=_RENAMED,
    ),
    Difference(
        description="isometric-vendor",
        place="POST /sources/{id}/signed_upload_url 409",
        reason="Isometric's document has it in words, and lists 200 and 422 for every operation",
    ),
    Difference(
        description="isometric-vendor",
        place="PATCH /sources/{id} request description is not named",
        reason=_ADDED,
    ),
    Difference(
        description="isometric-vendor",
        place="PATCH /sources/{id} 200 description is not named",
        reason=_ADDED,
    ),
    Difference(
        description="isometric-vendor",
        place="POST /sources request description is not named",
        reason=_ADDED,
    ),
    Difference(
        description="isometric-vendor",
        place="POST /sources 200 source.description is not named",
        reason=_ADDED,
    ),
    Difference(
        description="isometric-vendor",
        place="GET /sources 200 nodes.description is not named",
        reason=_ADDED,
    ),
    *(
        Difference(
            description="isometric-vendor",
            place=f"{call} 200 {members}{name} is not named",
            reason=_ADDED,
        )
        for call, members in (
            ("POST /ghg_statements", ""),
            ("GET /ghg_statements", "nodes."),
            ("GET /ghg_statements/{id}", ""),
            ("POST /ghg_statements/{id}/submit", ""),
        )
        for name in ("credit_allocation", "ghg_entry_ids")
    ),
)

ONLY_IN_VENDORS = frozenset(
    {
        "GET /component_blueprints",
        "GET /component_blueprints/{key}",
        "GET /feedstock_types",
        "GET /organisation",
        "GET /sources",
        "PATCH /datapoints/{id}",
        "PATCH /feedstock_types/{id}",
    }
)
"""What an import asks for and only Isometric's own document describes: it was not renamed."""


def find_unlisted(findings: list[Finding]) -> list[Finding]:
    """The findings that are not in the table."""
    return [each for each in findings if not any(known.covers(each) for known in DIFFERENCES)]


def list_unmet(findings: list[Finding]) -> list[Difference]:
    """What the table lists and nothing shows any more."""
    there = {"cula", "isometric"} | ({"isometric-vendor"} if read_vendor() else set())
    return [
        known
        for known in DIFFERENCES
        if known.description in there and not any(known.covers(each) for each in findings)
    ]


NOT_IN_SANDBOX = {
    **dict.fromkeys(
        (
            "PATCH /periodic-emission-logs/{id}",
            "PUT /periodic-emission-logs/{id}/data-points/{config_id}",
        ),
        "the importer always replaces a log: what PATCH does to data points is not documented",
    ),
    **dict.fromkeys(
        (
            "POST /periodic-emission-logs/{id}/files",
            "POST /periodic-emission-logs/{id}/upload-file",
            "POST /periodic-emission-logs/{id}/link-files",
            "POST /periodic-emission-logs/{id}/unlink-files",
        ),
        "of an older generation, or inferred from it: files are linked by `file_ids`",
    ),
    "POST /sites": "the importer reads sites and never makes any",
    **dict.fromkeys(
        (
            "POST /webhooks",
            "GET /webhooks",
            "GET /webhooks/{webhook_id}",
            "DELETE /webhooks/{webhook_id}",
        ),
        "the importer polls: a command line cannot be called back",
    ),
    "GET /datapoints/{id}/ghg_entry_template_components": "the importer does not ask for usage",
    **dict.fromkeys(
        (
            "POST /project_components/{id}/ghg_entry_attributions",
            "DELETE /project_components/{component_id}/ghg_entry_attributions/{ghg_entry_id}",
        ),
        "the importer makes components of entries only, and none of a project",
    ),
}
"""Operations that a description has and the sandbox does not, and why."""
