"""docker-compose.yml, Dockerfile and .dockerignore: checked as far as that goes without a container engine."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from wirewatch.settings import ROOT, Settings

FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "wirewatch"}
SECRETS = (
    "POSTGRES_PASSWORD",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
)
MANDATORY = re.compile(r"\$\{([A-Z_0-9]+):\?[^}]+\}")


def _program() -> list[str]:
    """A docker-compose that can check files; checking needs no engine."""
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = ["docker", "compose"]
    if shutil.which("docker") and not subprocess.run([*plugin, "version"], capture_output=True, check=False).returncode:
        return plugin
    pytest.skip("neither docker-compose nor docker compose is installed")


def _config(folder: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    # A copy in an empty folder, so that a .env of whoever runs the tests has no say.
    shutil.copy(FILE, folder)
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **environ}
    command = [*_program(), "config"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_services_are_those_of_a_distributed_airflow() -> None:
    """The file runs the database, the broker, the mailbox, every part of Airflow, and the preparation."""
    airflow = {"api-server", "scheduler", "dag-processor", "triggerer", "worker", "prepare"}
    assert set(SERVICES) == {"postgres", "redis", "mailpit"} | airflow
    assert set(OURS) == airflow


def test_compose_takes_the_file_and_settings_take_its_environment(tmp_path: Path) -> None:
    """With the secrets set, Compose resolves the file, and the workers' environment makes valid settings."""
    result = _config(tmp_path, dict.fromkeys(SECRETS, "0123abcd"))
    assert result.returncode == 0, result.stderr
    resolved = yaml.safe_load(result.stdout)["services"]
    assert set(resolved) == set(SERVICES)
    settings = Settings.from_environment(resolved["worker"]["environment"])
    assert (settings.database_url, settings.archive_root, settings.effective_smtp_url) == (
        "postgresql://wirewatch:0123abcd@postgres/wirewatch",
        "/opt/airflow/state/archive",
        "smtp://mailpit:1025",
    )
    assert [name for name, value in resolved["worker"]["environment"].items() if "$" in value] == []


@pytest.mark.parametrize("secret", SECRETS)
def test_missing_secret_stops_it(tmp_path: Path, secret: str) -> None:
    """Without any one of the secrets Compose refuses the file and says where to set it."""
    result = _config(tmp_path, {name: "0123abcd" for name in SECRETS if name != secret})
    assert result.returncode != 0
    assert "set it in .env" in result.stderr


def test_secrets_have_no_default() -> None:
    """Each use of a secret is of the kind that fails when it is not set, and .env.example names them all."""
    text = FILE.read_text(encoding="utf-8")
    assert set(MANDATORY.findall(text)) == set(SECRETS)
    uses = re.findall(r"\$\{(\w+)", text)
    assert {name: uses.count(name) for name in SECRETS} == {
        name: len(re.findall(rf"\$\{{{name}:\?", text)) for name in SECRETS
    }
    example = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [name for name in SECRETS if f"#{name}=" not in example] == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_literal_password(name: str) -> None:
    """No service has a password, key or secret written out, neither as a value nor inside an address."""
    literal = []
    for variable, value in SERVICES[name].get("environment", {}).items():
        secret = re.search(r"PASSWORD|SECRET|KEY|TOKEN", variable) and not variable.endswith("_FILE")
        inside = re.search(r"://[^:/@]*:(.+)@", MANDATORY.sub("«mandatory»", str(value)))
        if (secret and not MANDATORY.fullmatch(value)) or (inside and inside.group(1) != "«mandatory»"):
            literal.append(variable)
    assert literal == []


