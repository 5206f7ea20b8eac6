"""A system behind an HTTP address, such as `newscite serve`, that has the articles already.

It is sent `POST ADDRESS` with JSON, `{"question": ..., "history": [{"question": ..., "answer": ...}]}` and
the fields of the question's filter that are set, and replies with JSON of which these are read:

    {"text": "...", "citations": [{"quote": "...", "article_id": "...", "start": 0, "end": 9}],
     "confidence": 0.9, "status": "answered", "sentences": [{"text": "...", "citations": [1]}]}

Only `text` has to be there. A citation names its article by `article_id`, or by the `url`, `source` or
`title` that the dataset has for it. Without offsets its quote is looked for in the article, and counts as
invalid where it stands nowhere. `status` is "abstained" where it refuses. A sentence counts its citations
from 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from evals.systems.protocol import EVERYTHING, Quoted, Reply, Said, System, SystemOver
from index.errors import InputError
from index.schema import Article, Filter
from rag.schema import Turn

_TIMEOUT = 120.0  # seconds


def remote(address: str) -> SystemOver:
    """Systems that ask `address`. They know what they know: nothing is sent to be indexed, so that they can't
    be asked over fewer articles. Raises InputError where no such reply comes."""

    @contextmanager
    def over(articles: Sequence[Article]) -> Iterator[System]:
        import httpx

        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
            yield Remote(address, client, articles)

    return over


class Remote:
    """Asks an address, and finds what it cites among `articles`."""

    def __init__(self, address: str, client: Any, articles: Sequence[Article]) -> None:
        self._address = address
        self._client = client
        self._known: dict[str, Article] = {}
        for article in articles:
            for name in (article.title, PurePath(article.source).name, article.source, article.url):
                if name:
                    self._known[name] = article
            self._known[article.id] = article

    def answer(self, question: str, /, *, history: Sequence[Turn] = (), filter: Filter = EVERYTHING) -> Reply:
        """Its reply. Raises InputError where it can't be reached, or replies with something else."""
        asked: dict[str, Any] = {"question": question}
        if history:
            asked["history"] = [{"question": turn.question, "answer": turn.answer} for turn in history]
        for name in ("outlet", "since", "until", "language"):
            if value := getattr(filter, name):
                asked[name] = list(value) if name == "outlet" else value
        return self._reply(self._post(asked))

    def search(self, question: str, /, *, k: int = 10, filter: Filter = EVERYTHING) -> list[Quoted]:
        """Nothing: only what it cites is judged."""
        del question, k, filter
        return []

    def _post(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        import httpx

        try:
            response = self._client.post(self._address, json=asked)
            response.raise_for_status()
            read = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise InputError(f"the system {self._address} gives no reply in JSON: {error}") from error
        if not isinstance(read, dict) or not isinstance(read.get("text"), str):
            raise InputError(
                f'the system {self._address} replies without a "text": see evals/systems/remote.py'
            )
        return read

    def _reply(self, read: Mapping[str, Any]) -> Reply:
        try:
            return Reply(
                text=read["text"],
                citations=tuple(self._quoted(citation) for citation in read.get("citations", ())),
                confidence=float(read.get("confidence", 0.0)),
                status=str(read.get("status", "answered")),
                reason=str(read.get("reason", "")),
                sentences=tuple(
                    Said(said["text"], tuple(marker - 1 for marker in said.get("citations", ())))
                    for said in read.get("sentences", ())
                ),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"the system {self._address} replies in another form ({error!r}): see evals/systems/remote.py"
            ) from error

    def _quoted(self, citation: Mapping[str, Any]) -> Quoted:
        named = (citation.get(name) for name in ("article_id", "url", "source", "title"))
        article = next((self._known[name] for name in named if name in self._known), None)
        quote = str(citation.get("quote", ""))
        if article is None:
            return Quoted("", -1, -1, quote)
        if "start" in citation and "end" in citation:
            return Quoted(article.id, int(citation["start"]), int(citation["end"]), quote)
        start = article.text.find(quote) if quote else -1  # of its words, not of ours: nothing is cited here
        return Quoted(article.id, start, start + len(quote) if start >= 0 else -1, quote)
