"""A token that cannot stand where it stands → what the writer of the rule did wrong, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from lark import Token

from wirewatch.alert.language.trouble import RuleTextError, did_you_mean

MISTAKES = ("BARE_NEAR", "SMALL_OPERATOR", "BARE_COUNT", "UNKNOWN_FIELD", "UNCLOSED", "STRAY")
"""Terminals that no rule of the grammar uses."""

_JOINING = {"OR", "AND", "NEAR", "SAME_SENTENCE"}
_LISTS = {"LIST_FIELD", "CONCEPT", "CHANGE", "CONCEPT_CHANGE"}
_NAMED = {*_LISTS, "TEXT_FIELD", "LEMMA", "FIRST_MENTION", "SPIKE"}
_OPENING = {*_JOINING, *_NAMED, "NOT", "LPAR", "COMMA"}
_EXAMPLES = {
    "title:": "title:(one OR other)",
    "lead:": "lead:(one OR other)",
    "body:": "body:(one OR other)",
    "concept:": "concept:csto,nato",
    "source:": "source:belta-ru,tass",
    "country:": "country:BY,PL",
    "kind:": "kind:ministry,wire",
    "language:": "language:ru,be",
    "lemma:": "lemma:word",
    "change:": "change:withdrawn,headline",
    "added:": "added:csto,nato",
    "removed:": "removed:csto,nato",
    "first-mention:": "first-mention:csto in 30d",
    "spike:": "spike:csto > 3x, or spike:csto > 3x in 28d",
}
"""What may stand behind a field; its keys are all the fields there are."""

_FIELDS = tuple(name[:-1] for name in _EXAMPLES)


def explained(text: str, token: Token, *, tokens: Iterable[Token]) -> RuleTextError:
    """The token that was not expected, and all tokens of the rule → the error to raise."""
    before: list[Token] = []
    for other in tokens:
        if token.type == "$END" or (other.start_pos or 0) < (token.start_pos or 0):
            before.append(other)
        else:
            break
    if token.type == "$END":
        return _ends_early(text, before)
    message, hint = _what(token, before)
    return RuleTextError(text, message, start=token.start_pos or 0, end=token.end_pos, hint=hint)


def _what(token: Token, before: list[Token]) -> tuple[str, str]:
    """Message and hint."""
    last = before[-1] if before else None
    field = _open_list(before)
    if token.type in MISTAKES:
        return _mistake(token)
    if token.type == "RPAR":
        return _closing(before)
    if field is not None:
        return f"{field} cannot be followed by this", f"write {_EXAMPLES[field]}"
    if last is not None and last.type == "TEXT_FIELD" and token.type == "NOT":
        return "NOT needs parentheses here", f"write {last}(… NOT …), or NOT {last}…"
    if token.type == "NOT" and last is not None:
        if last.type == "NOT":
            return "NOT NOT says nothing", "leave both out"
        return f"{last} needs something that stands in the text", "what is absent has no place"
    if token.type in _JOINING:
        what = f"between {last} and {token}" if last is not None else f"before {token}"
        return f"something is missing {what}", ""
    return _unexpected(token, last)


def _unexpected(token: Token, last: Token | None) -> tuple[str, str]:
    if last is not None and last in _EXAMPLES:
        return f"{last} cannot be followed by this", f"write {_EXAMPLES[last]}"
    if token.type == "COMMA":
        return "a comma stands between the values of a list only", "write OR or AND"
    if token.type in ("FACTOR", "WINDOW"):
        return f"{token} says nothing here", f"write {_EXAMPLES['spike:']}"
    return f"{token!s:.60} cannot stand here", ""


def _mistake(token: Token) -> tuple[str, str]:
    match token.type:
        case "BARE_NEAR":
            return "NEAR needs a number of words", "write NEAR/8"
        case "SMALL_OPERATOR":
            return f"{token} is no operator", f'write {token.upper()}, or "{token}" for the word'
        case "BARE_COUNT":
            return f"{token.strip()} is compared with a whole number", f"write {token.strip()} >= 2"
        case "UNKNOWN_FIELD":
            name = token[:-1]
            hint = did_you_mean(name, _FIELDS, otherwise=f"there are {', '.join(_FIELDS)}")
            return f"{name!s:.60} is not a field", hint
        case "UNCLOSED":
            return "this quote is not closed on its line", ""
    return _stray(token)


def _stray(token: Token) -> tuple[str, str]:
    hints = {
        "*": "it stands at the end of a word of at least one letter: учени*",
        "~": 'it stands at the end of a word: учение~; words that are near one another are written "a" NEAR/5 "b"',
        "#": "a remark stands above the rule's key, after a # in the file",
        "-": "write NOT",
        "!": "write NOT",
        "+": "every part is needed unless OR stands between",
        "&": "write AND",
        "|": "write OR",
        "=": "it stands right before a word, for letters exactly as written: =МО",
    }
    return f"{token} cannot stand here", hints.get(str(token), 'put it in quotes: "…"')


def _closing(before: list[Token]) -> tuple[str, str]:
    depth = sum((token.type == "LPAR") - (token.type == "RPAR") for token in before)
    if depth <= 0:
        return "no parenthesis is open here", "leave it out"
    if before[-1].type == "LPAR":
        return "the parentheses are empty", "write what is asked for between them"
    return f"something is missing after {before[-1]}", ""


def _open_list(before: list[Token]) -> Token | None:
    """The field of a list in parentheses that is not closed yet."""
    place = len(before) - 1
    while place >= 0 and before[place].type in ("WORD", "COMMA", "OR"):
        place -= 1
    if place >= 1 and before[place].type == "LPAR" and before[place - 1].type in _LISTS:
        return before[place - 1]
    return None


def _ends_early(text: str, before: list[Token]) -> RuleTextError:
    """The text is over, and the rule is not."""
    last = before[-1]
    if last in _EXAMPLES:
        hint = f"write {_EXAMPLES[last]}"
        return RuleTextError(
            text, f"something is missing after {last}", start=_start(last), end=last.end_pos, hint=hint
        )
    if last.type in _OPENING and last.type != "LPAR":
        return RuleTextError(text, f"something is missing after {last}", start=_start(last), end=last.end_pos)
    opened: list[Token] = []
    for token in before:
        if token.type == "LPAR":
            opened.append(token)
        elif token.type == "RPAR" and opened:
            opened.pop()
    if opened:
        return RuleTextError(text, "this parenthesis is not closed", start=_start(opened[-1]), end=opened[-1].end_pos)
    return _unfinished(text, before)


def _unfinished(text: str, before: list[Token]) -> RuleTextError:
    """A number or a time is missing behind the name."""
    named = next(token for token in reversed(before) if token in _EXAMPLES)
    hint = f"write {_EXAMPLES[named]}"
    return RuleTextError(text, f"{named} is not finished", start=_start(named), end=before[-1].end_pos, hint=hint)


def _start(token: Token) -> int:
    return token.start_pos or 0
