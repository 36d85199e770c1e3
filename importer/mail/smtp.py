"""Hands a message to a mail server, and tells a trouble of the moment from a refusal for good."""

import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from importer.model.failure import MailRefused, MailUnavailable
from importer.model.mail import Delivery, MailServer, Security

_PERMANENT = 500
"""From this code on the server means it for good: rfc-editor.org/rfc/rfc5321 section 4.2.1."""

_CHECK = "Check IMPORTER_MAIL__HOST and IMPORTER_MAIL__PORT, and whether the mail server runs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds that one answer of the server, and a whole delivery, may take."""

    answer: float = 20.0
    delivery: float = 120.0


def send(
    server: MailServer,
    content: bytes,
    *,
    sender: str,
    recipients: Sequence[str],
    limits: Limits = Limits(),
) -> Delivery:
    """Hand over a message once. Whoever is not named in the answer has it.

    Raises MailUnavailable where it was not taken but may be later, and MailRefused where it never
    will be. A server that goes silent behind the last byte may have taken it all the same: the
    message's fixed Message-ID lets mail programs see that the second one is the first.
    """
    if server.security is Security.NONE and not server.is_local:
        raise MailUnavailable(
            f"The way to {server.host} is open to all, so nothing was sent.",
            remedy="Set IMPORTER_MAIL__SECURITY to starttls or tls.",
        )
    with _plain_words(server), _connected(server, sender, limits) as connection:
        if server.user:
            _sign_in(connection, server)
        try:
            lost = connection.sendmail(sender, list(recipients), content)
        except smtplib.SMTPRecipientsRefused as error:
            lost = error.recipients
    return _tell(server, lost)


def _tell(server: MailServer, lost: dict[str, tuple[int, bytes]]) -> Delivery:
    """Recipients that the server did not take, parted by whether it meant that for good."""
    words = {each: _spell(server, code, text) for each, (code, text) in lost.items()}
    for_good = {each for each, (code, _) in lost.items() if code >= _PERMANENT}
    return Delivery(
        refused=tuple((each, words[each]) for each in lost if each in for_good),
        deferred=tuple((each, words[each]) for each in lost if each not in for_good),
    )


@contextmanager
def _connected(server: MailServer, sender: str, limits: Limits) -> Iterator[smtplib.SMTP]:
    """A connection that nobody can listen to, ended by us when the delivery takes too long."""
    connection = _open(server, sender, limits)
    is_late = threading.Event()
    watch = threading.Timer(limits.delivery, _cut, [connection, is_late])
    watch.daemon = True
    watch.start()
    try:
        if server.security is Security.STARTTLS:
            connection.starttls(context=_trust(server))
        yield connection
        # The message is taken: whatever is said when we part changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if is_late.is_set():
            raise TimeoutError from error
        raise
    finally:
        watch.cancel()
        connection.close()


def _open(server: MailServer, sender: str, limits: Limits) -> smtplib.SMTP:
    # The name that we greet with is the sender's domain; smtplib's own choice asks the network.
    name = sender.rpartition("@")[2]
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=limits.answer, context=_trust(server)
        )
    return smtplib.SMTP(server.host, server.port, name, timeout=limits.answer)


def _trust(server: MailServer) -> ssl.SSLContext:
    """The system's certificates, or those of the file that is set instead."""
    return ssl.create_default_context(cafile=str(server.ca_file) if server.ca_file else None)


def _cut(connection: smtplib.SMTP, is_late: threading.Event) -> None:
    """End whatever the connection waits for."""
    is_late.set()
    with suppress(OSError):
        if connection.sock is not None:
            # Not the method of a TLS socket: that would take its state away from who reads.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _sign_in(connection: smtplib.SMTP, server: MailServer) -> None:
    """Only behind encryption, or within this machine; `send` has seen to that."""
    try:
        connection.login(server.user, server.password.reveal())
    except smtplib.SMTPAuthenticationError as error:
        raise MailUnavailable(
            f"The mail server {server.host} does not accept the sign-in of {server.user}: "
            f"{_spell(server, error.smtp_code, error.smtp_error)}.",
            remedy="Check IMPORTER_MAIL__USER and IMPORTER_MAIL__PASSWORD.",
        ) from None


@contextmanager
def _plain_words(server: MailServer) -> Iterator[None]:
    """Turn what smtplib and the network report into words with a remedy."""
    name = f"The mail server {server.host}"
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        raise MailUnavailable(
            f"{name} does not offer what the settings ask for, so nothing was sent: {error}",
            remedy="Check IMPORTER_MAIL__SECURITY (starttls or tls) and IMPORTER_MAIL__PORT.",
        ) from None
    except smtplib.SMTPResponseException as error:
        said = _spell(server, error.smtp_code, error.smtp_error)
        words = f"{name} does not take the message: {said}."
        # What a server says before it has seen the message is about us or about its day.
        is_about_message = isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError)
        if is_about_message and error.smtp_code >= _PERMANENT:
            raise MailRefused(words, remedy="Ask whoever runs the mail server.") from None
        raise MailUnavailable(words, remedy="It may take it later.") from None
    except ssl.SSLCertVerificationError as error:
        raise MailUnavailable(
            f"{name} shows a certificate that is not trusted ({error.verify_message}), so nothing "
            "was sent.",
            remedy="Check IMPORTER_MAIL__HOST; for a certificate of your own, name its issuer's "
            "file in IMPORTER_MAIL__CA_FILE.",
        ) from None
    except ssl.SSLError as error:
        reason = (error.reason or "no reason was given").replace("_", " ").lower()
        raise MailUnavailable(
            f"{name} cannot be spoken to with TLS: {reason}.",
            remedy="Check IMPORTER_MAIL__SECURITY: starttls goes with port 587, tls with 465.",
        ) from None
    except TimeoutError:
        raise MailUnavailable(f"{name} did not answer in time.", remedy=_CHECK) from None
    except smtplib.SMTPServerDisconnected as error:
        # smtplib says of a server that stays silent, too, that it went away.
        is_silent = isinstance(error.__context__, TimeoutError)
        words = "did not answer in time" if is_silent else "broke off in the middle"
        raise MailUnavailable(f"{name} {words}.", remedy=_CHECK) from None
    except smtplib.SMTPException as error:
        raise MailUnavailable(
            f"{name} answers oddly: {_line(_blot_out(server, str(error)))}.", remedy=_CHECK
        ) from None
    except OSError as error:
        reason = _line(error.strerror or str(error))
        raise MailUnavailable(f"{name} cannot be reached: {reason}.", remedy=_CHECK) from None


def _spell(server: MailServer, code: int, text: bytes | str) -> str:
    """A server's answer on one line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {_line(_blot_out(server, words))}".strip().rstrip(".")


def _blot_out(server: MailServer, words: str) -> str:
    """What a server says without the password, which some repeat as it was sent."""
    password = server.password.reveal()
    plain = f"\0{server.user}\0{password}"
    sent = (password, *(b64encode(each.encode()).decode() for each in (plain, password)))
    for each in sent if password else ():
        words = words.replace(each, "***")
    return words


def _line(text: str) -> str:
    longest = 200
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
