"""Dates as people and machines write them → moments. Pure; shared by the stages that read entry pages and articles."""
