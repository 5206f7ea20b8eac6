"""The lexical side: BM25 over stemmed words, in tantivy.

Each passage is indexed, with its headline, in the field of its language, so that every language has its
own stemmer and its own word frequencies. A question is looked up in all of them.
"""

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.language import question_language
from index.schema import Filter, Passage, entry_stamp, filter_fields
from index.stopwords import STOPWORDS

if TYPE_CHECKING:
    import tantivy

_STEMMERS = {"en": "english", "es": "spanish", "ar": "arabic"}
_OTHER = "other"
FIELDS = (*_STEMMERS, _OTHER)
_BACKGROUND = 100
_WORD = re.compile(r"[^\W_]+")  # letters and digits: what tantivy's simple tokenizer keeps
_WRITER_BYTES = 64_000_000


def field_of(language: str) -> str:
    """The field that holds passages of `language`."""
    return language if language in _STEMMERS else _OTHER


class LexicalIndex:
    """BM25 retrieval and word statistics over the indexed passages."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, or make an empty one."""
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._analyzers = {field: stemmer(field) for field in FIELDS}
        for field, analyzer in self._analyzers.items():
            self._index.register_tokenizer(field, analyzer)
        self._is_swept = False
        self.reload()

    def reload(self) -> None:
        """See what other processes have committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def replace(self, remove_ids: Iterable[str], passages: Iterable[Passage]) -> None:
        """Take out the passages of `remove_ids`, put in `passages`, and commit both at once."""
        import tantivy

        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        if not self._is_swept:
            writer.garbage_collect_files()  # tantivy fails on a file of its own that a killed run left behind
            self._is_swept = True
        for passage_id in remove_ids:
            writer.delete_documents_by_term("passage_id", passage_id)
        for passage in passages:
            writer.delete_documents_by_term("passage_id", passage.id)
            writer.add_document(tantivy.Document(**_fields(passage)))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def search(self, question: str, depth: int, filter: Filter) -> dict[str, float]:
        """The `depth` best passages by BM25: passage id to score, best first."""
        import tantivy

        schema = self._index.schema
        words = [
            tantivy.Query.term_query(schema, field, word)
            for field in FIELDS
            for word in self.question_words(question, field)
        ]
        if not words:
            return {}
        any_word = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        must = [(tantivy.Occur.Must, condition) for condition in self._conditions(filter)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, any_word), *must])
        searcher = self._searcher
        found = searcher.search(query, limit=depth, count=False).hits
        return {searcher.doc(address)["passage_id"][0]: float(score) for score, address in found}

    def _conditions(self, filter: Filter) -> Iterator["tantivy.Query"]:
        import tantivy

        schema, query = self._index.schema, tantivy.Query
        if filter.outlet_keys:
            yield query.term_set_query(schema, "outlet", list(filter.outlet_keys))
        if filter.language:
            yield query.term_query(schema, "language", filter.language)
        if filter.since or filter.until:
            yield query.range_query(
                schema,
                "published",
                tantivy.FieldType.Integer,
                filter.since_seconds,
                filter.until_seconds,
            )

    def words(self, text: str, field: str) -> list[str]:
        """The stemmed words of `text`, as passages in `field` are indexed."""
        return list(self._analyzers[field].analyze(text))

    def question_words(self, question: str, field: str) -> list[str]:
        """The distinct words of a question that say what it is about, stemmed as in `field`.

        A word in capitals is kept whatever it would mean in lower case: WHO, IT, US.
        """
        empty_words = STOPWORDS[question_language(question)]
        shouted = question.isupper()
        kept = " ".join(
            word
            for word in _WORD.findall(question)
            if (word.isupper() and len(word) > 1 and not shouted) or word.casefold() not in empty_words
        )
        return list(dict.fromkeys(self.words(kept, field)))

    def idf(self, word: str, field: str) -> float:
        """BM25's inverse document frequency, ln(1 + (N − n + ½)/(n + ½)), over the passages of `field`
        (Robertson and Zaragoza 2009, as Lucene has it). A word never seen weighs most.

        A small store says little about how common a word is, so it is counted as if it stood beside
        `_BACKGROUND` passages without the word.
        """
        total = self._passages_of(field) + _BACKGROUND
        holding = self._searcher.doc_freq(field, word)
        return math.log(1 + (max(total - holding, 0) + 0.5) / (holding + 0.5))

    def _passages_of(self, field: str) -> int:
        if field != _OTHER:
            return int(self._searcher.doc_freq("language", field))
        return int(self._searcher.num_docs) - sum(self._passages_of(language) for language in _STEMMERS)

    def count(self) -> int:
        """The number of passages it holds."""
        return int(self._searcher.num_docs)

    def passage_ids(self) -> set[str]:
        """The ids of all passages it holds."""
        return set(self.stamps())

    def stamps(self) -> dict[str, str]:
        """The id of every passage it holds, and the stamp (`index.schema.entry_stamp`) of its entry."""
        import tantivy

        searcher = self._searcher
        found = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1), count=False).hits
        documents = (searcher.doc(address) for _, address in found)
        return {document["passage_id"][0]: document["stamp"][0] for document in documents}


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stamp", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=field, index_option="freq")
    return builder.build()


def stemmer(field: str) -> "tantivy.TextAnalyzer":
    """What cuts a text into the stemmed words of `field`."""
    import tantivy

    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    if field in _STEMMERS:
        builder = builder.filter(tantivy.Filter.stemmer(_STEMMERS[field]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def _fields(passage: Passage) -> dict[str, Any]:
    article = passage.article
    return {
        "passage_id": passage.id,
        "stamp": entry_stamp(article),
        **filter_fields(article),
        field_of(article.language): f"{article.title}\n{passage.text}",
    }
