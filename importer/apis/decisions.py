"""The answer table: what every answer, and every loss of one, means and what is done about it.

It reads from top to bottom; the first row that fits counts. Nothing else in this program
decides on a status or a transport failure. Facts about Cula are from docs.cula.tech, those
about Isometric from docs.isometric.com/api-reference/certify.
"""

from importer.apis import sources
from importer.apis.client import Loss
from importer.apis.rows import Decision, Row
from importer.apis.situations import (
    ADDRESS,
    ANY,
    CREATE,
    DOCUMENT,
    DOWNLOAD,
    READ,
    REPEATABLE,
    SIGNED_IN,
    TOKEN,
    WRITES,
    Situation,
    always,
    between,
    could_not_find,
    has_another_key,
    is_about_the_path,
    is_list,
    is_lost,
    is_object,
    is_object_without_id,
    is_text,
    is_token_over,
    lost,
    misses_header,
    never_left,
    status,
    succeeded,
)
from importer.model.failure import CredentialsRefused

TABLE: tuple[Row, ...] = (
    # No answer.
    Row(
        uses=ANY,
        when="the request cannot be written down as HTTP, or the server is not trusted",
        fits=lost(Loss.UNUSABLE, Loss.UNTRUSTED),
        decision=Decision.STOP,
        source="ours: repeating changes neither",
    ),
    Row(
        uses=ANY,
        when="there was no connection",
        fits=never_left,
        decision=Decision.REPEAT,
        source="ours: nothing was sent",
    ),
    Row(
        uses=REPEATABLE,
        when="the answer is too large",
        fits=lost(Loss.TOO_LARGE),
        decision=Decision.STOP,
        source="ours: it would be too large again",
    ),
    Row(
        uses=DOCUMENT,
        when="the time that its size allows was over",
        fits=lost(Loss.TOO_LATE),
        decision=Decision.STOP,
        source="ours: the line is too slow, or would take as long again to show it",
    ),
    Row(
        uses=REPEATABLE,
        when="the answer was lost",
        fits=is_lost,
        decision=Decision.REPEAT,
        source="ours: reading changes nothing, nor does bringing the same document again",
    ),
    Row(
        uses=WRITES,
        when="the answer was lost",
        fits=is_lost,
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
    # Success, as far as it can be believed.
    Row(
        uses=DOCUMENT,
        when="the document was taken",
        fits=succeeded,
        decision=Decision.ACCEPT,
        source=f"{sources.HTTP}; {sources.SOURCES}: its status and body are not documented",
    ),
    Row(
        uses=DOWNLOAD,
        when="the bytes of a document came",
        fits=succeeded,
        decision=Decision.ACCEPT,
        source=sources.DOWNLOADS,
    ),
    Row(
        uses=ADDRESS,
        when="success with an address",
        fits=is_text,
        decision=Decision.ACCEPT,
        source=f"{sources.SOURCES}: a bare JSON string",
    ),
    Row(
        uses=WRITES,
        when="the answer is about a record with another key than the one sent",
        fits=has_another_key,
        decision=Decision.LOOK_UP,
        source="ours: it is the answer to some other request",
    ),
    Row(
        uses=CREATE,
        when="the answer to a create holds no id",
        fits=is_object_without_id,
        decision=Decision.LOOK_UP,
        source=f"{sources.CULA_ERRORS}; {sources.ISOMETRIC}: "
        "every created record answers with its id",
    ),
    Row(
        uses=ANY,
        when="success with a record",
        fits=is_object,
        decision=Decision.ACCEPT,
        source=f"{sources.CULA_ERRORS}: 200, 201; {sources.ISOMETRIC}: 200",
    ),
    Row(
        uses=REPEATABLE,
        when="success with a list",
        fits=is_list,
        decision=Decision.ACCEPT,
        source=sources.HTTP,
    ),
    Row(
        uses=REPEATABLE,
        when="success without a readable record",
        fits=succeeded,
        decision=Decision.REPEAT,
        source="ours: a body that was cut, or a page of something in between",
    ),
    Row(
        uses=WRITES,
        when="success without a readable record",
        fits=succeeded,
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
    # Redirects: neither service documents any.
    Row(
        uses=REPEATABLE,
        when="a redirect, which is not followed",
        fits=between(300, 399),
        decision=Decision.STOP,
        source="ours: credentials go to the address of the settings and no other",
    ),
    Row(
        uses=WRITES,
        when="a redirect, which is not followed",
        fits=between(300, 399),
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
    # Who is asking.
    Row(
        uses=TOKEN,
        when="the credentials are refused",
        fits=status(400, 401, 403),
        decision=Decision.STOP,
        source=sources.OAUTH,
        failure=CredentialsRefused,
    ),
    Row(
        uses=SIGNED_IN,
        when="a required header is missing",
        fits=misses_header,
        decision=Decision.STOP,
        source=sources.CULA_ERRORS,
        failure=CredentialsRefused,
    ),
    Row(
        uses=SIGNED_IN,
        when="the token is not valid any more",
        fits=is_token_over,
        decision=Decision.RENEW,
        source=sources.CULA_ERRORS,
    ),
    Row(
        uses=SIGNED_IN,
        when="the credentials are refused",
        fits=status(401),
        decision=Decision.STOP,
        source=f"{sources.CULA_ERRORS}; {sources.ISOMETRIC}/authentication",
        failure=CredentialsRefused,
    ),
    Row(
        uses=SIGNED_IN - DOWNLOAD,
        when="the credentials are not allowed to do this for this organisation",
        fits=status(403),
        decision=Decision.STOP,
        source=sources.CULA_ERRORS,
        failure=CredentialsRefused,
    ),
    # What is not there.
    Row(
        uses=READ | DOWNLOAD,
        when="it is not there",
        fits=status(404, 410),
        decision=Decision.ABSENT,
        source=f"{sources.CULA_ERRORS}; {sources.HTTP}.5.5 and 15.5.11",
    ),
    Row(
        uses=READ,
        when="it is not there, as Isometric was seen to say it",
        fits=could_not_find,
        decision=Decision.ABSENT,
        source="observed by integrators in Isometric's sandbox; not documented",
    ),
    Row(
        uses=READ,
        when="the id in the path is none that Isometric gives, so nothing is there",
        fits=is_about_the_path,
        decision=Decision.ABSENT,
        source=f"{sources.ISOMETRIC}: validation errors name their place in `loc`",
    ),
    Row(
        uses=ADDRESS,
        when="no address is given: the document has arrived already",
        fits=status(409),
        decision=Decision.ABSENT,
        source=sources.SOURCES,
    ),
    # Later, please.
    Row(
        uses=ANY,
        when="too many requests",
        fits=status(429),
        decision=Decision.WAIT,
        source=f"{sources.CULA_LIMITS}; {sources.ISOMETRIC}/introduction: "
        "refused by rate, so not carried out",
    ),
    Row(
        uses=REPEATABLE,
        when="the service wants the request again",
        fits=status(408, 425),
        decision=Decision.WAIT,
        source=f"{sources.HTTP}.5.9; RFC 8470, section 5.2",
    ),
    Row(
        uses=WRITES,
        when="the service gave up on the request",
        fits=status(408, 425),
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
    Row(
        uses=REPEATABLE,
        when="a failure of the service",
        fits=between(500, 599),
        decision=Decision.REPEAT,
        source=sources.CULA_ERRORS,
    ),
    Row(
        uses=WRITES,
        when="a failure of the service",
        fits=between(500, 599),
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
    # Everything else that the client is told to have done wrong: 400, 404, 409, 413, 422, …
    Row(
        uses=ANY,
        when="the service refuses the request",
        fits=between(400, 499),
        decision=Decision.REJECT,
        source=f"{sources.CULA_ERRORS}; {sources.CULA_LIMITS}; {sources.ISOMETRIC}",
    ),
    Row(
        uses=REPEATABLE,
        when="a status that does not exist",
        fits=always,
        decision=Decision.STOP,
        source=sources.HTTP,
    ),
    Row(
        uses=WRITES,
        when="a status that does not exist",
        fits=always,
        decision=Decision.LOOK_UP,
        source=sources.OURS,
    ),
)


def decide(situation: Situation) -> Row:
    """The row of the table that fits; the last ones fit everything."""
    return next(row for row in TABLE if situation.use in row.uses and row.fits(situation))
