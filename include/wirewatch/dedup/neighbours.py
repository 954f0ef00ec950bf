"""Among the articles of a day those that may tell of one event with another: cheap, and never missing one that does.

Where two articles have sentence vectors, these bound what ``judge_pair`` can say: who stays below a story even with
every name known is left out, and nobody else is. Where one has none, two articles must share ``KEYS_SHARED`` keys.
Either way it is a matter of the two alone.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from wirewatch.dedup.likeness import allowance
from wirewatch.dedup.relation import NEAR, UNLIKE
from wirewatch.dedup.relation_weights import TABLES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEYS_SHARED = 2
"""See ``evidence.keys``."""

AT_ONCE = 8192
"""Articles whose vectors are compared at once: what one step takes in memory, some 30 MB."""

ROUNDING = 1e-3
"""Of the weighted sum. Cosines in float32 are off by less than 1e-6, which the scales raise to some 1e-5."""

MEANINGS = ("meaning", "headline_meaning")


@dataclass(frozen=True)
class Known:
    """What an article is looked up by."""

    article_id: int
    text_hash: str  # exact copies are joined without this
    language: str | None
    keys: tuple[str, ...]  # see ``evidence.keys``
    lead: bytes | None  # vectors as ``Evidence`` has them
    headline: bytes | None


@dataclass(frozen=True)
class Likely:
    """One that may tell of the same event; sorted, the likeliest first, the same whatever the order of loading."""

    likeliness: float  # of one kind (by vectors or by keys) only
    known: Known
    by_vectors: bool


class Day:
    """Articles of one day, to be looked up in."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = {item.article_id: item for item in known}
        able = find_spec("numpy") is not None
        self._with = [item for item in self.known.values() if able and item.lead and item.headline]
        self._without = [item for item in self.known.values() if not (able and item.lead and item.headline)]

    def likely(self, asked: Sequence[Known]) -> Iterator[tuple[int, Likely]]:
        """Articles of any day → (its id, one of this day that is likely)."""
        able = find_spec("numpy") is not None
        for item in asked:
            vectors = able and item.lead and item.headline
            for held in self._by_keys[:1] if vectors else self._by_keys:
                yield from held.likely(item)
        yield from self._near([item for item in asked if able and item.lead and item.headline])

    @cached_property
    def _by_keys(self) -> tuple[_Keys, _Keys]:
        """Of those without vectors, whom everybody is looked up among, and of those with."""
        return _Keys(self._without), _Keys(self._with)

    def _near(self, asked: Sequence[Known]) -> Iterator[tuple[int, Likely]]:
        if asked:
            for block in self._blocks:
                yield from block.likely(asked)

    @cached_property
    def _blocks(self) -> list[_Vectors]:
        return [_Vectors(self._with[start : start + AT_ONCE]) for start in range(0, len(self._with), AT_ONCE)]


def likeliest(found: Iterable[Likely], *, limit: int) -> list[Known]:
    """The best of either kind. Ties go by text, so that the order of loading decides nothing."""
    kinds: dict[bool, list[Likely]] = defaultdict(list)
    for item in found:
        kinds[item.by_vectors].append(item)
    return [item.known for kind in kinds.values() for item in heapq.nsmallest(limit, kind, key=_order)]


def _order(item: Likely) -> tuple[float, str, int]:
    return -item.likeliness, item.known.text_hash, item.known.article_id


def _are_two(one: Known, other: Known) -> bool:
    return one.article_id != other.article_id and one.text_hash != other.text_hash


class _Keys:
    """Articles by their keys."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, item in enumerate(known):
            for key in item.keys:
                self._places[key].append(place)

    def likely(self, asked: Known) -> Iterator[tuple[int, Likely]]:
        shared = Counter(place for key in asked.keys for place in self._places.get(key, ()))
        for place, count in shared.items():
            if count >= KEYS_SHARED and _are_two(asked, self._known[place]):
                yield asked.article_id, Likely(count, self._known[place], by_vectors=False)


class _Vectors:
    """Articles by their vectors."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._leads = _directions(item.lead or b"" for item in known)
        self._headlines = _directions(item.headline or b"" for item in known)
        self._languages = {language: number for number, language in enumerate({item.language for item in known})}
        self._codes = [self._languages[item.language] for item in known]

    def likely(self, asked: Sequence[Known]) -> Iterator[tuple[int, Likely]]:
        import numpy as np

        codes = np.array(self._codes)
        across = np.array([[allowance(item.language, other) for other in self._languages] for item in asked])[:, codes]
        meaning = _directions(item.lead or b"" for item in asked) @ self._leads.T + across
        headline = _directions(item.headline or b"" for item in asked) @ self._headlines.T + across
        most = _most(meaning, headline)
        for row, place in zip(*np.nonzero(most >= -ROUNDING), strict=True):
            if _are_two(asked[row], self._known[place]):
                yield asked[row].article_id, Likely(float(most[row, place]), self._known[place], by_vectors=True)


def _most(meaning: Any, headline_meaning: Any) -> Any:
    """Cosines → the most that the weighted sum of a pair can be. From 0 on it may be one story."""
    table = TABLES["by meaning"]
    free = sum(max(0.0, weight) for sign, weight in table.weights.items() if sign not in MEANINGS)
    measured = zip(MEANINGS, (meaning, headline_meaning), strict=True)
    return table.base + free + sum(table.weights[sign] * (cos - UNLIKE) / (NEAR - UNLIKE) for sign, cos in measured)


def _directions(vectors: Iterable[bytes]) -> NDArray[np.float32]:
    """Vectors of length 1, one a row: their products are cosines, to well within ``ROUNDING``."""
    import numpy as np

    rows = np.array([np.frombuffer(vector, np.int8) for vector in vectors]).astype(np.float32)
    lengths = np.sqrt((rows * rows).sum(1, keepdims=True))
    found: NDArray[np.float32] = rows / np.maximum(lengths, 1)
    return found
