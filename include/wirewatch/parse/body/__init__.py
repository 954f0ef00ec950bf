"""Tree → body, by a reader of our own: ``names`` (what class names say), ``blocks``, ``choose``, ``assemble``."""
