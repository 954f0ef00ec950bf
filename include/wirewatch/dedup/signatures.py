"""What near-copies are looked up by: a signature of each text's lead, cut into bands. Equal bands make a candidate.

A signature is a MinHash (Broder 1997) of the pairs of neighbouring words in the lead, computed by rensa in a batch; two
texts whose leads resemble each other by J share a band with probability 1 - (1 - J^ROWS)^BANDS: 1.0, 1.0 and .98 when
1, 3 and 10 % of the words were replaced. Only the lead is signed, because wires append the same background, longer than
the news itself, to many different reports: by whole texts all of these would be candidates of one another, for ever. A
reprint that adds or cuts paragraphs keeps its lead, and is found too. Whether a candidate is a copy is decided by
``copies`` on the whole texts.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rensa import RMinHash  # type: ignore[import-untyped] # it ships no types

from wirewatch.dedup.identity import SHORTEST_COPY

WORD = re.compile(r"\w+")

LEAD = 100
"""Words that are signed. Reports of one day that share nothing but their background have it behind 60 to 130 words."""

BANDS = 20
ROWS = 4
SEED = 42

METHOD = int(RMinHash.ALGORITHM_VERSION) * 1000 + 1
"""Of how signatures are made. Those of two methods cannot be compared: raise it when anything above changes."""

_ENOUGH = 8 * LEAD  # code points in which a lead mostly ends
_AT_ONCE = 64  # texts whose shingles are in memory together; more of them leave the processor's cache
_SLOTS = f"<{BANDS * ROWS}I"  # rensa's slots have 32 bits
_HALVES = f"<{BANDS * ROWS // 2}Q"  # a band is four of them, or two of 64 bits
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # odd, without pattern
_MASK, _SIGN = 2**64 - 1, 2**63

Bands = tuple[int, ...]
"""Signed 64-bit integers, as PostgreSQL's bigint; none for a text that is too short to have copies."""


def words(text: str) -> list[str]:
    """Words as copies are compared by: NFC, lower case, ё as е."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("ё", "е"))


def signatures(texts: Sequence[str]) -> list[Bands]:
    """Texts → the bands of each, in order."""
    return [bands for start in range(0, len(texts), _AT_ONCE) for bands in _signed(texts[start : start + _AT_ONCE])]


def _signed(texts: Sequence[str]) -> Iterator[Bands]:
    leads = [_lead(text) for text in texts]
    shingles = [[f"{first} {second}" for first, second in pairwise(lead)] for lead in leads]
    slots = RMinHash.digest_matrix_from_token_sets(shingles, BANDS * ROWS, SEED).to_rows()
    for lead, row in zip(leads, slots, strict=True):
        yield _bands(row) if len(lead) >= SHORTEST_COPY else ()


def _lead(text: str) -> list[str]:
    found = words(text[:_ENOUGH])
    if len(found) <= LEAD and len(text) > _ENOUGH:
        found = words(text)  # long words, and the cut may have gone through one
    return found[:LEAD]


def _bands(slots: Sequence[int]) -> Bands:
    """Each group of slots as one number, by multiply-add hashing; its place is added: band 1 never meets band 2."""
    halves = iter(struct.unpack(_HALVES, struct.pack(_SLOTS, *slots)))
    return tuple(
        ((first * _FACTORS[0] + second * _FACTORS[1] + place) & _MASK) - _SIGN
        for place, (first, second) in enumerate(zip(halves, halves, strict=True))
    )
