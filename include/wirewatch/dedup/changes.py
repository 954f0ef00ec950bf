"""Two versions of an article → what changed, each thing by its name; see ``model.ChangeKind``.

The rules:

- ``headline``: other words in the headline; not case, quotes, dashes, spaces.
- ``number``: all that differs in a sentence are numbers, and the words that follow from them (12 человек, 2 человека).
  One row a number, also beside ``headline`` when it stands there. Such a sentence is not ``edited`` too.
- ``edited``: other words in the text, one row a passage: from the first differing word of a sentence to the last, or a
  whole paragraph that was added or dropped. A passage that moved, and paragraphs cut otherwise, are no edit.
- ``concept-added``: the article did not mention it before. ``concept-removed``: it is mentioned nowhere any more (one
  row), or no more in a paragraph, or the headline, that was itself rewritten or dropped (one row each). A mention is
  gained or lost only with words: what reads otherwise in words that stand as they stood is no change of the article.
  ``paragraph`` is the one where it stood; None when that was the headline, or several places.
- Page furniture (``furniture``) is taken out of both versions first, the mentions in it too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wirewatch.dedup.furniture import furniture_of, is_furniture
from wirewatch.dedup.numbers_changed import number_pairs
from wirewatch.dedup.paragraphs import Paragraph, paragraphs
from wirewatch.dedup.passages import Passage, Span, covers, moved_spans, passages
from wirewatch.dedup.sentence_places import sentence_bounds, shown
from wirewatch.dedup.tokens import keys
from wirewatch.dedup.word_diff import Block, Fate, TextDiff, word_diff
from wirewatch.model import ArticleChange, ChangeKind, Mention

MOST_PASSAGES = 60
"""Rows "edited" of one comparison; what lies behind them is one more row."""
MOST_PARAGRAPHS = 20
"""Rewritten paragraphs that are looked at for one concept that stays in the article; a longer tale tells no more."""
LONGEST_WORDS = 2_000
"""Code points of ``before`` and ``after``; longer ones end in an ellipsis."""


@dataclass(frozen=True)
class Version:
    """A version of an article; mentions count code points of title and body."""

    title: str
    body: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What changed; ``furniture``: the versions differ, and in nothing that an article says (``changes`` is empty)."""

    changes: tuple[ArticleChange, ...]
    furniture: bool


def compare_versions(old: Version, new: Version, *, template: Collection[str] = frozenset()) -> Comparison:
    """What changed from one version to the next.

    ``template``: paragraphs, folded by ``furniture.fold_paragraph``, that stand in other articles of the source too:
    they are no part of an article's text.
    """
    if (old.title, old.body) == (new.title, new.body):
        return Comparison((), furniture=False)
    was, now = _Reading(old, template), _Reading(new, template)
    pair = _Pair(was, now, word_diff(was.text, now.text), word_diff(was.title, now.title))
    changes = (*_headline(pair), *_texts(pair, template), *_concepts(pair))
    return Comparison(changes, furniture=not changes)


