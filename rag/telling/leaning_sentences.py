"""Sentences that can't stand alone: "He said…" keeps the sentence that says who he is."""

import re

from index.schema import Span
from index.sentences import sentence_spans

_LONGEST = 700  # characters of a sentence with the one it leans on
_GAP = re.compile(r"[ \u00a0]{1,2}|[”’\"] ?")
_LEANS = {
    "en": re.compile(
        r"[“\"‘]?(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its|Such|Both|Another|Then|So|But|And|Nor|Yet"
        r"|There|The (?:former|latter|two|three|other|same|first|second))\b"
    ),
    "es": re.compile(r"[«\"]?(?:Él|Ella|Ellos|Ellas|Esto|Eso|Este|Esta|Ambos|Así|Pero|Su|Sus)\b"),
    "ar": re.compile(r"[«\"]?(?:و?هو|و?هي|و?هم|و?هذا|و?هذه|و?ذلك|وأضافت?|وتابعت?)(?!\w)"),
}


def with_antecedent(sentence: Span, passage: Span) -> Span:
    """The sentence, and where it leans on the one before it in the passage and the paragraph, that one too.

    Both then are one span, cut from the article by its offsets.
    """
    leans = _LEANS.get(sentence.article.language)
    if leans is None or not leans.match(sentence.text):
        return sentence
    before = [span for span in sentence_spans(sentence.article) if span.end <= sentence.start]
    if not before or before[-1].start < passage.start or not before[-1].complete:
        return sentence
    start = before[-1].start
    gap = sentence.article.text[before[-1].end : sentence.start]
    if sentence.end - start > _LONGEST or not _GAP.fullmatch(gap):
        return sentence
    if not sentence.article.is_open(start, sentence.end):
        return sentence
    return Span(sentence.article, start, sentence.end)
