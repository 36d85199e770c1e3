"""Headers of the Isometric API.

Source: docs.isometric.com/api-reference/authentication. The statuses of refusals are not
published: here 401 is about the organisation's token, 403 about the client's secret.
"""

from fastapi import HTTPException, Request

from importer.sandbox.context import Here

SECRET_HEADER = "X-Client-Secret"  # noqa: S105 (the name of a header)


async def require_isometric(request: Request, here: Here) -> None:
    """Check the two credentials that every call needs.

    Raises:
        HTTPException: 401 without the token or the secret or with a wrong token, 403 with a
            wrong secret.
    """
    identity = here.store.identity
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or token != identity.isometric_access_token:
        raise HTTPException(401, "The access token is missing or not valid")
    secret = request.headers.get(SECRET_HEADER)
    if secret is None:
        raise HTTPException(401, f"The header {SECRET_HEADER} is missing")
    if secret != identity.isometric_client_secret:
        raise HTTPException(403, "The client secret is not valid")