class _Reading:
    """A version without its furniture; places in ``text`` are places in the body."""

    def __init__(self, version: Version, template: Collection[str]) -> None:
        self.title = " ".join(version.title.split("\n"))
        self.body = version.body
        self.mentions = version.mentions
        self.paragraphs: list[Paragraph] = paragraphs(version.body)
        told = furniture_of([each.text for each in self.paragraphs], template=template)
        self.furniture = [
            (each.start, each.end) for each, no_text in zip(self.paragraphs, told, strict=True) if no_text
        ]

    @cached_property
    def text(self) -> str:
        """The body with blanks for what is furniture."""
        pieces, place = [], 0
        for start, end in self.furniture:
            pieces += [self.body[place:start], " " * (end - start)]
            place = end
        return "".join((*pieces, self.body[place:]))

    def number(self, place: int) -> int | None:
        """The paragraph that a place of the body is in."""
        return bisect_right(self._starts, place) or None

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.paragraphs]

    def of(self, concept: str) -> list[Mention]:
        """Where it is mentioned, the headline first, furniture left out."""
        found = self._by_concept.get(concept, [])
        return sorted(found, key=lambda mention: (mention.field == "body", mention.start))

    @cached_property
    def _by_concept(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.field == "title" or not covers(self.furniture, mention.start):
                found[mention.concept].append(mention)
        return found

    @property
    def concepts(self) -> list[str]:
        """All that are mentioned."""
        return sorted(self._by_concept)

    def sentence(self, mention: Mention) -> str:
        """What a mention stands in."""
        if mention.field == "title":
            return shown(self.title)
        number = self.number(mention.start)
        if number is None:
            return ""
        line = self.paragraphs[number - 1]
        bounds = sentence_bounds(self.body, line.start, line.end)
        return shown(next((self.body[a:b] for a, b in bounds if a <= mention.start < b), line.text))


@dataclass(frozen=True)
class _Pair:
    was: _Reading
    now: _Reading
    diff: TextDiff  # of the bodies
    titles: TextDiff

    def became(self, place: int) -> Span:
        """What stands in the new text for the paragraph of a place in the old one; empty when it was dropped."""
        at = bisect_right(self._old_starts, place) - 1
        return _span(self._old_blocks[at], "new")

    @cached_property
    def _old_blocks(self) -> list[Block]:
        return sorted((block for block in self.diff.blocks if block.old), key=lambda block: block.old_start)

    @cached_property
    def _old_starts(self) -> list[int]:
        return [block.old_start for block in self._old_blocks]


def _headline(pair: _Pair) -> Iterator[ArticleChange]:
    if keys(pair.was.title) == keys(pair.now.title):
        return
    yield ArticleChange(ChangeKind.HEADLINE, pair.was.title, pair.now.title, passage=pair.now.title)
    for passage in passages(pair.titles):
        for before, after in number_pairs(pair.was.title, pair.now.title, passage) or ():
            yield ArticleChange(ChangeKind.NUMBER, before, after, passage=pair.now.title)


def _texts(pair: _Pair, template: Collection[str]) -> list[ArticleChange]:
    changes: list[ArticleChange] = []
    left: list[Passage] = []
    for passage in passages(pair.diff):
        if _is_furniture(pair, passage, template):
            continue
        pairs = number_pairs(pair.diff.old, pair.diff.new, passage)
        if pairs is not None:
            changes += [_number(pair, passage, before, after) for before, after in pairs]
        elif sum(change.kind is ChangeKind.EDITED for change in changes) < MOST_PASSAGES:
            changes.append(_edited(pair, passage))
        else:
            left.append(passage)
    return [*changes, *_rest(pair, left)]


def _is_furniture(pair: _Pair, passage: Passage, template: Collection[str]) -> bool:
    """Whether both sides' sentences, as far as there are any, are furniture."""
    old, new = pair.diff.old[slice(*passage.old_sentence)], pair.diff.new[slice(*passage.new_sentence)]
    told = [text for text in (old, new) if keys(text)]
    return bool(told) and all(is_furniture(text, template=template) for text in told)


def _number(pair: _Pair, passage: Passage, before: str, after: str) -> ArticleChange:
    return ArticleChange(
        ChangeKind.NUMBER,
        before,
        after,
        paragraph=pair.now.number(passage.new[0]),
        passage=shown(pair.diff.new[slice(*passage.new_sentence)]),
    )


def _edited(pair: _Pair, passage: Passage) -> ArticleChange:
    before = _words(pair.diff.old, passage.old, passage.old_sentence)
    after = _words(pair.diff.new, passage.new, passage.new_sentence)
    text, sentence = (
        (pair.diff.new, passage.new_sentence) if after is not None else (pair.diff.old, passage.old_sentence)
    )
    paragraph = pair.now.number(passage.new[0]) if after is not None else pair.was.number(passage.old[0])
    around = shown(text[slice(*sentence)])
    return ArticleChange(ChangeKind.EDITED, before, after, paragraph=paragraph, passage=around)


def _words(text: str, span: Span, sentence: Span) -> str | None:
    """What stands there, a whole sentence with its full stop; None where no word does."""
    words, around = text[slice(*span)], text[slice(*sentence)]
    if not keys(words):
        return None
    return shown(around if len(keys(around)) == len(keys(words)) else words, limit=LONGEST_WORDS)


def _rest(pair: _Pair, left: Sequence[Passage]) -> Iterator[ArticleChange]:
    """One row for all passages above the cap."""
    if left:
        before = "\n".join(pair.diff.old[slice(*each.old)] for each in left)
        after = "\n".join(pair.diff.new[slice(*each.new)] for each in left)
        yield ArticleChange(
            ChangeKind.EDITED,
            shown(before, limit=LONGEST_WORDS) or None,
            shown(after, limit=LONGEST_WORDS) or None,
            paragraph=pair.now.number(left[0].new[0]),
            passage=shown(after or before),
        )


def _concepts(pair: _Pair) -> Iterator[ArticleChange]:
    old_moved, new_moved = moved_spans(pair.diff)
    title = keys(pair.was.title) != keys(pair.now.title)
    lost = _Touched(pair.diff.blocks, "old", old_moved, title)
    gained = _Touched(pair.diff.blocks, "new", new_moved, title)
    for concept in pair.now.concepts:
        if not pair.was.of(concept):
            yield from _whole(ChangeKind.CONCEPT_ADDED, pair.now, gained.of(pair.now.of(concept)))
    for concept in pair.was.concepts:
        touched = lost.of(pair.was.of(concept))
        if not pair.now.of(concept):
            yield from _whole(ChangeKind.CONCEPT_REMOVED, pair.was, touched)
        else:
            yield from _partly(pair, touched, pair.now.of(concept))


class _Touched:
    """Which mentions of one side stand where words changed."""

    def __init__(self, blocks: Iterable[Block], side: str, moved: Sequence[Span], title: bool) -> None:
        self.title = title
        self.moved = moved
        changed = (block for block in blocks if block.fate not in (Fate.SAME, Fate.MOVED))
        self.spans = sorted(span for span in (_span(block, side) for block in changed) if span[1] > span[0])

    def of(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Those of them, in order."""
        return [each for each in mentions if self._holds(each)]

    def _holds(self, mention: Mention) -> bool:
        if mention.field == "title":
            return self.title
        return covers(self.spans, mention.start) and not covers(self.moved, mention.start)


def _span(block: Block, side: str) -> Span:
    """What a block takes up of one side's text."""
    if side == "old":
        return block.old_start, block.old_start + sum(len(part.before) for part in block.parts)
    return block.new_start, block.new_start + sum(len(part.after) for part in block.parts)


def _whole(kind: ChangeKind, side: _Reading, mentions: Sequence[Mention]) -> Iterator[ArticleChange]:
    """A concept that the other version does not have at all."""
    if mentions:
        places = {side.number(each.start) if each.field == "body" else None for each in mentions}
        first = next((each for each in mentions if each.field == "body"), mentions[0])
        yield _row(kind, side, first, places.pop() if len(places) == 1 else None)


def _row(kind: ChangeKind, side: _Reading, mention: Mention, paragraph: int | None) -> ArticleChange:
    removed = kind is ChangeKind.CONCEPT_REMOVED
    return ArticleChange(
        kind,
        before=mention.surface if removed else None,
        after=None if removed else mention.surface,
        concept=mention.concept,
        paragraph=paragraph,
        passage=side.sentence(mention),
    )


def _partly(pair: _Pair, touched: Sequence[Mention], now: Sequence[Mention]) -> Iterator[ArticleChange]:
    """A concept that is mentioned no more in some paragraphs, or in the headline, while it is in others."""
    if any(each.field == "title" for each in touched) and not any(each.field == "title" for each in now):
        yield _row(ChangeKind.CONCEPT_REMOVED, pair.was, touched[0], None)
    places = sorted(each.start for each in now if each.field == "body")
    told: set[int | None] = set()
    for mention in touched:
        paragraph = pair.was.number(mention.start)
        if mention.field == "title" or paragraph in told or len(told) == MOST_PARAGRAPHS:
            continue
        told.add(paragraph)
        start, end = pair.became(mention.start)
        if bisect_left(places, start) == bisect_left(places, end):
            yield _row(ChangeKind.CONCEPT_REMOVED, pair.was, mention, paragraph)
