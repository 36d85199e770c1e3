"""Answers: how a write ended, in the words of the port."""

from importer.apis.client import Exchange
from importer.apis.peer import End, word
from importer.apis.refusals import read_refusals
from importer.apis.rows import Decision
from importer.apis.situations import find_record
from importer.model.ports import Answer, Refusal, Verdict


def build_answer(end: End, *, record: str = "", request_id: str = "") -> Answer:
    """What the end of a write means for the record, which is the member `record` of a success.

    Of a success only the record is passed on: what stands beside it may be a secret, such as the
    address that Isometric gives with a new source.
    """
    answer = end.outcome if isinstance(end.outcome, Exchange) else Exchange(status=0)
    document = answer.json
    refusals: tuple[Refusal, ...] = ()
    match end.row.decision:
        case Decision.ACCEPT:
            verdict, document = Verdict.ACCEPTED, find_record(document, record)
        case Decision.REJECT:
            verdict, refusals = Verdict.REFUSED, read_refusals(answer)
        case _:
            # Without the document: what is in doubt must not be taken for the record.
            verdict, document = Verdict.UNKNOWN, None
            refusals = (Refusal(member="", words=f"{end.row.when}: {word(end.outcome)}"),)
    return Answer(
        verdict=verdict,
        status=answer.status,
        body=document if isinstance(document, dict) else {},
        refusals=refusals,
        request_id=request_id,
    )
