"""The lead of an article: its first sentences, which in news say what it is about."""

from index.schema import Span
from rag.telling.quotable import told_sentences

_SENTENCES = 2


def is_lead(sentence: Span) -> bool:
    """True if `sentence` is among the first of its article that say something: two."""
    told = [span for span, is_told in told_sentences(sentence.article) if is_told]
    return any(span.start <= sentence.start and sentence.end <= span.end for span in told[:_SENTENCES])
