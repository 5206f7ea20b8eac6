"""What a user would pick instead: the plain recipes of well-known libraries, as their own pages show them.

All embed with the model that newscite's settings name, and split for what it can read: some 250 tokens.
The libraries come with `pip install 'newscite[peers]'`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.systems.protocol import SystemOver
from evals.systems.retrievers import Found, RetrieverOver, loaded_embedder, quoting
from index.embed import model_to_load
from index.schema import Article
from rag.settings import read_settings

_CHARACTERS, _OVERLAP = 1000, 200  # what LangChain's tutorial splits by; some 210 tokens of news
_TOKENS, _TOKENS_OVERLAP = 250, 50  # LlamaIndex counts tokens, and its default is more than the model reads


def langchain_recipe() -> SystemOver:
    """RecursiveCharacterTextSplitter, HuggingFaceEmbeddings and Chroma.

    https://docs.langchain.com/oss/python/langchain/rag
    """
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=_model())
    embeddings.embed_query("warm")

    class LangChain:
        def __init__(self, articles: Sequence[Article], folder: Path) -> None:
            self._store = Chroma(
                embedding_function=embeddings,
                persist_directory=str(folder),
                collection_metadata={"hnsw:space": "cosine"},
            )
            chunks = _langchain_chunks(articles)
            self._store.add_texts([text for text, _ in chunks], [metadata for _, metadata in chunks])

        def find(self, question: str, k: int) -> list[Found]:
            found = self._store.similarity_search_with_score(question, k=k)
            return [
                _found((document.page_content, document.metadata), 1 - distance)
                for document, distance in found
            ]

    return _quoting(LangChain)


def bm25() -> SystemOver:
    """BM25 alone (Robertson et al. 1994), by bm25s with English stop words and its default weights, over the
    chunks of LangChain's recipe.

    https://github.com/xhluca/bm25s
    """
    import bm25s

    class Bm25:
        def __init__(self, articles: Sequence[Article], _folder: Path) -> None:
            self._chunks = _langchain_chunks(articles)
            self._index = bm25s.BM25()
            self._index.index(self._tokens([text for text, _ in self._chunks]), show_progress=False)

        def find(self, question: str, k: int) -> list[Found]:
            places, scores = self._index.retrieve(
                self._tokens([question]), k=min(k, len(self._chunks)), show_progress=False
            )
            return [
                _found(self._chunks[place], float(score))
                for place, score in zip(places[0], scores[0], strict=True)
            ]

        @staticmethod
        def _tokens(texts: list[str]) -> Any:
            return bm25s.tokenize(texts, stopwords="en", show_progress=False)

    return _quoting(Bm25)


def llamaindex_recipe() -> SystemOver:
    """SentenceSplitter, HuggingFaceEmbedding and VectorStoreIndex, its vectors in memory.

    https://developers.llamaindex.ai/python/framework/understanding/rag/
    """
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    embeddings = HuggingFaceEmbedding(model_name=_model())
    embeddings.get_query_embedding("warm")
    splitter = SentenceSplitter(chunk_size=_TOKENS, chunk_overlap=_TOKENS_OVERLAP)

    class LlamaIndex:
        def __init__(self, articles: Sequence[Article], _folder: Path) -> None:
            self._index = VectorStoreIndex.from_documents(
                [
                    Document(text=article.text, metadata={"article": place})
                    for place, article in enumerate(articles)
                ],
                transformations=[splitter],
                embed_model=embeddings,
            )

        def find(self, question: str, k: int) -> list[Found]:
            nodes = self._index.as_retriever(similarity_top_k=k).retrieve(question)
            return [
                Found(
                    found.node.metadata["article"],
                    getattr(found.node, "start_char_idx", None) or 0,
                    getattr(found.node, "end_char_idx", None) or 0,
                    found.score or 0.0,
                )
                for found in nodes
            ]

    return _quoting(LlamaIndex)


def txtai_recipe() -> SystemOver:
    """A hybrid index of vectors and BM25, over the chunks of LangChain's recipe, for it has no splitter that
    says where its chunks stand.

    https://neuml.github.io/txtai/embeddings/
    """
    import txtai

    model = _model()

    class Txtai:
        def __init__(self, articles: Sequence[Article], _folder: Path) -> None:
            self._chunks = _langchain_chunks(articles)
            self._index = txtai.Embeddings(path=model, hybrid=True)
            self._index.index(text for text, _ in self._chunks)

        def find(self, question: str, k: int) -> list[Found]:
            return [_found(self._chunks[place], score) for place, score in self._index.search(question, k)]

    return _quoting(Txtai)


def _quoting(retriever_over: RetrieverOver) -> SystemOver:
    return quoting(retriever_over, loaded_embedder())


def _model() -> str:
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it ships no types
    return model_to_load(read_settings().embedding_model)


_Chunk = tuple[str, dict[str, int]]


def _langchain_chunks(articles: Sequence[Article]) -> list[_Chunk]:
    """Chunks with their article's place, and where LangChain says they start."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHARACTERS, chunk_overlap=_OVERLAP, add_start_index=True
    )
    documents = splitter.create_documents(
        [article.text for article in articles], [{"article": place} for place in range(len(articles))]
    )
    return [(document.page_content, document.metadata) for document in documents]


def _found(chunk: _Chunk, score: float) -> Found:
    text, metadata = chunk
    start = metadata["start_index"]
    return Found(metadata["article"], start, start + len(text), score)
