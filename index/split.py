"""Cut an article into passages: whole sentences, as many as the embedding model can read at once.

A passage prefers to end where a paragraph ends. The headline and date are given to the embedder as
context before the passage's text; they take room in the model but are not part of the passage.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from index.schema import Article, Passage
from index.sentences import SentenceSpan, only_marks, sentence_spans

SPLITTER = "sentences-2"  # part of a store's identity: change it when passages would be cut differently
CONTEXT_CHARACTERS = 200
MAX_CHARACTERS = 4000  # a passage's length even where the model counts few tokens, as in one endless word

CountTokens = Callable[[Sequence[str]], list[int]]
_Counted = tuple[SentenceSpan, int]


def context(article: Article, count_tokens: CountTokens, max_tokens: int) -> str:
    """What the embedder reads before a passage: headline and day, each on a line of its own.

    It takes at most half of the model's room, whatever it costs in tokens: a longer headline is cut.
    """
    title = article.title[:CONTEXT_CHARACTERS].strip()
    while True:
        lines = "".join(f"{line}\n" for line in (title, article.published[:10]) if line)
        if not title or count_tokens([lines])[0] <= max_tokens // 2:
            return lines
        title = title[: len(title) // 2].strip()


def split(article: Article, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Passages of `article` of at most `max_tokens` tokens with their context, in order.

    Together they hold every sentence outside the masks, and each is clear of the masks. A sentence too
    long for one passage is cut between words.
    """
    sentences = sentence_spans(article)
    if not sentences:
        return []
    room = max_tokens - count_tokens([context(article, count_tokens, max_tokens)])[0]
    tokens = count_tokens([_with_marks(article.text, sentences, number) for number in range(len(sentences))])
    fitted = [
        piece
        for sentence, count in zip(sentences, tokens, strict=True)
        for piece in _fit(article.text, sentence, count, room, count_tokens)
    ]
    return [Passage(article, start, end) for start, end in _pack(_blocks(article, fitted), room)]


def _with_marks(text: str, sentences: Sequence[SentenceSpan], number: int) -> str:
    """A sentence with the marks of a list before it, which a passage that holds its neighbour holds too."""
    sentence, before = sentences[number], sentences[number - 1].end if number else 0
    start = before if number and only_marks(text, before, sentence.start) else sentence.start
    return text[start : sentence.end]


def _fit(
    text: str, sentence: SentenceSpan, tokens: int, room: int, count_tokens: CountTokens
) -> Iterator[_Counted]:
    """The sentence itself, or, if it is too long for one passage, pieces of it."""
    length = sentence.end - sentence.start
    if (tokens <= room and length <= MAX_CHARACTERS) or length == 1:
        yield sentence, tokens
        return
    # Tokens are not spread evenly, so aim below the room; pieces still too long are cut again.
    target = max(1, min(int(length * room / max(tokens, 1) * 0.8), length - 1, MAX_CHARACTERS))
    cuts = list(_cut_words(text, sentence.start, sentence.end, target))
    counts = count_tokens([text[start:end] for start, end in cuts])
    for (start, end), count in zip(cuts, counts, strict=True):
        piece = SentenceSpan(start, end, sentence.paragraph, complete=False)
        yield from _fit(text, piece, count, room, count_tokens)


def _cut_words(text: str, start: int, end: int, target: int) -> Iterator[tuple[int, int]]:
    while end - start > target:
        cut = start + target
        space = max(text.rfind(" ", start + target // 2, cut), text.rfind("\n", start + target // 2, cut))
        if space > start:
            cut = space
        while cut > start + (target + 1) // 2 and unicodedata.combining(text[cut]):
            cut -= 1
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _blocks(article: Article, sentences: Sequence[_Counted]) -> Iterator[list[list[_Counted]]]:
    """Stretches that a passage may lie in, each a list of paragraphs, each a list of sentences."""
    block: list[list[_Counted]] = []
    for sentence, count in sentences:
        previous = block[-1][-1][0] if block else None
        if previous and _apart(article, previous, sentence):
            yield block
            block, previous = [], None
        if previous is None or sentence.paragraph != previous.paragraph:
            block.append([])
        block[-1].append((sentence, count))
    if block:
        yield block


def _apart(article: Article, left: SentenceSpan, right: SentenceSpan) -> bool:
    """True if no passage may hold both: a mask or a row of signs lies between them, or nothing at all
    where a word was cut, whose halves may be more tokens together than apart."""
    return (
        not article.is_open(left.start, right.end)
        or not only_marks(article.text, left.end, right.start)
        or (left.end == right.start and not left.complete)
    )


def _pack(blocks: Iterable[list[list[_Counted]]], room: int) -> Iterator[tuple[int, int]]:
    """Fill passages with whole paragraphs, and with sentences only where a paragraph is too long."""
    for block in blocks:
        start, end, used = -1, -1, 0
        for piece_start, piece_end, count in _pieces(block, room):
            if start >= 0 and (used + count > room or piece_end - start > MAX_CHARACTERS):
                yield start, end
                start, used = -1, 0
            start = piece_start if start < 0 else start
            end, used = piece_end, used + count
        yield start, end


def _pieces(block: list[list[_Counted]], room: int) -> Iterator[tuple[int, int, int]]:
    for paragraph in block:
        start, end = paragraph[0][0].start, paragraph[-1][0].end
        tokens = sum(count for _, count in paragraph)
        if tokens <= room and end - start <= MAX_CHARACTERS:
            yield start, end, tokens
        else:
            yield from ((sentence.start, sentence.end, count) for sentence, count in paragraph)
