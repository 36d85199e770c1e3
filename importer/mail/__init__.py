"""The mail: puts a finished message on its way to a mail server."""
