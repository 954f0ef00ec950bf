"""Reader files, ``include/recipients/<name>.yml``: when a reader wants mail, in whose time, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from wirewatch.alert.address import checked
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
    address: Annotated[str, AfterValidator(checked)]
    timezone: Zone | None = None  # None: that of the settings
    deliver: Pace = Pace.IMMEDIATE  # of rules that do not say otherwise
    daily_at: Clock = time(7, 0)  # when the daily mail goes out
    quiet: Quiet | None = None
    cap: int = Field(default=20, ge=1, le=1000)  # immediate mails an hour; what is more comes in one mail after it


def load_recipients(folder: Path) -> dict[str, RecipientSpec]:
    """Readers by mail address; none where there is no such folder. SpecError names file, line and key."""
    if not folder.is_dir():
        return {}
    found: dict[str, RecipientSpec] = {}
    for spec in load_specs(folder, RecipientSpec, identity="name").values():
        if spec.address in found:
            other = found[spec.address].name
            raise SpecError(folder / f"{spec.name}.yml", f"{spec.address} is also the address of {other}.yml")
        found[spec.address] = spec
    return found


def reader_of(address: str, readers: Mapping[str, RecipientSpec]) -> RecipientSpec:
    """The reader with this address; one without a file gets every mail at once, up to the cap."""
    return readers.get(address) or RecipientSpec(name="reader", address=address)
