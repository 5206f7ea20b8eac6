"""The dense side: passage vectors in Chroma."""

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from index.embed import Vectors
from index.errors import StoreDamaged
from index.schema import Filter, Passage, entry_stamp, filter_fields

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_COLLECTION = "passages"
_TRIED = 50  # vectors looked for when trying an index out
_ITSELF = 0.99  # the cosine of a vector to itself, with room for rounding
_BATCH = 5000  # Chroma takes at most some 5,400 rows in one call
_Result = TypeVar("_Result")
_openings = itertools.cycle(range(1, 1000))


class VectorIndex:
    """Nearest passages by cosine. Safe to call from several threads.

    Chroma keeps its graph in memory and does not see what another process writes to the same folder
    (chroma issue 3792), so `reload` opens the folder anew; a call that fails on a stale graph does so once.
    """

    def __init__(self, folder: Path) -> None:
        """Open the collection in `folder`, or make an empty one."""
        self._folder = folder
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        # Chroma gives all clients of one spelling of a path one graph in memory, which would outlive a
        # reload while another client is open. So each opening spells the folder in a way of its own.
        path = f"{self._folder}{'/.' * next(_openings)}"
        client = chromadb.PersistentClient(path, Settings(anonymized_telemetry=False))
        self._client = cast("Client", client)  # declared as its interface, which lacks close()
        self._collection: Collection = self._client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}},
        )

    def reload(self) -> None:
        """See what other processes have written."""
        with self._lock:
            self._client.close()
            self._open()

    def close(self) -> None:
        """Release the files."""
        with self._lock:
            self._client.close()

    def upsert(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put in passages with their unit vectors of shape (len(passages), dimension)."""
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            with self._lock:
                self._collection.upsert(
                    ids=[passage.id for passage in batch],
                    embeddings=vectors[start : start + _BATCH],
                    metadatas=[_metadata(passage) for passage in batch],
                )

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Take out passages; ids it does not hold are passed over."""
        for start in range(0, len(passage_ids), _BATCH):
            with self._lock:
                self._collection.delete(ids=list(passage_ids[start : start + _BATCH]))

    def search(self, vector: Vectors, depth: int, filter: Filter) -> dict[str, float]:
        """The `depth` passages nearest to `vector` (shape (dimension,)): id to cosine, best first."""
        return self._read(lambda: self._nearest(vector, depth, filter))

    def _nearest(self, vector: Vectors, depth: int, filter: Filter) -> dict[str, float]:
        depth = min(depth, self._collection.count())
        if depth == 0:
            return {}
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=depth, where=_where(filter), include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        return {
            passage_id: 1.0 - float(distance)
            for passage_id, distance in zip(found["ids"][0], distances, strict=True)
        }

    def cosines(self, vector: Vectors, passage_ids: Sequence[str]) -> dict[str, float]:
        """The cosine of `vector` (shape (dimension,)) to each of the passages that it holds."""
        if not passage_ids:
            return {}
        found = self._read(lambda: self._collection.get(ids=list(passage_ids), include=["embeddings"]))
        stored = found["embeddings"]
        if stored is None or not len(found["ids"]):
            return {}
        return dict(zip(found["ids"], (np.asarray(stored) @ vector).tolist(), strict=True))

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """The unit vector (shape (dimension,)) of each of the passages that it holds."""
        held: dict[str, Vectors] = {}
        for start in range(0, len(passage_ids), _BATCH):
            held.update(self._vectors(list(passage_ids[start : start + _BATCH])))
        return held

    def _vectors(self, passage_ids: list[str]) -> dict[str, Vectors]:
        found = self._read(lambda: self._collection.get(ids=passage_ids, include=["embeddings"]))
        stored = found["embeddings"]
        return {} if stored is None else dict(zip(found["ids"], np.asarray(stored), strict=True))

    def count(self) -> int:
        """The number of passages it holds."""
        return self._read(lambda: self._collection.count())  # noqa: PLW0108 -- a reload binds another

    def passage_ids(self) -> set[str]:
        """The ids of all passages it holds."""
        return set(self._read(lambda: self._collection.get(include=[]))["ids"])

    def stamps(self) -> dict[str, str]:
        """The id of every passage it holds, and the stamp (`index.schema.entry_stamp`) of its entry."""
        found = self._read(lambda: self._collection.get(include=["metadatas"]))
        return {
            passage_id: str(metadata.get("stamp", ""))
            for passage_id, metadata in zip(found["ids"], found["metadatas"] or [], strict=True)
        }

    def _read(self, read: Callable[[], _Result]) -> _Result:
        from chromadb.errors import ChromaError

        with self._lock:
            try:
                return read()
            except ChromaError:
                self.reload()  # another process may have changed the files under the graph
            try:
                return read()
            except ChromaError as error:
                raise StoreDamaged(
                    f"the vectors in {self._folder} can't be read ({error}): "
                    "newscite check --repair makes them again",
                    "vectors",
                ) from error


def try_out(folder: Path) -> None:
    """Search an index in `folder` for some of its own vectors. Raises an error of whatever type, or ends the
    process, where its files are broken."""
    index = VectorIndex(folder)
    count = index.count()
    for offset in range(0, count, count // _TRIED + 1):
        stored = index._collection.get(limit=1, offset=offset, include=["embeddings"])["embeddings"]
        if stored is None or not len(stored):
            raise StoreDamaged(f"the vectors in {folder} are lost", "vectors")
        nearest = index.search(np.asarray(stored[0], dtype=np.float32), 1, Filter())
        if not nearest or next(iter(nearest.values())) < _ITSELF:
            raise StoreDamaged(f"the vectors in {folder} are not found", "vectors")
    index.close()


def _metadata(passage: Passage) -> dict[str, str | int]:
    return {**filter_fields(passage.article), "stamp": entry_stamp(passage.article)}


def _where(filter: Filter) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = list(_conditions(filter))
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None


def _conditions(filter: Filter) -> Iterable[dict[str, Any]]:
    if filter.outlet_keys:
        yield {"outlet": {"$in": list(filter.outlet_keys)}}
    if filter.language:
        yield {"language": filter.language}
    if filter.since_seconds is not None:
        yield {"published": {"$gte": filter.since_seconds}}
    if filter.until_seconds is not None:
        yield {"published": {"$lte": filter.until_seconds}}
