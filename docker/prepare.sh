#!/bin/sh
# Runs once before the services start (and harmlessly again): databases, their tables, the login.
set -eu

# The two databases live on one server; CREATE DATABASE has no IF NOT EXISTS.
python - <<'PYTHON'
import os

import psycopg2
from psycopg2 import sql

connection = psycopg2.connect(os.environ["PREPARE_DATABASE_URL"])
connection.autocommit = True
with connection.cursor() as cursor:
    for name in ("airflow", "wirewatch"):
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
connection.close()
PYTHON

airflow db migrate
wirewatch migrate
airflow pools set wirewatch_sites 16 "Sites asked at once by Wirewatch"

# Airflow would invent a password for a user that is not in this file and print it to the log; here it goes to the
# file alone, readable by the services' user alone.
python - <<'PYTHON'
import json
import os
import secrets
from pathlib import Path

path = Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"])
if not path.exists():
    names = [user.split(":")[0] for user in os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"].split(",")]
    path.touch(mode=0o600)
    path.write_text(json.dumps({name: secrets.token_hex(15) for name in names}) + "\n", encoding="utf-8")
PYTHON
