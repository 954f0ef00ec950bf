"""The text of a rule → its tree, by the grammar in ``rule.lark``. Names are looked at later; see ``check``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from lark import Lark, Token
from lark.exceptions import UnexpectedToken

from wirewatch.alert.language.builder import DEEPEST, Builder, Wrong, place_of
from wirewatch.alert.language.mistakes import MISTAKES, explained
from wirewatch.alert.language.syntax import Expression
from wirewatch.alert.language.trouble import RuleTextError

LONGEST = 1_000_000
"""Code points of a rule."""

MOST = 20_000
"""Words, names, operators and parentheses of a rule: as many as are read in about a second."""


def parse(text: str) -> Expression:
    """Text of a rule → its tree. RuleTextError says what is wrong and where; a rule may have a million code points."""
    if len(text) > LONGEST:
        raise RuleTextError(text[:100], f"the rule has {len(text):,} characters; {LONGEST:,} are the most", start=0)
    if not text.strip():
        raise RuleTextError(text, "the rule is empty", start=0)
    try:
        tree: Expression = _parser().parse(text, on_error=None)  # type: ignore[assignment] # the transformer's
    except UnexpectedToken as error:
        raise explained(text, error.token, tokens=_parser().lex(text)) from None
    except Wrong as error:
        raise RuleTextError(text, error.message, start=error.at[0], end=error.at[1], hint=error.hint) from None
    return tree


class _Guard:
    """Stands between lexer and parser: keeps the tokens that are mistakes, and counts."""

    always_accept = MISTAKES

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens as they are; too many and too deep ones are refused before they are parsed."""
        depth = 0
        for number, token in enumerate(stream):
            if number == MOST:
                raise Wrong(
                    f"the rule has more than {MOST:,} words and signs", place_of(token), "make several rules of it"
                )
            depth += (token.type == "LPAR") - (token.type == "RPAR")
            if depth > DEEPEST:
                raise Wrong(f"parentheses are more than {DEEPEST} deep", place_of(token))
            yield token


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = files(__package__).joinpath("rule.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=Builder(), postlex=_Guard())
