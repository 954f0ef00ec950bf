"""Blocks and the rows of the elements that hold the article → its text: lead, paragraphs, quotes and lists only."""

from __future__ import annotations

from wirewatch.parse.body import phrases
from wirewatch.parse.body.blocks import Block, read_blocks
from wirewatch.parse.body.choose import holders, lift_frames
from wirewatch.parse.body.names import Level, names_lead
from wirewatch.parse.outline import NONE, Outline
from wirewatch.parse.page_tree import Tree

_ITEMS = frozenset(("li", "td", "th", "dd", "dt"))  # may be short, wherever they stand
_LABEL = 40  # characters: shorter lines before and after the text that are no sentence are labels
_DATELINE = 80  # the same for a line with a date or a time
_LEADS = 3  # paragraphs under the headline that are taken from outside the text
_KEY, _KEY_LEAST = 40, 30  # letters by which a paragraph is known as the page's description
_REPEATED = 80  # characters of a paragraph that is told once: pull quotes, copies for small screens
_INVITING = 4  # paragraphs at the end among which invitations to follow are looked for
_SENTENCE_ENDS = '.!?…"”»)'


def own_body(tree: Tree) -> str:
    """Paragraphs of the article, one a line; '' when the page tells nothing. The tree stays as it is."""
    outline = tree.outline
    page = read_blocks(outline, marks="articleBody" in tree.text)
    lift_frames(page)
    chosen = holders(page)
    spans = [(row, outline.ends[row]) for row in chosen]
    inside = [any(begin <= block.row < end for begin, end in spans) for block in page.blocks]
    first = inside.index(True) if True in inside else len(inside)
    tags = outline.tags
    texts = _paragraphs([block for block, held in zip(page.blocks, inside, strict=True) if held], tags)
    texts = _trimmed(texts, tags)
    leads = _leads(page.blocks[:first], chosen[0], outline, known={block.text for block in texts})
    return "\n".join(phrases.MORE.sub("", block.text) for block in leads + texts)


def _paragraphs(blocks: list[Block], tags: list[str]) -> list[Block]:
    """Blocks of the holders that are text of the article."""
    kept: list[Block] = []
    seen: set[str] = set()
    begun = False
    for block in blocks:
        if tags[block.row] == "h1" and not begun:
            kept = []  # labels above a headline inside the text, and the headline
        elif block.is_heading and begun and phrases.COMMENTS.match(block.text):
            break
        elif _is_text(block) and block.text not in seen:
            kept.append(block)
            begun = begun or block.weight > 0
            if len(block.text) > _REPEATED:
                seen.add(block.text)
    return kept


def _is_text(block: Block) -> bool:
    text, size = block.text, len(block.text)
    if block.level >= Level.FRAME or (block.level and not block.weight):
        return False
    if block.linked > 0.8 * size or (block.linked > 0.5 * size and size < 80):
        return False
    if phrases.SERVICE.match(text) or (size < _LABEL and phrases.ADVERTISEMENT.match(text)):
        return False
    if (block.linked or size < 60) and size < 250 and phrases.READ_ALSO.match(text):
        return False
    return not (size < 120 and phrases.PICTURE.match(text))


def _trimmed(blocks: list[Block], tags: list[str]) -> list[Block]:
    """Without labels and datelines before the text, and without labels, signatures and invitations after it."""
    while blocks and _is_loose_end(blocks[-1], tags):
        blocks.pop()
    last = len(blocks) - _INVITING
    blocks = [block for number, block in enumerate(blocks) if number < max(1, last) or not _is_invitation(block)]
    begin = next((number for number, block in enumerate(blocks) if not _is_loose_start(block, tags)), len(blocks))
    return blocks[begin:]


def _is_loose_end(block: Block, tags: list[str]) -> bool:
    if block.is_heading or (len(block.text) < 400 and phrases.DESK.match(block.text)):
        return True
    short = not block.weight and len(block.text) < _LABEL and tags[block.row] not in _ITEMS
    return short and block.text[-1] not in _SENTENCE_ENDS


def _is_invitation(block: Block) -> bool:
    return bool(block.linked and len(block.text) < 250 and phrases.INVITATION.search(block.text))


def _is_loose_start(block: Block, tags: list[str]) -> bool:
    if block.weight or block.is_heading or tags[block.row] in _ITEMS:
        return False
    if len(block.text) < _LABEL:
        return not block.text.endswith(":")
    return len(block.text) < _DATELINE and bool(phrases.CLOCK.search(block.text))


def _leads(before: list[Block], holder: int, outline: Outline, *, known: set[str]) -> list[Block]:
    """Paragraphs between headline and text that their name or the page's description calls the lead."""
    headed = False
    leads: dict[str, Block] = {}
    descriptions: set[str] | None = None
    article = outline.above(holder, "article")
    for block in before:
        if outline.tags[block.row] == "h1":
            headed, leads = True, {}
        elif _can_lead(block) and block.text not in known:
            if not headed and (article == NONE or outline.above(block.row, "article") != article):
                continue
            if not _is_named_lead(block.row, outline):
                descriptions = _descriptions(outline) if descriptions is None else descriptions
                if not descriptions or _key(block.text) not in descriptions:
                    continue
            leads[block.text] = block
    return list(leads.values())[-_LEADS:]


def _can_lead(block: Block) -> bool:
    size = len(block.text)
    if size < _LABEL or block.linked >= 0.4 * size or block.level >= Level.FRAME:
        return False
    return size >= 120 or not phrases.CLOCK.search(block.text)


def _is_named_lead(row: int, outline: Outline) -> bool:
    for _ in range(3):
        if row == NONE:
            return False
        if names_lead(outline.classes[row] or "") or outline.elements[row].get("itemprop") == "description":
            return True
        row = outline.parents[row]
    return False


def _descriptions(outline: Outline) -> set[str]:
    found = set()
    for meta in map(outline.elements.__getitem__, outline.rows.get("meta", ())):
        if (meta.get("property") or meta.get("name") or "").lower() in (
            "og:description",
            "description",
            "twitter:description",
        ):
            key = _key(meta.get("content") or "")
            if len(key) >= _KEY_LEAST:
                found.add(key)
    return found


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text[: 4 * _KEY].casefold()))[:_KEY]
