"""How well a text matches one question: the one measure by which passages and sentences are ranked.

    match = α · cosine(question, text) + (1 − α) · coverage(question, text)

Coverage is the share of the question's words, weighted by inverse document frequency, that the text
holds. Both parts are in [0, 1] and mean the same from question to question, so the same figure that
ranks sentences also tells when nothing answers.
"""

from collections.abc import Callable

from index.embed import Embedder
from index.lexical import FIELDS, LexicalIndex, field_of

# Tuned on questions over news text; flat between .5 and .7. For a language the embedding model has not
# learnt, cosines say little, and words have to carry the match.
_ALPHA = 0.6
_ALPHA_UNLEARNT = 0.2


class Matcher:
    """Scores texts against one question."""

    def __init__(self, question: str, embedder: Embedder, lexical: LexicalIndex) -> None:
        self.question = question
        self.vector = embedder.embed([question])[0]
        self._languages = embedder.languages
        self._words: Callable[[str, str], list[str]] = lexical.words
        self._weights = {
            field: {word: lexical.idf(word, field) for word in lexical.question_words(question, field)}
            for field in FIELDS
        }

    def coverage(self, text: str, language: str) -> float:
        """The share of the question's words, by idf, that `text` in `language` holds."""
        field = field_of(language)
        weights = self._weights[field]
        total = sum(weights.values())
        if not total:
            return 0.0
        held = weights.keys() & set(self._words(text, field))
        return sum(weights[word] for word in held) / total

    def match(self, cosine: float, text: str, language: str) -> float:
        """The match of `text`, whose vector has this `cosine` to the question's."""
        return self.mixed(cosine, self.coverage(text, language), language)

    def mixed(self, cosine: float, coverage: float, language: str) -> float:
        """The match of a text in `language` with this `cosine` and this `coverage`."""
        learnt = not self._languages or language in self._languages
        alpha = _ALPHA if learnt else _ALPHA_UNLEARNT
        return alpha * max(cosine, 0.0) + (1 - alpha) * coverage
