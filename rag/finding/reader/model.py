"""The reader's weights and what it makes of questions and passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.finding.reader.tokens import Encoded, encode, padded

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = Path(__file__).parent / "reader.onnx"
_LONGEST_SPAN = 20  # tokens
_BATCH = 4  # passages at once: what they hold in between then stays in the processor's cache

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one passage: three figures for each token, of shape (tokens, 3)."""

    encoded: Encoded
    figures: Floats

    def evidence(self, sentences: Sequence[tuple[int, int]]) -> list[float]:
        """How likely each sentence answers, as log-odds against nothing doing so. `sentences` are offsets in
        the passage's text; one that the reader did not get to has -inf."""
        of = self.encoded.sentence_of(sentences)
        return [
            float(self.figures[of == number, 0].mean()) if (of == number).any() else float("-inf")
            for number in range(len(sentences))
        ]

    def likelihood(self, start: int, end: int) -> float:
        """The log-probability that the answer is `text[start:end]` of the passage, among all of its spans;
        -inf if the reader did not get to it."""
        starts, ends = self.encoded.starts, self.encoded.ends
        first = np.flatnonzero((starts <= start) & (start < ends))
        last = np.flatnonzero((starts < end) & (end <= ends))
        if not len(first) or not len(last):
            return float("-inf")
        opening, closing = self._log_probabilities
        return float(opening[first[0]] + closing[last[0]])

    def best_span(self, start: int, end: int) -> tuple[int, int, float]:
        """The likeliest span of at most `_LONGEST_SPAN` tokens within `text[start:end]` of the passage, as
        offsets, and its log-probability; (start, start, -inf) if the reader did not get there."""
        opening, closing = self._log_probabilities
        inside = np.flatnonzero((self.encoded.starts >= start) & (self.encoded.ends <= end))
        best = (start, start, float("-inf"))
        for first in inside:
            for last in inside[(inside >= first) & (inside < first + _LONGEST_SPAN)]:
                value = float(opening[first] + closing[last])
                if value > best[2]:
                    best = (int(self.encoded.starts[first]), int(self.encoded.ends[last]), value)
        return best

    @cached_property
    def _log_probabilities(self) -> tuple[Floats, Floats]:
        """Of each token, that the answer opens with it and that it ends with it; -inf outside the passage."""
        inside = self.encoded.starts >= 0
        columns = []
        for column in (1, 2):
            figures = np.where(inside, self.figures[:, column], -np.inf)
            top = figures.max(initial=-np.inf)
            columns.append(figures - top - np.log(np.exp(figures - top).sum()))
        return columns[0].astype(np.float32), columns[1].astype(np.float32)


class Reader:
    """The model, loaded at its first use and safe to call from several threads."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._session: InferenceSession | None = None

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        """What it makes of each passage, given as its article's title and its text."""
        seen = [encode(question, title, text) for title, text in passages]
        order = sorted(range(len(seen)), key=lambda place: len(seen[place].ids))
        readings: dict[int, Reading] = {}
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            ids, segments, mask = padded([seen[place] for place in places])
            (figures,) = self._ready().run(None, {"ids": ids, "segments": segments, "mask": mask})
            for row, place in enumerate(places):
                readings[place] = Reading(seen[place], figures[row, : len(seen[place].ids)])
        return [readings[place] for place in range(len(seen))]

    def _ready(self) -> "InferenceSession":
        if self._session is None:
            from onnxruntime import InferenceSession, SessionOptions

            options = SessionOptions()
            options.log_severity_level = 3
            self._session = InferenceSession(str(self._weights), options, providers=["CPUExecutionProvider"])
        return self._session
