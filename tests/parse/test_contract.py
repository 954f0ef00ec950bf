"""Rows of the extract command."""

from __future__ import annotations

from pathlib import Path

from wirewatch.parse.contract import extract_row

PAGES = Path(__file__).parent / "pages"


def test_row_of_an_article() -> None:
    """An article's row has all its fields, with the page's own offset."""
    row = extract_row({"id": "1", "url": "https://harbour.example/news/a-bridge", "path": str(PAGES / "brief.html")})
    body = row.pop("body")
    assert body.startswith("Engineer troops laid a floating bridge")
    assert row == {
        "id": "1",
        "kind": "article",
        "title": "Engineers open a bridge over the Lesna",
        "authors": ["Anna Kowal", "Piotr Zysk"],
        "published_at": "2026-11-24T14:05:00+03:00",
        "published_precision": "second",
        "language": "en",
        "error": None,
    }


def test_time_without_an_offset_is_printed_as_written(tmp_path: Path) -> None:
    """No offset is invented for a page that states none, and no time for one that states a day."""
    rows = []
    for stated in ("2026-11-24 14:05", "2026-11-24"):
        saved = tmp_path / "page.html"
        saved.write_text(
            f'<meta property="article:published_time" content="{stated}"><h1>A bridge</h1><p>It ended.</p>'
        )
        row = extract_row({"id": "1", "url": "https://harbour.example/a", "path": str(saved)})
        rows.append((row["published_at"], row["published_precision"]))
    assert rows == [("2026-11-24T14:05:00", "minute"), ("2026-11-24", "day")]


def test_relative_days_need_the_time_of_fetching() -> None:
    """ "Yesterday" on a saved page is read only when the item says when it was fetched."""
    item = {"id": "1", "url": "https://harbour.example/navina", "path": str(PAGES / "plain.html")}
    assert extract_row(item)["published_at"] is None
    assert extract_row({**item, "fetched_at": "2026-11-24T10:00:00+00:00"})["published_at"] == "2026-11-23T18:40:00"


def test_refused_page_is_an_error(tmp_path: Path) -> None:
    """A page that cannot be read gives kind other and a reason, not an exception."""
    (tmp_path / "nul.html").write_bytes(b"<p>a\x00b</p>")
    missing = str(tmp_path / "none.html")
    rows = [
        extract_row({"id": "1", "url": "https://harbour.example/", "path": path})
        for path in (str(tmp_path / "nul.html"), missing)
    ]
    assert [(row["kind"], row["error"]) for row in rows] == [
        ("other", "the page contains NUL bytes"),
        ("other", f"{missing}: No such file or directory"),
    ]
