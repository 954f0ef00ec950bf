"""Every command of the README is run, in a clone of its own, in the order a reader would run it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.newsroom.server import Newsroom
from tests.support.folders import passable_folder

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "https://www.example.org/news/"
SLUG = "example-org"


def commands() -> list[str]:
    """Lines of the README's sh blocks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [line for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S) for line in block.splitlines()]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def clone(folder: Path) -> Path:
    """The files as they stand, committed or not, and nothing that was installed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def test_compose_command_names_a_service_that_is_there() -> None:
    """The Compose command scales a service of docker-compose.yml; running it needs an engine."""
    import yaml

    line = next(line for line in commands() if line.startswith("docker"))
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    scaled = re.findall(r"--scale (\S+)=\d+", line)
    assert scaled
    assert set(scaled) <= set(services)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the clone's database server may pass."""
    with passable_folder() as found:
        yield found


@pytest.mark.airflow
@pytest.mark.timeout(1200)
def test_every_command_does_what_it_says(folder: Path) -> None:
    """From a fresh clone each command of the README ends well, `make run` and `make test` first."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: the files of a clone cannot be told from the rest")
    here = clone(folder / "clone")
    with Newsroom(date=datetime.now(timezone.utc).date(), day=1) as newsroom:
        for path in (here / "include" / "sources").glob("*.yml"):
            path.unlink()  # real sites are not for tests to ask
        newsroom.write_sources(here / "include" / "sources")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WIREWATCH_", "AIRFLOW"))},
            "WIREWATCH_ALLOW_HOSTS": "127.77.0.0/24",
            "WIREWATCH_PORT": free_port(),
            "WIREWATCH_MAILBOX_PORT": free_port(),
            "ARGS": "tests/test_settings.py",  # the rest of the tests is running this one
        }
        site = newsroom.bases["amber-courier"] + "/"
        try:
            for line in commands():
                if not line.startswith("docker"):
                    run(line.replace(EXAMPLE, shlex.quote(site) + f" --slug {SLUG}"), here, environment)
        finally:
            subprocess.run(["make", "stop"], cwd=here, env=environment, check=False, capture_output=True)


def run(line: str, here: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", line], cwd=here, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
