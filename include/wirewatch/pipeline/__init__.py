"""The stages composed: one module a step, each usable from Airflow's tasks and from the command line.

collect → read → link → match → deliver; ``daily`` runs them all without Airflow.
"""