@pytest.fixture(scope="module")
def airflow_options(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every option that this Airflow and its providers know, as names of environment variables."""
    program = (
        "import json; from airflow.configuration import conf;"
        "print('\\n' + json.dumps({s: list(d['options']) for s, d in conf.configuration_description.items()}))"
    )
    env = {**os.environ, "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow"))}
    result = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    described: dict[str, list[str]] = json.loads(result.stdout.splitlines()[-1])
    return {
        f"AIRFLOW__{section.upper().replace('.', '_')}__{option.upper()}"
        for section, options in described.items()
        for option in options
    }


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_is_read_by_somebody(name: str, airflow_options: set[str]) -> None:
    """Each variable is an option of Airflow, a connection, a setting of ours, or read by the preparing script."""
    settings = {entry.metadata["variable"] for entry in fields(Settings)}
    script = (ROOT / "docker/prepare.sh").read_text(encoding="utf-8")
    unread = [
        variable
        for variable in OURS[name]["environment"]
        if variable not in airflow_options | settings
        and not variable.startswith("AIRFLOW_CONN_")
        and not (name == "prepare" and f'"{variable}"' in script)
    ]
    assert unread == []


def test_settings_are_passed_on() -> None:
    """A setting in .env reaches the services; those that Compose decides itself are the only exceptions."""
    passed = {
        variable
        for variable, value in OURS["worker"]["environment"].items()
        if re.fullmatch(rf"\$\{{{variable}:-.*\}}", str(value))
    }
    decided_here = {
        "HOME",
        "DATABASE_URL",
        "SOURCES",
        "CONCEPTS",
        "RULES",
        "RECIPIENTS",
        "HOST",
        "PORT",
        "MAILBOX_PORT",
        "PARALLELISM",
    }
    settings = {entry.metadata["variable"] for entry in fields(Settings)}
    assert settings - passed == {f"WIREWATCH_{name}" for name in decided_here}


def test_every_lasting_service_has_a_health_check() -> None:
    """Each service that keeps running is checked; the one that ends is not."""
    unchecked = {name for name, service in SERVICES.items() if "test" not in service.get("healthcheck", {})}
    assert unchecked == {"prepare"}


def test_services_wait_for_the_preparation() -> None:
    """No part of Airflow starts before databases and login are there."""
    waits = {
        name: service["depends_on"].get("prepare", {}).get("condition")
        for name, service in OURS.items()
        if name != "prepare"
    }
    assert set(waits.values()) == {"service_completed_successfully"}


def test_only_ui_and_mailbox_are_published_and_only_here() -> None:
    """The two published ports are bound to this machine unless WIREWATCH_HOST says otherwise."""
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "api-server": ["${WIREWATCH_HOST:-127.0.0.1}:${WIREWATCH_PORT:-8080}:8080"],
        "mailpit": ["127.0.0.1:${WIREWATCH_MAILBOX_PORT:-8025}:8025"],
    }


def test_data_lies_on_named_volumes() -> None:
    """Every mount is a named volume that the file declares, and every declared volume is used."""
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_images_are_pinned() -> None:
    """Images of others carry a version, never latest."""
    images = {name: service["image"] for name, service in SERVICES.items() if name not in OURS}
    assert [name for name, image in images.items() if not re.search(r":v?\d", image)] == []


def test_worker_can_be_scaled() -> None:
    """Several workers may run: nothing in the service is a name or a port that only one can have."""
    assert {"container_name", "hostname", "ports"} & set(SERVICES["worker"]) == set()


def _dockerfile() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def test_image_runs_without_root() -> None:
    """The last user of the image is not root, so neither is any service."""
    assert [value for word, value in _dockerfile() if word == "USER"][-1] == "airflow"
    assert [name for name, service in SERVICES.items() if "user" in service or service.get("privileged")] == []


def test_image_gets_exactly_what_it_copies() -> None:
    """.dockerignore lets through what the Dockerfile copies, and nothing else: no .env, no local data."""
    copied = {part.strip("/") for word, value in _dockerfile() if word == "COPY" for part in value.split()[:-1]}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_preparing_script_is_shell() -> None:
    """The preparing script parses as POSIX shell, and both programs inside it as Python."""
    script = ROOT / "docker/prepare.sh"
    assert subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False).stderr == ""
    programs = re.findall(r"<<'PYTHON'\n(.*?)\nPYTHON\n", script.read_text(encoding="utf-8"), re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        compile(program, "prepare.sh", "exec")
