"""Figures that a service computes after it took a record: asked for once, in bulk, at the end."""

from dataclasses import replace

from importer.flows.applying import Applied
from importer.flows.existing import Existing
from importer.flows.plan import Planned
from importer.flows.session import Session
from importer.flows.stopping import interrupted
from importer.model.failure import ImporterError
from importer.planning.wire import find_member


def read_figures(session: Session, planned: Planned, applied: Applied) -> None:
    """Fill in the results of records that were still calculating when they were sent.

    The import is over by now: a service that does not answer leaves the figures open.
    """
    existing = Existing(session.services)
    for resource in session.catalog.resources:
        open_records = [
            change.record
            for change in planned.changes
            if change.record.resource == resource.name
            and (body := applied.settled[change.record.name].body) is not None
            and any(find_member(body, each.field)[1] is None for each in resource.results)
        ]
        if not open_records or applied.stopped is not None:
            continue
        try:
            found = existing.find(resource, (record.key for record in open_records))
        except ImporterError:
            return
        except KeyboardInterrupt:
            applied.stopped = interrupted()
            return
        for record in open_records:
            if len(found[record.key]) == 1:
                end = applied.settled[record.name]
                applied.settled[record.name] = replace(end, body=found[record.key][0])
