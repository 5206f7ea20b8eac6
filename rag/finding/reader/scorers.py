"""What scores sentences beyond words and vectors: the reader, or any sentence-transformers CrossEncoder.

>>> scorer = load_scorer("")                                # doctest: +SKIP
>>> scorer.read("Who resigned?", [(passage, spans)])[0].evidence   # log-odds, one a sentence
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from index.errors import InputError
from index.schema import Passage, Span
from rag.finding.reader.model import Reader, Reading

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_Cut = tuple[Passage, Sequence[Span]]
NONE = "none"  # the setting that leaves scoring to words and vectors


@dataclass(frozen=True)
class PassageRead:
    """What a scorer makes of a passage: for each of its sentences log-odds that it answers, and what the
    reader says of its words, if it was the reader."""

    evidence: tuple[float, ...]
    reading: Reading | None = None


class SentenceScorer(Protocol):
    """Reads sentences with a question in mind."""

    languages: frozenset[str]
    """The ISO 639-1 codes it was trained for; empty means any."""

    def read(self, question: str, passages: Sequence[_Cut]) -> list[PassageRead]:
        """What it makes of each passage and its sentences."""


class ReaderScorer:
    """The reader that ships with newscite."""

    languages = frozenset({"en"})

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: str, passages: Sequence[_Cut]) -> list[PassageRead]:
        """What it makes of each passage and its sentences."""
        readings = self._reader.read(
            question, [(passage.article.title, passage.text) for passage, _ in passages]
        )
        return [
            PassageRead(
                tuple(
                    reading.evidence(
                        [(span.start - passage.start, span.end - passage.start) for span in sentences]
                    )
                ),
                reading,
            )
            for reading, (passage, sentences) in zip(readings, passages, strict=True)
        ]


class CrossEncoderScorer:
    """A sentence-transformers CrossEncoder of one output, loaded at its first use."""

    languages: frozenset[str] = frozenset()

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: CrossEncoder | None = None
        self._lock = threading.Lock()  # its tokenizer can't be borrowed twice at once

    def read(self, question: str, passages: Sequence[_Cut]) -> list[PassageRead]:
        """What it makes of each passage and its sentences."""
        import torch

        pairs = [(question, span.text) for _, sentences in passages for span in sentences]
        with self._lock:
            scores = iter(
                self._loaded().predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
                if pairs
                else []
            )
        return [PassageRead(tuple(float(next(scores)) for _ in sentences)) for _, sentences in passages]

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
    """What `name` means: empty the reader, "none" nothing, else a CrossEncoder's name or folder."""
    if name == NONE:
        return None
    return CrossEncoderScorer(name) if name else ReaderScorer(Reader())
