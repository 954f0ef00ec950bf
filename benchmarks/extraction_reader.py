"""One pass of one reader over pages, in whichever Python has it: prints one JSON line with its time and its bodies.

Run by ``benchmarks.extraction``; imports of a reader stand in its function, as each Python has some of them.

    python benchmarks/extraction_reader.py trafilatura pages.jsonl
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

Reader = Callable[[bytes, str], str]
"""Bytes and address of a page → its body, after all other fields were read too."""

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_WARM_UP = 3  # pages read before the clock starts


def wirewatch() -> Reader:
    """Our own, as it reads a page of no known source."""
    from wirewatch.errors import PageError
    from wirewatch.model import Page
    from wirewatch.parse.read import read_findings

    now = datetime(2026, 11, 24, tzinfo=timezone.utc)

    def read(raw: bytes, url: str) -> str:
        try:
            return read_findings(Page(url, url, 200, (), raw, now)).article.body
        except PageError:
            return ""

    return read


def trafilatura() -> Reader:
    """trafilatura with its defaults and metadata; it finds no kind and no language."""
    from trafilatura import bare_extraction

    def read(raw: bytes, url: str) -> str:
        document = bare_extraction(decoded(raw), url=url, with_metadata=True, include_comments=False)
        return (document.text if document else "") or ""

    return read


def newspaper4k() -> Reader:
    """newspaper4k without its pictures; it finds no kind."""
    from newspaper import Article

    def read(raw: bytes, url: str) -> str:
        article = Article(url, fetch_images=False)
        article.download(input_html=decoded(raw))
        article.parse()
        return article.text or ""

    return read


def beautifulsoup4() -> Reader:
    """What one writes in an afternoon: metadata by name, body from the paragraphs of <article>."""
    from bs4 import BeautifulSoup

    def read(raw: bytes, url: str) -> str:
        del url
        soup = BeautifulSoup(raw, "lxml")
        metas = {}
        for meta in soup.find_all("meta"):
            metas[meta.get("property") or meta.get("name")] = meta.get("content")
        headline, clock = soup.find("h1"), soup.find("time")
        _ = (
            metas.get("og:title") or (headline.get_text(" ", strip=True) if headline else None),
            metas.get("author"),
            metas.get("article:published_time") or (clock.get("datetime") if clock else None),
            soup.html.get("lang") if soup.html else None,
            metas.get("og:type") == "article",
        )
        holder = soup.find("article") or soup
        return "\n".join(paragraph.get_text(" ", strip=True) for paragraph in holder.find_all("p"))

    return read


def decoded(raw: bytes) -> str:
    """Text of a page for readers that want text: UTF-8, else the declared charset, else windows-1252."""
    declared = _CHARSET.search(raw[:8192])
    for name in ("utf-8", declared.group(1).decode() if declared else "windows-1252"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("windows-1252", "replace")


READERS = {each.__name__: each for each in (wirewatch, trafilatura, newspaper4k, beautifulsoup4)}


def main() -> None:
    """Read all pages once, timed."""
    name, listing = sys.argv[1:]
    items = [json.loads(line) for line in Path(listing).read_text(encoding="utf-8").splitlines()]
    pages = [(item["id"], item["url"], Path(item["path"]).read_bytes()) for item in items]
    read = READERS[name]()
    for _, url, raw in pages[:_WARM_UP]:
        attempt(read, raw, url)
    begun, begun_cpu = time.perf_counter(), time.process_time()
    bodies = {page: attempt(read, raw, url) for page, url, raw in pages}
    seconds, cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
    failed = sum(body is None for body in bodies.values())
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": cpu,
                "failed": failed,
                "bodies": {page: body or "" for page, body in bodies.items()},
            }
        )
    )


def attempt(read: Reader, raw: bytes, url: str) -> str | None:
    """The body; None when the reader raised."""
    try:
        return read(raw, url)
    except Exception as error:  # noqa: BLE001  # a peer's failure on a page is a figure, not the end of the run
        print(f"{url}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
        return None


if __name__ == "__main__":
    main()
