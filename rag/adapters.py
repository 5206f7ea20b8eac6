"""The pipeline in LangChain's terms: a Runnable, and a retriever."""

from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from index.schema import Filter
from rag.pipeline import Pipeline
from rag.schema import Answer


def as_runnable(pipeline: Pipeline) -> Runnable[str | Mapping[str, Any], Answer]:
    """A Runnable from a question, or the keyword arguments of `Pipeline.answer`, to an Answer."""

    def answer(asked: str | Mapping[str, Any]) -> Answer:
        if isinstance(asked, str):
            return pipeline.answer(asked)
        return pipeline.answer(**asked)

    return RunnableLambda(answer, name="newscite")


class PipelineRetriever(BaseRetriever):
    """Retrieves passages as Documents; metadata holds the fields of a hit but its text."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    pipeline: Pipeline
    k: int = 10
    filter: Filter = Filter()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 -- LangChain's signature
    ) -> list[Document]:
        documents = []
        for hit in self.pipeline.search(query, k=self.k, filter=self.filter):
            fields = hit.to_dict()
            documents.append(Document(page_content=fields.pop("text"), metadata=fields, id=hit.passage.id))
        return documents
