"""Messages to chats and web hooks, by Apprise: the same text as the mail's, the same outbox, states and tries.

A reader file names a channel (``channel: desk-slack``); the outbox's recipient is then ``channel:desk-slack``. Its
address holds a password and therefore stands in the environment alone (``WIREWATCH_CHANNEL_DESK_SLACK``), or in
Airflow's connections: never in a file, a row or an error. Apprise opens its connections itself, past the guard that
fetching has, so that only who sets the environment may say where they lead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import TYPE_CHECKING

from wirewatch.alert.address import checked
from wirewatch.alert.transport import Transport
from wirewatch.errors import DeliveryError
from wirewatch.plaintext import ELLIPSIS, one_line

if TYPE_CHECKING:
    from apprise import Apprise

PREFIX = "channel:"
VARIABLE = "WIREWATCH_CHANNEL_"
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"

# By Apprise's wording ("Failed to send … error=413."): answers about this message. All others, a wrong password and a
# deleted channel among them, are about us, and giving up would cost every alert until somebody notices.
_REFUSED = re.compile(r"error=(?:400|413|414|415|422)\b")
_SECRET_AT_LEAST = 4  # characters; shorter parts of an address are words such as "chat"
_MENTION = re.compile(r"@(?=\S)")

Urls = Callable[[str], "str | None"]
"""Name of a channel → its Apprise URL; None: there is none."""


def is_channel(recipient: str) -> bool:
    """Whether an outbox row's recipient is a channel."""
    return recipient.startswith(PREFIX)


def checked_recipient(text: str) -> str:
    """A mail address alone or ``channel:<name>``, as given; ValueError when it is neither. For files people write."""
    if not is_channel(text):
        return checked(text)
    if not re.fullmatch(NAME, text.removeprefix(PREFIX)):
        raise ValueError(f"{text!r} must be channel: and a name such as desk-slack; its address is in {VARIABLE}…")
    return text


def mail_form(recipient: str) -> str:
    """The address that a message to this recipient has in its headers.

    A channel has one that leads nowhere (RFC 2606), so that its message is composed as any other.
    """
    return f"{recipient.removeprefix(PREFIX)}@channel.invalid" if is_channel(recipient) else recipient


def variable(name: str) -> str:
    """Name of a channel → the variable with its address."""
    return VARIABLE + name.upper().replace("-", "_")


def urls_in(environment: Mapping[str, str]) -> Urls:
    """The addresses that stand in these variables."""
    return lambda name: environment.get(variable(name), "").strip() or None


@dataclass
class Routed:
    """Mail to addresses, and messages to channels, each its own way."""

    mail: Transport
    channels: Transport

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """As ``Transport`` says."""
        way = self.channels if is_channel(recipient) else self.mail
        way.send(message, sender=sender, recipient=recipient)


@dataclass
class Channels:
    """All channels; each is opened by its first message and kept, because services limit messages a second."""

    urls: Urls = field(repr=False)
    deadline: float = 60.0  # seconds for a message
    _open: dict[str, Apprise] = field(default_factory=dict, init=False, repr=False)

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:  # noqa: ARG002 (a Transport's)
        """Subject and text part to one channel; DeliveryError as for mail.

        Permanent: the service refuses this very message. Temporary: anything else, a channel without an address too.
        """
        name = recipient.removeprefix(PREFIX)
        url = self.urls(name)
        if url is None:
            raise DeliveryError(recipient, f"{variable(name)} is not set", permanent=False)
        service = self._opened(recipient, url)
        title, body = shown(message, limit=min(server.body_maxlen for server in service))
        result = service.notify(body=body, title=title)
        if result:
            return
        said = " ".join(entry.message for entry in result.logs()) or f"no end after {self.deadline:g} s"
        text = one_line(_without_secrets(said, url), limit=300)
        raise DeliveryError(recipient, text, permanent=bool(_REFUSED.search(said)))

    def _opened(self, recipient: str, url: str) -> Apprise:
        from apprise import Apprise, AppriseAsset, PersistentStoreMode

        if url not in self._open:
            asset = AppriseAsset(
                app_id="Wirewatch",
                app_desc="Wirewatch",
                app_url="",
                image_url_mask="",  # no pictures from elsewhere
                image_url_logo="",
                async_mode=False,
                secure_logging=True,
                allow_templates=False,
                storage_mode=PersistentStoreMode.MEMORY,
                service_timeout=self.deadline,
            )
            service = Apprise(asset=asset)
            if not service.add(url) or len(service) != 1:
                name = variable(recipient.removeprefix(PREFIX))
                raise DeliveryError(recipient, f"{name} is not one address that Apprise knows", permanent=False)
            self._open[url] = service
        return self._open[url]


def shown(message: EmailMessage, *, limit: int) -> tuple[str, str]:
    """A composed message → title and body for a chat; both together fit ``limit`` code points.

    Of a body that is too long whole lines are kept from its start, and an address always: the first there is.
    """
    title = _tame(one_line(str(message["Subject"]), limit=max(20, min(200, limit // 2))))
    part = message.get_body(("plain",))
    text = part.get_content() if part else ""
    lines = [_tame(line.rstrip()) for line in text.strip().splitlines()]
    return title, _fitting(lines, room=max(0, limit - len(title) - len("\r\n")))


def _fitting(lines: list[str], *, room: int) -> str:
    whole = "\n".join(lines)
    if len(whole) <= room:
        return whole
    first = next((line for line in lines if _address(line)), "")
    end = f"{ELLIPSIS}\n{first}" if first else ELLIPSIS
    if len(end) > room:  # a pager's few characters
        return whole[:room]
    kept: list[str] = []
    left = room - len(end)
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        kept.append(line)
    return "\n".join([*kept, ELLIPSIS if first in kept else end])


def _address(line: str) -> bool:
    return line.strip().startswith(("https://", "http://"))


def _tame(line: str) -> str:
    """Publishers' words that a chat would obey: ``@everyone``, ``<!channel>``, ``[text](address)``."""
    if _address(line):
        return line.replace("<", "%3C").replace(">", "%3E")
    line = _MENTION.sub("@\u200b", line)  # a space of no width: it reads the same and calls nobody
    return line.replace("<", "‹").replace(">", "›").replace("](", "] (")


def _without_secrets(text: str, url: str) -> str:
    for part in sorted(re.split(r"[:/?&=@]+", url)[1:], key=len, reverse=True):
        if len(part) >= _SECRET_AT_LEAST:
            text = text.replace(part, "***")
    return text
