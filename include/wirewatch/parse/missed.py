"""Names of a source's selectors that matched nothing ↔ the sentence in which a reading says so.

Writer and reader stand side by side: health counts, from stored notes, on how many articles a selector found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAYS = "selectors matched nothing for: "
_NAMES = re.compile(rf"{_SAYS}([a-z, ]+)")


def missed_note(names: Sequence[str]) -> str | None:
    """Names of a layout's fields → a sentence; None when all of them matched."""
    return f"the source's {_SAYS}{', '.join(names)}" if names else None


def missed_names(note: str | None) -> tuple[str, ...]:
    """The names that a reading's note tells of; none for another note or no note."""
    found = _NAMES.search(note or "")
    return tuple(name.strip() for name in found[1].split(",")) if found else ()
