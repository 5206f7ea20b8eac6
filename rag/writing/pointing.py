"""Sentences that a chat model writes with the numbers of what supports them: "It rained [1]. It snowed [2]."

A group of numbers belongs to the sentence it ends, whether it stands before or after the full stop, and to
the whole of a sentence that goes on after it.
"""

import re
from collections.abc import Iterator

_GROUP = r"\[\s*\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*\]"
_MARKERS = re.compile(rf"\s*((?:{_GROUP}\s*)+)")
# After a group: the sentence is over, for another begins, and not in small letters.
_OVER = re.compile(
    rf"{_GROUP}[\s.!?…؟۔。]*[\"”’»)]*(?:\s+|\s*\n)(?=[^\s\[.,;:!?…)\]a-zß-öø-ÿ-])|{_GROUP}[^\n\[]{{0,3}}\n(?=\s*[^\s\[])"
)
_GOES_ON = re.compile(r"\s*[,;:]?\s*[a-zß-öø-ÿ]")
_THOUGHT = re.compile(r"\s*<think>.*?(?:</think>\s*|\Z)", re.DOTALL | re.IGNORECASE)
_THINK = "<think>"

Pointed = tuple[str, list[int]]


class PointedReader:
    """Takes a text in pieces and gives each sentence as soon as it and its numbers are complete."""

    def __init__(self) -> None:
        self._waiting = ""
        self._began = False

    def feed(self, piece: str) -> Iterator[Pointed]:
        """The sentences that `piece` completes."""
        self._waiting += piece
        if not self._began and not self._begins():
            return
        while over := _OVER.search(self._waiting):
            settled, self._waiting = self._waiting[: over.end()], self._waiting[over.end() :]
            yield from pointed(settled)

    def finish(self) -> Iterator[Pointed]:
        """The sentences left when the text is at its end."""
        if not self._began:
            self._waiting = _THOUGHT.sub("", self._waiting, count=1)
        rest, self._waiting = self._waiting, ""
        yield from pointed(rest)

    def _begins(self) -> bool:
        """True once it is clear that the answer has begun: what a model thinks before it is no part of it."""
        start = self._waiting.lstrip().lower()
        if start.startswith(_THINK):
            if "</think>" not in start:
                return False
            self._waiting = _THOUGHT.sub("", self._waiting, count=1)
        elif _THINK.startswith(start):
            return False
        self._began = True
        return True


def pointed(written: str) -> list[Pointed]:
    """Each sentence of a text with the numbers that stand in it or right after it.

    >>> pointed("It rained [1]. It snowed [2, 3].")
    [('It rained', [1]), ('It snowed', [2, 3])]
    """
    found: list[Pointed] = []
    parts = _MARKERS.split(written)
    text, numbers = "", list[int]()
    for part, markers in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if text and _GOES_ON.match(part):
            text = text + part if part.lstrip()[:1] in ",;:" else f"{text} {part.strip()}"
        else:
            _add(found, text, numbers)
            text, numbers = part, []
        numbers = [*numbers, *map(int, re.findall(r"\d+", markers))]
    _add(found, text, numbers)
    return found


def _add(found: list[Pointed], text: str, numbers: list[int]) -> None:
    """Add the sentences of `text`, of which the numbers end the last one; without any, they are of the one
    before."""
    import sentencex

    sentences = [piece.strip(" \t\r\n-*•") for piece in sentencex.segment("en", text)]
    sentences = [piece for piece in sentences if any(character.isalnum() for character in piece)]
    found.extend((sentence, []) for sentence in sentences[:-1])
    if sentences:
        found.append((sentences[-1].rstrip(" ,;") if numbers else sentences[-1], numbers))
    elif found and numbers:
        found[-1][1].extend(numbers)
