"""A page to the JSON it holds, within bounds; what is no JSON is said in one sentence."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from wirewatch.fetch.leads import root_name
from wirewatch.fetch.listings import page_text
from wirewatch.model import Page

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a document that is read: parsed, hostile JSON takes some thirty times its size."""


class NotJsonError(ValueError):
    """The page is no JSON; the text is a sentence for people."""


def looks_like_json(body: bytes) -> bool:
    """Whether the first thing in a body is an object or an array."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def page_to_json(page: Page, wanted: str) -> Any:
    """Page → document (RFC 8259); NotJsonError says what stands in place of what was ``wanted``.

    NaN and Infinity, which are no JSON, are refused; of a key that repeats, the last holds; a number of more digits
    than Python converts and nesting beyond its stack are refused. Text that is not UTF-8 is read in the charset the
    server states.
    """
    body = page.body
    if not body.strip():
        raise NotJsonError(f"an empty body in place of {wanted}")
    if root := root_name(body[:4096]) if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else "":
        raise NotJsonError(f"{'XML' if root in _XML_ROOTS else 'HTML'} in place of {wanted}")
    if len(body) > MAX_BYTES:
        raise NotJsonError(f"more than {MAX_BYTES // 1024**2} MB in place of {wanted}")
    try:
        return json.loads(_text(page), parse_constant=_refuse)
    except RecursionError:
        raise NotJsonError(f"JSON nested too deep in place of {wanted}") from None
    except ValueError as error:
        raise NotJsonError(f"not JSON in place of {wanted}: {str(error)[:200]}") from None


def refusal(document: Any) -> str | None:
    """What an error document says (``{"code": …, "message": …}``, as WordPress and many an API write it), or None."""
    if not isinstance(document, dict):
        return None
    stated = [document.get(key) for key in ("code", "error", "message")]
    words = [" ".join(str(item).split())[:200] for item in stated if isinstance(item, (str, int)) and item is not True]
    return ": ".join(words) if document.get("message") and words else None


_XML_ROOTS = ("rss", "feed", "rdf", "urlset", "sitemapindex")


def _text(page: Page) -> str:
    try:
        encoding = json.detect_encoding(page.body)
        return page.body.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        return page_text(page)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")
