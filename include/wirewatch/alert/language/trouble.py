"""What is wrong in the text of a rule: the place, the reason, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from wirewatch.errors import InputError

_SHOWN = 60
"""Code points that are shown on either side of the place: a rule may be one line of a megabyte."""


class RuleTextError(InputError, ValueError):
    """A rule that cannot be used. Printed as ``line 2, column 7: message``, its line, and a caret under the place.

    It is a ValueError too, so that the model of rule files takes it for a value that is wrong. Line and column count
    from 1, in code points; the place is ``text[start:end]``.
    """

    def __init__(self, text: str, message: str, *, start: int, end: int | None = None, hint: str = "") -> None:
        self.start = min(start, len(text))
        self.end = min(max(self.start, end if end is not None else start), len(text))
        self.message = message
        self.hint = hint
        self.line = text.count("\n", 0, self.start) + 1
        self.column = self.start - (text.rfind("\n", 0, self.start) + 1) + 1
        self.caret = _caret(text, self.start, self.end)
        said = f"{message}; {hint}" if hint else message
        super().__init__(f"line {self.line}, column {self.column}: {said}\n{self.caret}")

    @property
    def said(self) -> str:
        """The message and its hint, without the place."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


def _caret(text: str, start: int, end: int) -> str:
    """Two lines: the text around the place, and carets under it."""
    low = max(text.rfind("\n", 0, start) + 1, start - _SHOWN)
    line_end = text.find("\n", start)
    high = min(len(text) if line_end < 0 else line_end, max(end, start) + _SHOWN)
    last = min(end, high, start + _SHOWN)
    shown = text[low : min(high, last + _SHOWN)]
    under = "".join(char if char == "\t" else " " for char in text[low:start])
    return f"    {shown}\n    {under}{'^' * max(1, last - start)}"


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint that names the nearest of what there is; ``otherwise`` when nothing is near."""
    near = get_close_matches(name.lower(), sorted(known), n=1)
    return f"did you mean {near[0]!r}?" if near else otherwise
