"""Handing messages to a real mail server."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from importer.mail.smtp import Limits, send
from importer.model.failure import ImporterError, MailRefused, MailUnavailable
from importer.model.mail import Delivery, MailServer, Security
from importer.model.secret import Secret
from tests.mail.post_office import PASSWORD, USER, PostOffice, find_port, open_post_office

PATIENT = Limits()
CONTENT = b"Subject: hello\r\n\r\n.A line that begins with a dot.\r\n"
EVA, TOM = "eva@plant.example", "tom@plant.example"


def hand_over(server: MailServer, *people: str, limits: Limits = PATIENT) -> Delivery:
    return send(
        server, CONTENT, sender="importer@plant.example", recipients=people or (EVA,), limits=limits
    )


def local(port: int, **settings: object) -> MailServer:
    """A server of this machine, spoken to in the open."""
    return MailServer(**{"host": "127.0.0.1", "port": port, "security": Security.NONE} | settings)


@contextmanager
def failing(kind: type[ImporterError], *words: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    said = f"{caught.value} {caught.value.remedy}"
    assert all(each in said for each in words), said
    assert caught.value.remedy
    assert PASSWORD not in said


def test_starttls(office: PostOffice, ca_file: Path) -> None:
    server = local(office.port, security=Security.STARTTLS, ca_file=ca_file)

    assert hand_over(server, EVA, TOM) == Delivery()

    (envelope,) = office.received
    assert (envelope.mail_from, envelope.rcpt_tos) == ("importer@plant.example", [EVA, TOM])
    assert envelope.content == CONTENT
    assert office.was_encrypted == [True]


def test_tls_from_the_start(shown: ssl.SSLContext, ca_file: Path) -> None:
    with open_post_office(tls=shown) as office:
        hand_over(local(office.port, security=Security.TLS, ca_file=ca_file))

    assert [each.rcpt_tos for each in office.received] == [[EVA]]


def test_signing_in(shown: ssl.SSLContext, ca_file: Path) -> None:
    with open_post_office(starttls=shown, sign_in=True) as office:
        server = local(
            office.port,
            security=Security.STARTTLS,
            ca_file=ca_file,
            user=USER,
            password=Secret(PASSWORD),
        )
        hand_over(server)

    assert len(office.received) == 1


def test_a_wrong_password_waits_for_a_right_one(shown: ssl.SSLContext, ca_file: Path) -> None:
    with (
        open_post_office(starttls=shown, sign_in=True) as office,
        failing(MailUnavailable, "the sign-in of importer", "535", "IMPORTER_MAIL__PASSWORD"),
    ):
        server = local(
            office.port,
            security=Security.STARTTLS,
            ca_file=ca_file,
            user=USER,
            password=Secret("canary-wrong"),
        )
        hand_over(server)

    assert office.received == []


def test_no_password_goes_to_a_server_that_does_not_encrypt(open_office: PostOffice) -> None:
    server = local(
        open_office.port, security=Security.STARTTLS, user=USER, password=Secret(PASSWORD)
    )
    with failing(MailUnavailable, "does not offer", "STARTTLS", "IMPORTER_MAIL__SECURITY"):
        hand_over(server)

    assert open_office.received == []


def test_a_certificate_of_an_unknown_authority(office: PostOffice, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with failing(MailUnavailable, "certificate that is not trusted", "IMPORTER_MAIL__CA_FILE"):
        hand_over(local(office.port, security=Security.STARTTLS, ca_file=other))
    with failing(MailUnavailable, "certificate that is not trusted"):
        hand_over(local(office.port, security=Security.STARTTLS))

    assert office.received == []


def test_a_certificate_of_another_host(authority: trustme.CA, ca_file: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("mail.elsewhere.example").configure_cert(context)
    with (
        open_post_office(starttls=context) as office,
        failing(MailUnavailable, "certificate that is not trusted"),
    ):
        hand_over(local(office.port, security=Security.STARTTLS, ca_file=ca_file))

    assert office.received == []


def test_tls_where_starttls_is_spoken(office: PostOffice, ca_file: Path) -> None:
    with failing(MailUnavailable, "cannot be spoken to with TLS", "starttls goes with port 587"):
        hand_over(local(office.port, security=Security.TLS, ca_file=ca_file))


def test_in_the_open_only_within_this_machine() -> None:
    with failing(MailUnavailable, "open to all", "starttls or tls"):
        hand_over(local(25, host="mail.plant.example"))


def test_a_server_that_is_down() -> None:
    with failing(MailUnavailable, "127.0.0.1 cannot be reached", "IMPORTER_MAIL__PORT"):
        hand_over(local(find_port()))


@pytest.mark.parametrize("answer", ["451 Try again later", "452 Out of room"])
def test_a_server_that_cannot_now_and_can_later(open_office: PostOffice, answer: str) -> None:
    open_office.answers = [answer]
    with failing(MailUnavailable, answer):
        hand_over(local(open_office.port))

    assert hand_over(local(open_office.port)) == Delivery()


def test_a_server_that_will_never(open_office: PostOffice) -> None:
    open_office.answers = ["554 No\r\nspam"]
    with failing(MailRefused, "554 No", "whoever runs the mail server"):
        hand_over(local(open_office.port))


def test_one_of_two_recipients_is_refused(open_office: PostOffice) -> None:
    open_office.refused = {TOM: "550 No such user"}

    delivery = hand_over(local(open_office.port), EVA, TOM)

    assert delivery == Delivery(refused=((TOM, "550 No such user"),))
    assert [each.rcpt_tos for each in open_office.received] == [[EVA]]


def test_recipients_that_are_all_refused_or_put_off(open_office: PostOffice) -> None:
    open_office.refused = {EVA: "451 Greylisted", TOM: "550 No such user"}

    delivery = hand_over(local(open_office.port), EVA, TOM)

    assert delivery.refused == ((TOM, "550 No such user"),)
    assert delivery.deferred == ((EVA, "451 Greylisted"),)
    assert open_office.received == []


def test_a_server_that_breaks_off_in_the_middle(open_office: PostOffice) -> None:
    open_office.cuts = True
    with failing(MailUnavailable, "broke off in the middle"):
        hand_over(local(open_office.port))


@contextmanager
def slow_server(greeting: bytes) -> Iterator[int]:
    """Says its greeting, and from then on a dot of an answer now and then that never ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(greeting)
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b".")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listener.getsockname()[1])
        finally:
            ended.set()
            thread.join(5)


def test_a_server_that_drips_is_left_after_a_while() -> None:
    with (
        slow_server(b"220 hello\r\n") as port,
        failing(MailUnavailable, "did not answer in time"),
    ):
        hand_over(local(port), limits=Limits(answer=10, delivery=0.3))


def test_a_server_that_is_silent_is_left_sooner() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        with failing(MailUnavailable, "did not answer in time"):
            hand_over(local(port), limits=Limits(answer=0.2, delivery=10))


def test_a_server_that_talks_something_else() -> None:
    with (
        slow_server(b"HTTP/1.1 400 Bad Request\r\n") as port,
        failing(MailUnavailable, "127.0.0.1"),
    ):
        hand_over(local(port), limits=Limits(answer=0.3, delivery=1))
