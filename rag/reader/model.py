"""The reader's weights and what it makes of questions and passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.reader.tokens import Encoded, encode, padded

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WEIGHTS = Path(__file__).parent / "reader.onnx"
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
            self._session = InferenceSession(
                str(self._weights), options, providers=["CPUExecutionProvider"]
            )
        return self._session


def load_reader() -> Reader:
    """The reader with the weights that ship with newscite."""
    return Reader()
