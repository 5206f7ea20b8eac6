"""Articles made for measuring what they cost, of the shipped sample's words.

A first-order Markov chain (Shannon 1948, "A Mathematical Theory of Communication") draws them, so that
words are as frequent and as long as in news, and no two articles share more than phrases. One in ten is a
reprint of an earlier one under another outlet.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

SEED = 20260117
_CHARACTERS = 8_000  # of an article: 25,000 have 200 MB
_REPRINTED = 0.1
_OUTLETS = 40
_FIRST_DAY = datetime(2030, 1, 1, tzinfo=UTC)
_DAYS = 365


def make_articles(count: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """Give `count` articles as rows of JSON Lines; the same seed gives the same ones."""
    chance = random.Random(seed)
    words = WordChain(chance)
    earlier: list[str] = []
    for number in range(count):
        if earlier and chance.random() < _REPRINTED:
            text = chance.choice(earlier)
        else:
            text = words.text(_CHARACTERS)
            earlier = [*earlier[-99:], text]
        published = _FIRST_DAY + timedelta(days=_DAYS * number / count)
        yield {
            "url": f"https://scale.example/{number}",
            "title": words.sentence(8).rstrip("."),
            "outlet": f"Outlet {chance.randrange(_OUTLETS)}",
            "published": published.isoformat(timespec="seconds"),
            "text": text,
        }


class WordChain:
    """Words of the sample's English articles, each drawn from those that follow the one before."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.following: dict[str, list[str]] = defaultdict(list)
        text = " ".join(_sample_texts())
        words = [word.strip("“”\"'().,;:!?") for word in text.split()]
        for word, after in pairwise(words):
            if word and after:
                self.following[word].append(after)
        self.words = sorted(self.following)

    def sentence(self, length: int) -> str:
        """A sentence of so many words."""
        word = self.chance.choice(self.words)
        drawn = [word.capitalize()]
        while len(drawn) < length:
            # Now and then a word from anywhere, or a chain of so few words would repeat whole phrases.
            after = self.following.get(word)
            word = self.chance.choice(after if after and self.chance.random() < 0.7 else self.words)
            drawn.append(str(self.chance.randrange(2, 9999)) if word.isdigit() else word)
        return " ".join(drawn) + "."

    def text(self, characters: int) -> str:
        """Paragraphs of together at least so many characters."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < characters:
            lengths = [self.chance.randrange(8, 32) for _ in range(self.chance.randrange(1, 5))]
            paragraphs.append(" ".join(map(self.sentence, lengths)))
        return "\n\n".join(paragraphs)


def _sample_texts() -> Iterator[str]:
    from index.sample import ARTICLES as FOLDER
    from index.schema import Article
    from index.sources import read_paths

    for article in read_paths([FOLDER]):
        if isinstance(article, Article) and article.language == "en":
            yield from (article.text[start:end] for start, end in article.open_spans())
