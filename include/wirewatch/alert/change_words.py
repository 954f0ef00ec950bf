"""A change of an article → the words in which a mail, a terminal and a page tell of it. Pure; texts stay strangers'."""

from __future__ import annotations

from wirewatch.model import Absence, ArticleChange, ChangeKind

ABSENCE_WORDS = {
    Absence.GONE: "its address answers that there is no such page (404 or 410)",
    Absence.SOFT_404: 'its address shows a page that says "not found"',
    Absence.HOME: "its address leads to the site's front page",
    Absence.EMPTIED: "its page is there without its text",
    Absence.DENIED: "its address is refused, its neighbours' are not",
}


def in_words(change: ArticleChange, *, concept: str | None = None, listing: bool = False) -> str:
    """One line: "CSTO removed from paragraph 3", "number changed from 12 to 2 in paragraph 1".

    ``concept`` is the concept's label; ``listing`` says that the listing showed it, not the page.
    """
    name = concept or change.concept or ""
    place = f"paragraph {change.paragraph}" if change.paragraph else "the headline"
    match change.kind:
        case ChangeKind.WITHDRAWN:
            return f"withdrawn: {ABSENCE_WORDS[change.absence]}" if change.absence else "withdrawn"
        case ChangeKind.RESTORED:
            return "there again after it was withdrawn"
        case ChangeKind.HEADLINE:
            where = " on the listing" if listing else ""
            return f"headline changed{where} from “{change.before}” to “{change.after}”"
        case ChangeKind.NUMBER:
            return f"number changed from {change.before} to {change.after} in {place}"
        case ChangeKind.CONCEPT_REMOVED:
            return f"{name} removed from {place}"
        case ChangeKind.CONCEPT_ADDED:
            return f"{name} added in {place}"
        case ChangeKind.EDITED:
            if change.before is None:
                return f"{place} added"
            return f"{place} {'dropped' if change.after is None else 'rewritten'}"


def in_short(change: ArticleChange, *, concept: str | None = None) -> str:
    """The few words that fit before a headline in a subject."""
    name = concept or change.concept or ""
    match change.kind:
        case ChangeKind.WITHDRAWN:
            return "withdrawn"
        case ChangeKind.RESTORED:
            return "there again"
        case ChangeKind.HEADLINE:
            return "new headline"
        case ChangeKind.NUMBER:
            return f"{change.before} → {change.after}"
        case ChangeKind.CONCEPT_REMOVED:
            return f"{name} removed"
        case ChangeKind.CONCEPT_ADDED:
            return f"{name} added"
        case ChangeKind.EDITED:
            return "edited"
