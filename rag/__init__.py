"""How one question is answered: retrieve passages, pick or write sentences, cite and verify them.

>>> from rag import open_pipeline
>>> with open_pipeline("my-store") as pipeline:            # doctest: +SKIP
...     print(pipeline.answer("What did the minister say?").text)
"""

from index.errors import NewsciteError
from index.schema import Article, Filter, Hit, Passage, Span
from rag.pipeline import Pipeline, open_pipeline
from rag.schema import Answer, Citation, Cited, Event, Finished, Retrieved, Sentence, Turn, Wrote
from rag.settings import Settings

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Cited",
    "Event",
    "Filter",
    "Finished",
    "Hit",
    "NewsciteError",
    "Passage",
    "Pipeline",
    "Retrieved",
    "Sentence",
    "Settings",
    "Span",
    "Turn",
    "Wrote",
    "open_pipeline",
]
