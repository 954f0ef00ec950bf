# One image for every Airflow service and worker of docker-compose.yml.
FROM python:3.12-slim-bookworm

ENV AIRFLOW_HOME=/opt/airflow \
    PYTHONPATH=/opt/airflow/include \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# A fixed number, so that files on volumes belong to the same user on every machine.
RUN useradd --uid 50000 --gid 0 --no-create-home --home-dir /opt/airflow airflow

WORKDIR /opt/airflow

# The pins first: they change seldom, and this layer takes minutes.
COPY requirements.txt ./
RUN pip install --requirement requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY include/ include/
COPY plugins/ plugins/
COPY dags/ dags/
COPY docker/ docker/

# --no-deps: what it runs on is installed above, pinned. The folders are made here because a named volume takes
# its owner from the image. The code stays root's: a task cannot rewrite it.
RUN pip install --no-deps --editable . \
    && mkdir logs auth state \
    && chown airflow:root . logs auth state \
    && chmod 700 auth

USER airflow
CMD ["airflow", "version"]
