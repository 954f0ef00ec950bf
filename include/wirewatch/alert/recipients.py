"""Reader files, ``include/recipients/<name>.yml``: when a reader wants mail, in whose time, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wirewatch.alert.address import checked
from wirewatch.alert.channels import NAME, PREFIX, is_channel
from wirewatch.alert.severity import Severity
from wirewatch.errors import SpecError
from wirewatch.sources import Zone
from wirewatch.specfile import Spec, load_specs


class Pace(str, Enum):
    """How soon a mail goes out."""

    IMMEDIATE = "immediate"
    HOURLY = "hourly"  # one mail at each full hour, of all that came
    DAILY = "daily"  # one mail a day


def _clock(value: object) -> time:
    """``"07:30"`` → time. YAML 1.1 reads 07:30 without quotes as a number in base 60: that is refused, not guessed."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str):
        raise ValueError('write the time in quotes: "07:30"')
    try:
        found = time.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f'{value!r} is not a time such as "07:30"') from error
    if found.tzinfo is not None:
        raise ValueError("a time is in the reader's zone; leave its offset out")
    return found


Clock = Annotated[time, BeforeValidator(_clock)]


class Quiet(Spec):
    """Hours without mail, in the reader's zone; they may run over midnight."""

    start: Clock
    end: Clock
    unless: Severity = Severity.HIGH  # alerts of this severity and above come all the same

    @model_validator(mode="after")
    def _has_an_end(self) -> Quiet:
        if self.start == self.end:
            raise ValueError("start and end are the same time: leave quiet out for none")
        return self


class RecipientSpec(Spec):
    """One reader."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    address: Annotated[str, AfterValidator(checked)] | None = None
    channel: str | None = Field(default=None, pattern=NAME, max_length=60)  # in place of an address: a chat, a web hook
    timezone: Zone | None = None  # None: that of the settings
    deliver: Pace = Pace.IMMEDIATE  # of rules that do not say otherwise
    daily_at: Clock = time(7, 0)  # when the daily mail goes out
    quiet: Quiet | None = None
    cap: int = Field(default=20, ge=1, le=1000)  # immediate mails an hour; what is more comes in one mail after it

    @model_validator(mode="after")
    def _has_one_way(self) -> RecipientSpec:
        if (self.address is None) == (self.channel is None):
            raise ValueError("needs an address or a channel, one of them")
        return self

    @property
    def recipient(self) -> str:
        """As the outbox has it: the address, or ``channel:<name>``."""
        return self.address or f"{PREFIX}{self.channel}"


def load_recipients(folder: Path) -> dict[str, RecipientSpec]:
    """Readers by address or ``channel:<name>``; none without such a folder. SpecError names file, line and key."""
    if not folder.is_dir():
        return {}
    found: dict[str, RecipientSpec] = {}
    for spec in load_specs(folder, RecipientSpec, identity="name").values():
        if spec.recipient in found:
            other = found[spec.recipient].name
            raise SpecError(folder / f"{spec.name}.yml", f"{spec.recipient} is also the address of {other}.yml")
        found[spec.recipient] = spec
    return found


def reader_of(recipient: str, readers: Mapping[str, RecipientSpec]) -> RecipientSpec:
    """The reader with this address or channel; one without a file gets every mail at once, up to the cap."""
    way = {"channel": recipient.removeprefix(PREFIX)} if is_channel(recipient) else {"address": recipient}
    return readers.get(recipient) or RecipientSpec(name="reader", **way)
