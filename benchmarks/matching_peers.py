"""Peers of the matcher: plain keywords in lower-cased text, each between word boundaries, none of the rules.

Run by ``benchmarks.matching`` in the Python of the peers; prints one JSON line. A peer is imported in its function.

    python benchmarks/matching_peers.py flashtext input.json
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

PASSES = 5

Count = Callable[[str], int]
"""Text → how many keywords stand in it."""


def keyword_loop(keywords: list[str]) -> Count:
    """What most scripts do: is it in the text, and if so, between word boundaries?"""

    def count(text: str) -> int:
        lowered = text.lower()
        found = 0
        for keyword in keywords:
            if keyword in lowered:
                found += _times(keyword, lowered)
        return found

    return count


def _times(keyword: str, text: str) -> int:
    found = 0
    start = text.find(keyword)
    while start >= 0:
        end = start + len(keyword)
        found += not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        start = text.find(keyword, end)
    return found


def alternation(keywords: list[str]) -> Count:
    """One regular expression of all keywords."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, keywords))})\b")
    return lambda text: sum(1 for _ in pattern.finditer(text.lower()))


def flashtext(keywords: list[str]) -> Count:
    """flashtext: a trie of characters walked in Python."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    processor.add_keywords_from_list(keywords)
    return lambda text: len(processor.extract_keywords(text))


def pyahocorasick(keywords: list[str]) -> Count:
    """pyahocorasick: an automaton in C; word boundaries checked afterwards."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for keyword in keywords:
        automaton.add_word(keyword, len(keyword))
    automaton.make_automaton()

    def count(text: str) -> int:
        lowered = text.lower()
        found = 0
        for last, length in automaton.iter(lowered):
            before = lowered[last - length : last - length + 1] if last >= length else ""
            found += not (before.isalnum() or lowered[last + 1 : last + 2].isalnum())
        return found

    return count


PEERS = {peer.__name__: peer for peer in (keyword_loop, alternation, flashtext, pyahocorasick)}


def seconds_of(count: Count, texts: list[str]) -> float:
    """CPU seconds of one pass."""
    started = time.process_time()
    for text in texts:
        count(text)
    return time.process_time() - started


def main() -> None:
    """Measure one peer."""
    name, path = sys.argv[1:]
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    count = PEERS[name](data["keywords"])
    print(json.dumps({"seconds": min(seconds_of(count, data["texts"]) for _ in range(PASSES))}))


if __name__ == "__main__":
    main()
