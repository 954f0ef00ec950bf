"""What Wirewatch's DAGs need of Airflow: names, the run a task works for, mail by connection, the operator's notice."""
