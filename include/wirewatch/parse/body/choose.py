"""Blocks → the elements that hold the article.

First, frames that turn out to hold most of the page's text are no frames (a ``<div class="sidebar-grid">`` around
everything, an ``<aside>`` that was never closed). Then the elements marked as an article's text are taken, and those
of the same class beside them that no heading parts from them; else the one ``<article>`` of many; else the deepest
element that holds three quarters of what is told.
"""

from __future__ import annotations

from wirewatch.parse.body.blocks import Frame, Page
from wirewatch.parse.body.names import Level

_LEAST = 200  # characters of an element that can be the article
_LIFTED = 250  # characters of a frame that can be a mistake
# How many times the text outside of all frames a frame must hold to be a mistake.
_TIMES = {Level.DOUBTFUL: 1.5, Level.FRAME: 3.0, Level.FOREIGN: 12.0}
_ROUNDS = 6  # frames inside frames that are lifted
_MARKED_SHARE, _ARTICLE_SHARE = 0.1, 0.25  # of what the page tells, that a marked element or an <article> holds
_DOMINANT = 0.75  # share of an element's text in one of its children, so that the child is looked into
_LEAVES = frozenset(("p", "blockquote", "li", "ul", "ol", "h2"))

Weights = list[int]  # of each row: characters of telling blocks in it


def lift_frames(page: Page) -> None:
    """Takes the blocks out of frames that hold the article, and leaves each in the surest of the others."""
    lifted: set[Frame] = set()
    for _ in range(_ROUNDS):
        free, held = _shares(page, lifted)
        candidates = {frame: told / _times(frame) for frame, told in held.items() if _is_mistake(frame, told, free)}
        if not candidates:
            break
        lifted.add(max(candidates, key=lambda frame: candidates[frame]))
    surest: dict[Frame | None, Frame | None] = {None: None}
    for frame in page.frames:
        around = surest[frame.outer]
        stands = frame not in lifted and (around is None or frame.level > around.level)
        surest[frame] = frame if stands else around
    for block in page.blocks:
        block.frame = surest[block.frame]


def _shares(page: Page, lifted: set[Frame]) -> tuple[int, dict[Frame, int]]:
    """Characters outside of all frames, and inside each outermost one."""
    outermost: dict[Frame | None, Frame | None] = {None: None}
    for frame in page.frames:
        outermost[frame] = outermost[frame.outer] or (None if frame in lifted else frame)
    free = 0
    held: dict[Frame, int] = {}
    for block in page.blocks:
        around = outermost[block.frame]
        if around is None:
            free += block.weight
        else:
            held[around] = held.get(around, 0) + block.weight
    return free, held


def _is_mistake(frame: Frame, told: int, free: int) -> bool:
    return told > _LIFTED and told > _times(frame) * free


def _times(frame: Frame) -> float:
    return 1.0 if frame.marked and frame.level < Level.FOREIGN else _TIMES[frame.level]


def holders(page: Page) -> list[int]:
    """Rows of the elements that hold the article, in order; the body of the page when nothing stands out."""
    weights = _weigh(page)
    told = weights[page.body]
    marked = _heaviest(page.marked, weights, _MARKED_SHARE * told)
    if marked is not None:
        return _with_equals(marked, page, weights)
    articles = [row for row in page.outline.rows.get("article", ()) if weights[row]]
    if sum(weights[article] >= _LEAST for article in articles) > 1:
        article = _heaviest(articles, weights, _ARTICLE_SHARE * told)
        if article is not None:
            return [article]
    return [_densest(page, weights)]


def _weigh(page: Page) -> Weights:
    """Characters of telling blocks in every element above them."""
    parents, top = page.outline.parents, page.body
    weights = [0] * len(parents)
    for block in page.blocks:
        if block.weight and block.level < Level.FRAME:
            row = block.row
            while row > top:
                weights[row] += block.weight
                row = parents[row]
            weights[top] += block.weight
    return weights


def _heaviest(rows: list[int], weights: Weights, least: float) -> int | None:
    """The first that holds at least half as much as the heaviest: teasers and further articles come after it."""
    most = max((weights[row] for row in rows), default=0)
    if most < max(_LEAST, least):
        return None
    return next(row for row in rows if weights[row] >= 0.5 * most)


def _with_equals(marked: int, page: Page, weights: Weights) -> list[int]:
    """A body broken into pieces by advertisements: those of the same class in the same article, up to a heading."""
    rows = page.outline
    article = rows.above(marked, "article")
    equals = [
        other
        for other in page.marked
        if weights[other] and rows.tags[other] == rows.tags[marked] and rows.classes[other] == rows.classes[marked]
        and rows.above(other, "article") == article
    ]  # fmt: skip
    if len(equals) < 2:
        return [marked]
    runs: list[dict[int, None]] = [{}]  # ordered sets
    for block in page.blocks:
        owner = next((equal for equal in equals if equal <= block.row < rows.ends[equal]), None)
        if owner is not None:
            runs[-1][owner] = None
        elif block.is_heading and block.level < Level.FRAME:
            runs.append({})
    return list(next((run for run in runs if marked in run), {marked: None}))


def _densest(page: Page, weights: Weights) -> int:
    row = page.body
    while True:
        heaviest = max(page.outline.children(row), key=lambda child: weights[child], default=None)
        held = 0 if heaviest is None else weights[heaviest]
        if heaviest is None or not held or held < _DOMINANT * weights[row] or page.outline.tags[heaviest] in _LEAVES:
            return row
        row = heaviest
