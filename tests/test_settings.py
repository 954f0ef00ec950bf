"""Settings: what the environment says, what it may not say, and the list of it in .env.example."""

from __future__ import annotations

import io
import itertools
from dataclasses import fields, replace
from pathlib import Path

import pytest
from dotenv import dotenv_values

from wirewatch.errors import SettingError
from wirewatch.settings import ROOT, Settings, new_password

EXAMPLE = ROOT / ".env.example"
DEFAULTS = Settings.from_environment({})


def _stated() -> list[tuple[str, str, str]]:
    """(variable, default, help) as .env.example has them: a comment, then the variable behind a bare #."""
    found = []
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for above, line in itertools.pairwise(lines):
        if line.startswith("#WIREWATCH_"):
            ((variable, default),) = dotenv_values(stream=io.StringIO(line[1:])).items()
            found.append((variable, default or "", above.removeprefix("# ")))
    return found


def test_example_and_code_say_the_same() -> None:
    """.env.example lists every setting, and no other, with the default and the words that the code has."""
    metadata = [entry.metadata for entry in fields(Settings)]
    assert _stated() == [(entry["variable"], entry["default"], entry["help"]) for entry in metadata]


def test_example_sets_nothing() -> None:
    """.env.example copied as it is changes nothing: every variable in it is commented out."""
    assert dotenv_values(EXAMPLE) == {}


def test_example_uncommented_is_the_default() -> None:
    """.env.example with every setting's # taken away yields the very defaults."""
    environ = {variable: default for variable, default, _ in _stated()}
    assert Settings.from_environment(environ) == DEFAULTS


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("WIREWATCH_PORT", "eighty", "WIREWATCH_PORT: must be a number, not 'eighty'"),
        ("WIREWATCH_PORT", "80.5", "WIREWATCH_PORT: must be a number, not '80.5'"),
        ("WIREWATCH_DEADLINE", "1m", "WIREWATCH_DEADLINE: must be a number, not '1m'"),
        ("WIREWATCH_MAX_BYTES", "-1", "WIREWATCH_MAX_BYTES: must not be negative or without end"),
        ("WIREWATCH_TIMEZONE", "Minsk", "WIREWATCH_TIMEZONE: must be an IANA zone such as Europe/Warsaw"),
        ("WIREWATCH_TIMEZONE", "../etc", "WIREWATCH_TIMEZONE: must be an IANA zone such as Europe/Warsaw"),
        ("WIREWATCH_SMTP_URL", "mail.example.org", "WIREWATCH_SMTP_URL: must start with smtp:// or smtps://"),
        ("WIREWATCH_DATABASE_URL", "sqlite:///x", "WIREWATCH_DATABASE_URL: must start with postgresql://"),
        ("WIREWATCH_SOURCE", "x", "WIREWATCH_SOURCE: is not a setting; .env.example lists those there are"),
    ],
)
def test_wrong_value_is_refused_by_name(variable: str, value: str, message: str) -> None:
    """A value that cannot be used, or a variable that is no setting, is refused with its name and what it should be."""
    with pytest.raises(SettingError) as caught:
        Settings.from_environment({variable: value})
    assert (caught.value.name, str(caught.value)) == (variable, message)


def test_paths_count_from_the_root() -> None:
    """A relative path counts from the project's root, an absolute one stands, and ~ is the user's home."""
    read = Settings.from_environment(
        {"WIREWATCH_HOME": "data/here", "WIREWATCH_SOURCES": "/srv/sources", "WIREWATCH_RULES": "~/rules"}
    )
    expected = replace(
        DEFAULTS, home=ROOT / "data/here", sources=Path("/srv/sources"), rules=Path("~/rules").expanduser()
    )
    assert read == expected


def test_values_are_read_by_their_kind() -> None:
    """Numbers, and lists by commas with stray blanks and empty parts, become what the fields say."""
    read = Settings.from_environment(
        {"WIREWATCH_PORT": " 9090 ", "WIREWATCH_DEADLINE": "2.5", "WIREWATCH_ALLOW_HOSTS": "127.0.0.0/8, ,news.test,"}
    )
    assert read == replace(DEFAULTS, port=9090, deadline=2.5, allow_hosts=("127.0.0.0/8", "news.test"))


def test_empty_is_the_default() -> None:
    """A variable set to nothing counts as not set, so that Compose may pass on what nobody stated."""
    environ = {entry.metadata["variable"]: " " for entry in fields(Settings)}
    assert Settings.from_environment(environ) == DEFAULTS


def test_strangers_are_left_alone() -> None:
    """Variables of other programs, and those of the Makefile, are not looked at."""
    assert Settings.from_environment({"POSTGRES_PASSWORD": "x", "WIREWATCH_VENV": "/tmp/v"}) == DEFAULTS


@pytest.mark.parametrize(
    ("stated", "root"),
    [
        ("", str(ROOT / ".wirewatch/archive")),
        ("warc", str(ROOT / "warc")),
        ("/srv/warc", "/srv/warc"),
        ("s3://b/w", "s3://b/w"),
    ],
)
def test_archive_root(stated: str, root: str) -> None:
    """The archive lies in the home unless a folder (from the root) or an fsspec URL is stated."""
    assert Settings.from_environment({"WIREWATCH_ARCHIVE": stated}).archive_root == root


@pytest.mark.parametrize(
    ("host", "only"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("my.host", False)]
)
def test_loopback_only(host: str, only: bool) -> None:
    """Only a loopback address counts as one that nobody else can reach; a name that is not localhost does not."""
    assert Settings.from_environment({"WIREWATCH_HOST": host}).loopback_only is only


def test_mail_goes_to_the_local_mailbox_by_default() -> None:
    """With no mail server stated, mail goes to the mailbox on its port; a stated server wins."""
    local = Settings.from_environment({"WIREWATCH_MAILBOX_PORT": "2525"})
    stated = Settings.from_environment({"WIREWATCH_SMTP_URL": "smtps://mail.example.org"})
    assert (local.effective_smtp_url, stated.effective_smtp_url) == (
        "smtp://127.0.0.1:2525",
        "smtps://mail.example.org",
    )


def test_tasks_at_once() -> None:
    """Tasks at once are what is stated, else between 4 and 32 by the cores."""
    assert Settings.from_environment({"WIREWATCH_PARALLELISM": "3"}).tasks_at_once == 3
    assert 4 <= DEFAULTS.tasks_at_once <= 32


def test_passwords_differ() -> None:
    """Each new password is another one, and double-clickable: letters and digits only."""
    first, second = new_password(), new_password()
    assert first != second
    assert first.isalnum()
