"""Article files → pieces. One Markdown file with a YAML head is one article of one publisher.

The head says what the article is and what becomes of it on day two; the paragraphs follow, separated by empty lines.
A copy has no text of its own: it names its origin in ``copy_of``, so that a reprint can't drift from what it reprints.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, model_validator

from wirewatch.specfile import Spec

ARTICLES = Path(__file__).parent / "articles"
_HEAD = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class DayTwo(Spec):
    """What becomes of a day-one article on day two."""

    state: Literal["edited", "retitled", "withdrawn", "moved"]
    time: Clock | None = None  # of the change, in the publisher's zone; edited and retitled only
    title: str | None = None  # the new headline
    paragraphs: dict[int, str] = Field(default_factory=dict)  # number of a paragraph, from 1 → its new text
    concepts: tuple[str, ...] | None = None  # what the new text mentions; None: as before
    section: str | None = None  # moved: the section under which the article now stands

    @model_validator(mode="after")
    def _says_what_changes(self) -> DayTwo:
        needed = {"edited": (self.paragraphs, self.time), "retitled": (self.title, self.time), "moved": (self.section,)}
        if not all(needed.get(self.state, ())):
            raise ValueError(f"{self.state}: the change itself is missing")
        return self


class Piece(Spec):
    """One article as its file has it; a copy carries its origin's text and concepts."""

    publisher: str
    stem: str  # name of the file, such as "03-suvalskyi-korydor"
    title: str
    language: Literal["ru", "be", "uk", "pl", "en"]
    day: Literal[1, 2]  # the day on which it appears
    time: Clock  # of publication, in the publisher's zone
    section: str
    author: str
    concepts: tuple[str, ...]  # ids that title and text mention, by the rules of the concept files
    paragraphs: tuple[str, ...]
    copy_of: str | None = None  # key of the origin
    aliases: tuple[str, ...] = ()  # put behind the address, give further addresses that the site itself names
    fault: Literal["truncated", "forbidden"] | None = None  # how the server fails to serve it
    on_day_two: DayTwo | None = None

    @property
    def key(self) -> str:
        """Publisher and stem: "zastava/01-zapad-2025-itogi"."""
        return f"{self.publisher}/{self.stem}"

    @property
    def number(self) -> int:
        """The number at the start of the file's name."""
        return int(self.stem[:2])

    @property
    def slug(self) -> str:
        """The file's name without its number."""
        return self.stem[3:]


def load_pieces(folder: Path = ARTICLES) -> dict[str, Piece]:
    """All articles by key, in order of the files; ValueError names a file that can't be used."""
    heads = {f"{path.parent.name}/{path.stem}": _read(path) for path in sorted(folder.glob("*/*.md"))}
    return {key: Piece.model_validate(_with_origin(key, head, heads)) for key, head in heads.items()}


def _read(path: Path) -> dict[str, object]:
    found = _HEAD.match(path.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{path}: needs a head between two lines of ---")
    head = yaml.safe_load(found[1])
    paragraphs = tuple(" ".join(part.split()) for part in found[2].split("\n\n") if part.strip())
    if bool(paragraphs) == ("copy_of" in head):
        raise ValueError(f"{path}: needs either paragraphs or copy_of")
    return {**head, "publisher": path.parent.name, "stem": path.stem, "paragraphs": paragraphs}


def _with_origin(key: str, head: dict[str, object], heads: dict[str, dict[str, object]]) -> dict[str, object]:
    origin = head.get("copy_of")
    if origin is None:
        return head
    if origin not in heads or "copy_of" in heads[str(origin)]:
        raise ValueError(f"{key}: copy_of must name an article with a text of its own, not {origin!r}")
    source = heads[str(origin)]
    taken = {name: source[name] for name in ("title", "author", "concepts", "paragraphs")}
    return {**taken, **{name: value for name, value in head.items() if name != "paragraphs"}}
