"""The mail to SHOP: without content, the same at every try, sent safely or not at all."""

from __future__ import annotations

import socket
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.webhook.notifications import mail_server
from tests.webhook.notifications.mail_server import PASSWORD, USER
from webhook.notifications.mail import TEMPLATES, MailNotTaken, MailServer, compose, send
from webhook.settings import Settings

FROM, TO = "advice@example.org", ("shop@example.org", "duty@example.org")


def server(port: int, **more: object) -> MailServer:
    values = {"host": "127.0.0.1", "port": port, "security": "none", "seconds": 5.0, "sender": FROM, "to": TO, **more}
    return MailServer(**values)  # type: ignore[arg-type]


def mail(to: MailServer, kind: str = "new_case") -> EmailMessage:
    return compose(to, kind=kind, uid="u" * 32, reference="SW-7K4F-9M", console="https://shop.example.org/")


def test_the_mail_holds_the_reference_and_the_address_and_nothing_else() -> None:
    for path in sorted(TEMPLATES.glob("*.txt")):
        made = mail(server(1), path.stem)
        text = made.get_content()
        assert "Reference: SW-7K4F-9M\nhttps://shop.example.org/cases/SW-7K4F-9M\n" in text
        assert "$" not in text
        assert made["Message-ID"] == f"<{'u' * 32}@example.org>"
        assert not any(word in text.lower() for word in ("sms", "whatsapp", "passport", "language", "sign"))
    assert mail(server(1), "new_case")["Subject"] == "A new case waits"
    assert mail(server(1), "emergency")["Subject"] == "An emergency waits"


def test_a_mail_is_taken_for_everybody_addressed() -> None:
    with mail_server.running() as box:
        assert send(server(box.port), mail(server(box.port))) == 2
    assert box.receivers == [list(TO)]


def test_one_address_that_is_refused_keeps_the_mail_from_no_other() -> None:
    with mail_server.running() as box:
        box.refused = {TO[0]}
        assert send(server(box.port), mail(server(box.port))) == 1
        box.refused = set(TO)
        with pytest.raises(MailNotTaken) as caught:
            send(server(box.port), mail(server(box.port)))
    assert (caught.value.code, caught.value.lasting) == ("550", True)
    assert "example" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "lasting"), [("451 try again later", False), ("550 never", True), ("hang up", False), ("wait 3", False)]
)
def test_a_mail_that_is_not_taken_says_so(answer: str, lasting: bool) -> None:
    with mail_server.running() as box:
        box.answers = [answer]
        to = server(box.port, seconds=0.5)
        with pytest.raises(MailNotTaken) as caught:
            send(to, mail(to))
    assert caught.value.lasting is lasting


def test_a_server_that_is_not_there_or_says_nothing_is_given_up_soon() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        with pytest.raises(MailNotTaken):
            send(server(port), mail(server(port)))
        listener.listen()
        with pytest.raises(MailNotTaken):
            send(server(port, seconds=0.3), mail(server(port)))


def test_over_starttls_with_an_account(tmp_path: Path) -> None:
    context, trusted = mail_server.certificate(tmp_path)
    with mail_server.running(tls_context=context, **mail_server.with_account()) as box:
        to = server(box.port, security="starttls", ca_file=trusted, user=USER, password=PASSWORD)
        assert send(to, mail(to)) == 2
        for wrong in ({"ca_file": None}, {"password": "wrong"}, {"security": "none"}):
            changed = server(
                box.port, **{"security": "starttls", "ca_file": trusted, "user": USER, "password": PASSWORD, **wrong}
            )
            with pytest.raises(MailNotTaken):
                send(changed, mail(changed))
    assert len(box.taken) == 1
    assert PASSWORD not in repr(to)


def test_a_server_without_starttls_gets_no_mail_when_it_is_wanted() -> None:
    with mail_server.running() as box:
        to = server(box.port, security="starttls")
        with pytest.raises(MailNotTaken):
            send(to, mail(to))
    assert box.taken == []


def test_in_service_mail_leaves_the_machine_only_encrypted() -> None:
    given = {"smtp_host": "mail.example.org", "mail_from": FROM, "mail_to": ",".join(TO)}
    assert Settings(**given).mail_receivers == TO  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Settings(**given, mode="service", smtp_security="none")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Settings(smtp_host="mail.example.org")
    assert not Settings().mail_on
