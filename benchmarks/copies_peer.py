"""One peer of benchmarks.copies, run in the peers' environment: texts (a line each) in, seconds and found pairs out.

    .venv-peers/bin/python benchmarks/copies_peer.py datasketch TEXTS

Prints one JSON line: {"cpu_seconds", "pairs"}. Each peer is used as its own documentation shows, on the same texts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

THRESHOLD = 0.7
PERMUTATIONS = 128
DISTANCE = 3
AT_ONCE = 64


def main() -> None:
    """Run one peer."""
    name, listing = sys.argv[1:3]
    texts = Path(listing).read_text(encoding="utf-8").splitlines()
    find = {"datasketch": datasketch_update, "datasketch-bulk": datasketch_bulk, "simhash": simhash_index}[name]
    list(find(texts[:50]))  # imports and tables are not on the clock
    start = time.process_time()
    pairs = list(find(texts))
    print(json.dumps({"cpu_seconds": time.process_time() - start, "pairs": pairs}))


def shingles(text: str) -> list[bytes]:
    """Triples of neighbouring words."""
    words = text.split()
    return [f"{one} {two} {three}".encode() for one, two, three in zip(words, words[1:], words[2:])]  # noqa: B905


def datasketch_bulk(texts: list[str]) -> Iterator[tuple[int, int]]:
    """MinHash.generator, which saves making the permutations anew: the fastest way it has to sign many texts."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for start in range(0, len(texts), AT_ONCE):
        batch = [shingles(text) for text in texts[start : start + AT_ONCE]]
        for place, signature in enumerate(MinHash.generator(batch, num_perm=PERMUTATIONS), start=start):
            yield from ((other, place) for other in index.query(signature))
            index.insert(place, signature)


def datasketch_update(texts: list[str]) -> Iterator[tuple[int, int]]:
    """One MinHash a text, filled by update_batch."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for place, text in enumerate(texts):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch(shingles(text))
        yield from ((other, place) for other in index.query(signature))
        index.insert(place, signature)


def simhash_index(texts: list[str]) -> Iterator[tuple[int, int]]:
    """64-bit fingerprints of the words, compared within a Hamming distance of three."""
    from simhash import Simhash, SimhashIndex  # type: ignore[import-not-found]

    index = SimhashIndex([], k=DISTANCE)
    for place, text in enumerate(texts):
        fingerprint = Simhash(text.split())
        yield from ((int(other), place) for other in index.get_near_dups(fingerprint))
        index.add(str(place), fingerprint)


if __name__ == "__main__":
    main()
