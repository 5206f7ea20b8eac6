"""Which sentences of an article may be quoted: those that say something by themselves."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.language import folded
from index.schema import Article
from index.sentences import SentenceSpan, is_item, sentence_spans
from index.stopwords import EVERY_STOPWORD

_STUFFED_WORDS = 8  # that say something; in fewer of them a repetition tells nothing
_STUFFED_SHARE = 0.6
_ITEM_WORDS = 3  # of a list item that says something
_HEADING_CHARACTERS = 60  # an unfinished line longer than this is more than a heading


@lru_cache(maxsize=512)  # one question asks for the same articles many times, and the next for some of them
def told_sentences(
    article: Article, start: int = 0, end: int | None = None
) -> tuple[tuple[SentenceSpan, bool], ...]:
    """The sentences of `article` outside its masks, in order, and whether each may be quoted; with `start`
    and `end` only those that stand in `text[start:end]`, if in part.

    A question answers nothing, and neither does a heading, nor a line that says the same few words over and
    over, which is written to be found. In a text that has full stops, a line without one
    is a heading or left over from the page, unless it is an item of a list or table.
    """
    spans = _spans(article)
    is_punctuated = _is_punctuated(spans)
    last = len(article.text) if end is None else end
    return tuple(
        (span, _says_something(article, span, is_punctuated))
        for span in spans
        if span.start < last and start < span.end
    )


@lru_cache(maxsize=512)
def _spans(article: Article) -> tuple[SentenceSpan, ...]:
    return tuple(sentence_spans(article))


def _is_punctuated(spans: Sequence[SentenceSpan]) -> bool:
    """True if most of an article's text stands in sentences that end as such."""
    lengths = [(span.end - span.start, span.complete) for span in spans]
    return 2 * sum(length for length, complete in lengths if complete) >= sum(length for length, _ in lengths)


def _is_stuffed(text: str) -> bool:
    """True if most of the words that say something have been said before in the same sentence."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", folded(text)) if word not in EVERY_STOPWORD]
    return len(words) >= _STUFFED_WORDS and len(set(words)) <= _STUFFED_SHARE * len(words)


def _says_something(article: Article, span: SentenceSpan, is_punctuated: bool) -> bool:
    text = article.text[span.start : span.end]
    if text.rstrip("”’\"'»").endswith(("?", "؟")) or _is_stuffed(text):
        return False
    if span.complete:
        return True
    if is_item(article.text, span.start):
        return len(text.split()) >= _ITEM_WORDS
    return not is_punctuated and len(text) >= _HEADING_CHARACTERS and text != article.title
