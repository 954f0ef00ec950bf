"""The local stack behind `make run`: embedded PostgreSQL, a mailbox and Airflow's four processes, on one machine.

It talks to Airflow by its command line and its REST API, so the library goes on knowing nothing of Airflow.
"""
