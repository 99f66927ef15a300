"""A mail to SHOP: composed without a word of anybody's, sent over SMTP with a limit on every step."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from functools import lru_cache
from pathlib import Path
from string import Template

from webhook.logs import logger
from webhook.settings import Settings

log = logger(__name__)

TEMPLATES = Path(__file__).parent / "templates"


class MailNotTaken(Exception):
    """The mail server did not take the mail: its code or the kind of fault, never an address. It is tried again."""

    def __init__(self, code: str, lasting: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.lasting = lasting
        """Whether the server says it will never take it: then a person must look at the settings."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes and how. Its repr shows no password."""

    host: str
    port: int
    security: str
    seconds: float
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> MailServer | None:
        """The server the settings name; None when mail is off."""
        if not settings.mail_on:
            return None
        return cls(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            seconds=settings.smtp_seconds,
            sender=settings.mail_from,
            to=settings.mail_receivers,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
            ca_file=settings.smtp_ca_file,
        )


@lru_cache(maxsize=16)
def template(kind: str) -> tuple[str, Template]:
    """The subject and body for a kind of notice: the first line, and what follows the empty one."""
    subject, _, body = (TEMPLATES / f"{kind}.txt").read_text(encoding="utf-8").partition("\n\n")
    return subject.strip(), Template(body)


def compose(server: MailServer, *, kind: str, uid: str, reference: str, console: str) -> EmailMessage:
    """The mail of one notice. It names the reference and where to read it, and nothing of the case.

    Its Message-ID comes from the notice, so that a mail sent twice after a crash is one and the same.
    """
    subject, body = template(kind)
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = server.sender
    mail["To"] = ", ".join(server.to)
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = message_id(server, uid)
    mail["Auto-Submitted"] = "auto-generated"
    if kind == "emergency":
        mail["Importance"], mail["X-Priority"] = "high", "1"
    address = f"{console.rstrip('/')}/cases/{reference}" if console else "/cases/" + reference
    mail.set_content(body.substitute(reference=reference, address=address))
    return mail


def message_id(server: MailServer, uid: str) -> str:
    """The Message-ID of a notice, the same at every try."""
    domain = parseaddr(server.sender)[1].rpartition("@")[2] or "localhost"
    return f"<{uid}@{domain}>"


def send(server: MailServer, mail: EmailMessage) -> int:
    """Hand a mail to the server; return how many of the addressed it took it for. Raises MailNotTaken when for none."""
    try:
        smtp = _connected(server)
        try:
            refused = smtp.send_message(mail, from_addr=parseaddr(server.sender)[1], to_addrs=list(server.to))
            with suppress(smtplib.SMTPException, OSError):  # it is taken: how the goodbye goes does not matter
                smtp.quit()
        finally:
            smtp.close()
    except smtplib.SMTPRecipientsRefused as fault:
        codes = [code for code, _ in fault.recipients.values()]
        raise MailNotTaken(str(min(codes)), lasting=min(codes) >= 500) from None
    except smtplib.SMTPResponseException as fault:
        raise MailNotTaken(str(fault.smtp_code), lasting=fault.smtp_code >= 500) from None
    except (smtplib.SMTPException, OSError) as fault:
        raise MailNotTaken(type(fault).__name__) from None
    if refused:
        log.error("some_addresses_refused", count=len(refused))
    return len(server.to) - len(refused)


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=LOCAL, timeout=server.seconds, context=_trust(server.ca_file)
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=LOCAL, timeout=server.seconds)
    try:
        if server.security == "starttls":
            smtp.starttls(context=_trust(server.ca_file))
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


LOCAL = "localhost"
"""What we call ourselves to the mail server: it need not learn this machine's name."""


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
