"""A model that reads a question with each sentence: any sentence-transformers CrossEncoder.

>>> scorer = load_scorer("cross-encoder/ms-marco-MiniLM-L6-v2")           # doctest: +SKIP
>>> scorer.read("Who resigned?", [[span, other], [third]])                # doctest: +SKIP
[[-3.2, 4.1], [-7.0]]
"""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from index.errors import InputError
from index.schema import Span

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class SentenceScorer(Protocol):
    """Reads sentences with a question in mind."""

    def read(self, question: str, passages: Sequence[Sequence[Span]]) -> list[list[float]]:
        """For each passage's sentences the log-odds that they answer."""


class CrossEncoderScorer:
    """A sentence-transformers CrossEncoder of one output, loaded at its first use."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: CrossEncoder | None = None
        self._lock = threading.Lock()  # its tokenizer can't be borrowed twice at once

    def read(self, question: str, passages: Sequence[Sequence[Span]]) -> list[list[float]]:
        """For each passage's sentences the log-odds that they answer. Raises InputError if the model can't be
        loaded, or gives more than one figure a pair."""
        import torch

        pairs = [(question, span.text) for sentences in passages for span in sentences]
        if not pairs:
            return [[] for _ in passages]
        with self._lock:
            found = self._loaded().predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
        scores = iter(found)
        return [[float(next(scores)) for _ in sentences] for sentences in passages]

    def _loaded(self) -> "CrossEncoder":
        if self._model is None:
            from sentence_transformers import CrossEncoder

            try:
                self._model = CrossEncoder(self._name)
            except (OSError, ValueError) as error:
                first_line = str(error).strip().splitlines()[0]
                raise InputError(
                    f"the reranker {self._name!r} can't be loaded ({first_line}): give a CrossEncoder that "
                    "this machine has, or the folder of one, in NEWSCITE_RERANKER"
                ) from error
            if self._model.num_labels != 1:
                raise InputError(
                    f"the reranker {self._name!r} gives {self._model.num_labels} figures a pair: choose "
                    "one that gives a single score"
                )
        return self._model


def load_scorer(name: str) -> SentenceScorer | None:
    """The CrossEncoder of this name or in this folder; None where none is named."""
    return CrossEncoderScorer(name) if name else None
