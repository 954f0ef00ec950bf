"""Wirewatch: what defence ministries and wire services publish, and what changed. See docs/design.md."""

__version__ = "0.1.0"
