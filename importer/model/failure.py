"""Exceptions: something about us or about the world, never about a row of the user's."""


class ImporterError(Exception):
    """Could not run. `remedy` says what to do; the faces turn both into words and an exit code."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class SettingsMissing(ImporterError):
    """A target, or a setting of it, is not there."""


class SettingsInvalid(ImporterError):
    """A setting is there but cannot be used."""


class NotInAccount(ImporterError):
    """What was asked for by name is nothing of the account, or more than one thing."""


class CredentialsRefused(ImporterError):
    """The service does not accept the credentials, or not for this organisation."""


class ServiceUnavailable(ImporterError):
    """The service cannot be reached, or answers in a way that makes going on pointless."""


class AddressRefused(ServiceUnavailable):
    """The service gives no address for the document of one record; others may still go in."""


class LedgerUnavailable(ImporterError):
    """The ledger's database cannot be opened or written."""


class WriterBusy(ImporterError):
    """Another import is writing to the same organisation of the same target."""


class WriterReplaced(ImporterError):
    """Another import took over, because this one gave no sign of life for too long."""


class Interrupted(ImporterError):
    """The user asked to stop. What was in flight is settled or known to be uncertain."""


class ResultsNotWritten(ImporterError):
    """The results workbook could not be put where it belongs."""


class RunNotFound(ImporterError):
    """The ledger has no run of that number."""


class DocumentChanged(ImporterError):
    """A file of evidence is not any more what was checked."""


class MessageUnsafe(ImporterError):
    """A message would not travel as it was meant: a header or a recipient would be another."""


class MailUnavailable(ImporterError):
    """The mail server did not take a message for now; it may do so later."""


class MailRefused(ImporterError):
    """The mail server will never take this message."""


class UploadRefused(ImporterError):
    """What came in is no upload: no file, or a form that is not ours."""


class UploadTooLarge(UploadRefused):
    """A file is larger than the page takes."""


class UploadNotFound(ImporterError):
    """There is no upload, or no file of it, at this address."""


class UploadTaken(ImporterError):
    """The upload is not any more in the state that the page showed; someone else was first."""
