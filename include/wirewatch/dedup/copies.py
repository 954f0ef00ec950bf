"""Whether two texts are copies, decided on the whole of both. Candidates come from ``signatures``.

Exact copies have one ``identity.text_hash`` and never come here. For the others the sets of word triples are compared.
That alone would take two things for copies which are not: reports that share their background and not their news, so
the lead must be shared too; and series (losses of the day, forecasts, air alarms), whose words stay and whose numbers
change, so the numbers must be shared too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wirewatch.dedup.identity import SHORTEST_COPY
from wirewatch.dedup.signatures import words

CONTAINED = 0.6
"""Share of the shorter text's triples that the other must have. A tenth of the words replaced leaves .73; reports of
one event that quote the same statement reach .5."""

OF_THE_LONGER = 0.25
"""Share of the longer text's triples. A digest that has a whole report in it is no copy of that report."""

LEAD_WORDS = 30
LEAD_SHARED = 0.5
LEAD_BEHIND = 0.2
"""Of the first words' pairs one text must have half of the other's, and hardly fewer than of the whole: background that
two reports share makes the whole alike and leaves the leads apart."""

LEAD_REWRITTEN = 0.92
"""Containment from which a lead may be another: somebody wrote a new first sentence, and changed nothing else."""

NUMBERS_CHANGED = 0.25
FEW_NUMBERS = 2
"""Of the numbers of one text a quarter, or two, may be missing in the other: of either, because a copy may add some."""

REISSUED = 0.85
"""Resemblance (Jaccard) from which a publisher's own other text is the same piece under a new address, not news that
uses its words again. All numbers must be there too."""


@dataclass(frozen=True)
class Text:
    """A text, taken apart once and compared with many."""

    body: str

    @cached_property
    def words(self) -> list[str]:
        """As copies are compared by."""
        return words(self.body)

    @cached_property
    def triples(self) -> frozenset[tuple[str, ...]]:
        """Of neighbouring words."""
        found = self.words
        return frozenset(zip(found, found[1:], found[2:], strict=False))

    @cached_property
    def running(self) -> str:
        """The words in a row, a space before and behind each."""
        return f" {' '.join(self.words)} "

    @cached_property
    def lead(self) -> list[str]:
        """Pairs of neighbouring words at its beginning, a space before and behind."""
        return [f" {first} {second} " for first, second in pairwise(self.words[:LEAD_WORDS])]

    @cached_property
    def numbers(self) -> Counter[str]:
        """Words with a digit in them, each as often as it is there."""
        return Counter(word for word in self.words if not word.isalpha() and any(map(str.isdigit, word)))


@dataclass(frozen=True)
class Overlap:
    """What two texts have in common."""

    shared: int  # word triples that both have
    left: int  # word triples of the one
    right: int  # and of the other
    lead: float  # share of the lead's word pairs that is in the other text; of the two leads the one shared more, 0..1
    numbers: int  # in that of the texts whose numbers miss least in the other
    numbers_missing: int  # of those, in the other

    @property
    def containment(self) -> float:
        """Share of the shorter text that is in the other, 0..1 (Broder 1997)."""
        return self.shared / min(self.left, self.right) if self.left and self.right else 0.0

    @property
    def of_the_longer(self) -> float:
        """Share of the longer text that is in the other, 0..1."""
        return self.shared / max(self.left, self.right) if self.left and self.right else 0.0

    @property
    def resemblance(self) -> float:
        """Jaccard index, 0..1."""
        union = self.left + self.right - self.shared
        return self.shared / union if union else 0.0

    @property
    def is_copy(self) -> bool:
        """One text is a copy of the other, or both of a third."""
        long_enough = min(self.left, self.right) >= SHORTEST_COPY - 2
        contained = self.containment >= CONTAINED and self.of_the_longer >= OF_THE_LONGER
        return long_enough and contained and self._same_lead and self._same_numbers

    @property
    def is_reissue(self) -> bool:
        """So alike that even two texts of one publisher are the same piece."""
        return self.is_copy and self.resemblance >= REISSUED and not self.numbers_missing

    @property
    def _same_lead(self) -> bool:
        return self.lead >= max(LEAD_SHARED, self.containment - LEAD_BEHIND) or self.containment >= LEAD_REWRITTEN

    @property
    def _same_numbers(self) -> bool:
        return self.numbers_missing <= max(FEW_NUMBERS, NUMBERS_CHANGED * self.numbers)


def overlap(left: Text, right: Text) -> Overlap:
    """Compare two texts; the order of the two does not matter to what follows from it."""
    missing, numbers = min(_missing(left, right), _missing(right, left))
    return Overlap(
        shared=len(left.triples & right.triples),
        left=len(left.triples),
        right=len(right.triples),
        lead=max(_lead_in(left, right), _lead_in(right, left)),
        numbers=numbers,
        numbers_missing=missing,
    )


def _missing(text: Text, other: Text) -> tuple[int, int]:
    """How many of its numbers the other has not, and how many it has."""
    return sum((text.numbers - other.numbers).values()), sum(text.numbers.values())


def _lead_in(text: Text, other: Text) -> float:
    """Share of a text's lead that the other has."""
    return sum(pair in other.running for pair in text.lead) / len(text.lead) if text.lead else 0.0
