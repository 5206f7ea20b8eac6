"""A store on disk: the catalog, the vectors and the lexical index of one folder, opened together."""

import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeVar

from index.catalog import SCHEMA_VERSION, Catalog
from index.embed import Embedder, Vectors
from index.errors import StoreDamaged, StoreError, StoreLocked, StoreMismatch
from index.lexical import LexicalIndex
from index.schema import Passage
from index.split import SPLITTER, context
from index.vectors import VectorIndex

LOCK_NAME = "write.lock"
_ROOM = 64 * 1024**2  # free bytes of disk below which nothing more is written
BATCH_PASSAGES = 256  # passages embedded and written at once
_LONGEST_REASON = 200  # characters of a library's own message that are shown
_PARTS = ("vectors", "lexical")  # what is derived from the catalog
_Part = TypeVar("_Part")


def default_store() -> Path:
    """Where a store is kept when no one says: the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("newscite", appauthor=False)) / "store"


class Store:
    """The three parts of a store, opened and checked together. Use it as a context manager.

    Many processes may read while one writes. Raises StoreMissing, StoreDamaged, or StoreMismatch if the
    folder was made with another embedding model, splitter or version.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, *, create: bool = False, renew_damaged: bool = False
    ) -> None:
        """Open the store in `folder`; with `create`, make an empty one where there is none.

        With `renew_damaged`, Chroma or a lexical index that can't be opened is set aside as
        `vectors.damaged` or `lexical.damaged` and an empty one put in its place, for `index.check.repair`.
        """
        self.folder = folder
        self.embedder = embedder
        with ExitStack() as opened:  # closes what is open already, should a later part fail
            self.catalog = opened.enter_context(closing(Catalog(folder, create=create)))
            self._check_identity(create)
            self.vectors = opened.enter_context(
                closing(_open_part("vectors", folder, VectorIndex, renew_damaged))
            )
            self.lexical = _open_part("lexical", folder, LexicalIndex, renew_damaged)
            opened.pop_all()
        self._generation = self.catalog.generation()
        self._is_whole = False
        self._refresh_lock = threading.Lock()

    def _check_identity(self, create: bool) -> None:
        made_with = self.catalog.meta()
        identity = {"embedder": self.embedder.identity, "splitter": SPLITTER, "schema": SCHEMA_VERSION}
        if create and "embedder" not in made_with:
            self.catalog.set_meta({**identity, "dimension": str(self.embedder.dimension)})
            return
        for part, wanted in identity.items():
            if (found := made_with.get(part, "nothing")) != wanted:
                remedy = "set NEWSCITE_EMBEDDING_MODEL to what made it, or " if part == "embedder" else ""
                raise StoreMismatch(
                    f"the store {self.folder} was made with {part} {found!r}, not {wanted!r}: "
                    f"{remedy}index again into another --store"
                )

    def close(self) -> None:
        """Release the files."""
        self.catalog.close()
        self.vectors.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self) -> int:
        """See what other processes have written since the last call, and give the catalog's generation that
        is seen now. Cheap if nothing changed.

        Raises StoreDamaged if Chroma or the lexical index lacks passages that the catalog has.
        """
        with self._refresh_lock:
            self._reload_if_changed()
            if not self._is_whole:
                self._check_whole()
                self._is_whole = True
            return self._generation

    def _reload_if_changed(self) -> None:
        generation = self.catalog.generation()
        if generation != self._generation:
            self.catalog.forget_cached()
            self.lexical.reload()
            self.vectors.reload()
            self._generation = generation
            self._is_whole = False

    def _check_whole(self) -> None:
        wanted = self.catalog.passage_count()
        for name, held in (("vectors", self.vectors.count()), ("lexical", self.lexical.count())):
            # Passages are added there before they are in the catalog, so fewer means lost, unless a
            # writer has been at it in between.
            if held < wanted and self.catalog.generation() == self._generation:
                raise StoreDamaged(
                    f"the {name} part of the store {self.folder} holds {held} of {wanted} passages: "
                    "newscite check --repair mends it",
                    name,
                )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's write lock. Raises StoreLocked at once if another process holds it."""
        with write_lock(self.folder):
            with self._refresh_lock:
                self._reload_if_changed()  # else a stale graph would write over what another process wrote
            yield
            self._generation = self.catalog.generation()

    def put(self, passages: Sequence[Passage], parts: Collection[str] = _PARTS) -> None:
        """Put passages into Chroma and the lexical index, in place of what these hold of them."""
        self._check_room()
        if "vectors" in parts:
            vectors = self.embed(passages)
            with self._writing_part("vectors"):
                self.vectors.upsert(passages, vectors)
        if "lexical" in parts:
            with self._writing_part("lexical"):
                self.lexical.replace((), passages)

    def take_out(self, passage_ids: Sequence[str], parts: Collection[str] = _PARTS) -> None:
        """Take passages out of Chroma and the lexical index; those not held are passed over."""
        if "vectors" in parts:
            with self._writing_part("vectors"):
                self.vectors.remove(passage_ids)
        if "lexical" in parts:
            with self._writing_part("lexical"):
                self.lexical.replace(passage_ids, ())

    def embed(self, passages: Sequence[Passage]) -> Vectors:
        """The vectors of passages, each read after its article's context: (len(passages), dimension)."""
        embedder = self.embedder
        before = {
            article_id: context(passage.article, embedder.count_tokens, embedder.max_tokens)
            for article_id, passage in {passage.article.id: passage for passage in passages}.items()
        }
        return embedder.embed([before[passage.article.id] + passage.text for passage in passages])

    def settle(self) -> None:
        """Put right what the journal says Chroma and the lexical index may hold wrongly."""
        unsettled = self.catalog.unsettled()
        for start in range(0, len(unsettled), BATCH_PASSAGES):
            batch = unsettled[start : start + BATCH_PASSAGES]
            held = self.catalog.passages(batch)
            gone = [passage_id for passage_id in batch if passage_id not in held]
            if held:
                self.put(list(held.values()))
            if gone:
                self.take_out(gone)
            self.catalog.mark_settled(batch)

    def _check_room(self) -> None:
        """Stop before the disk is full: Chroma writes its graph in place, and half a write may break it."""
        free = shutil.disk_usage(self.folder).free
        if free < _ROOM:
            raise StoreError(
                f"the disk that holds the store {self.folder} has only {free // 1024**2} MB left: "
                f"free at least {_ROOM // 1024**2} MB and run the command again; "
                "what was indexed before is kept"
            )

    @contextmanager
    def _writing_part(self, name: str) -> Iterator[None]:
        """Chroma and tantivy raise errors of many unrelated types when they can't write."""
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            raise StoreError(
                f"the {name} part of the store {self.folder} can't be written ({_reason(error)}): look at "
                "free space and permissions and run the command again; what was indexed before is kept"
            ) from error


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Be the only process that writes to the store in `folder`. Raises StoreLocked at once if one does."""
    import filelock

    lock = filelock.FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise StoreLocked(
            f"another process is writing to the store {folder}: wait until it is done, or use another --store"
        ) from None
    except OSError as error:
        raise StoreError(
            f"the store {folder} can't be written ({error.strerror}): look at free space and permissions"
        ) from error
    try:
        yield
    finally:
        lock.release()


def set_aside(folder: Path, part: str) -> None:
    """Rename a derived part's folder to `<part>.damaged`, in place of one set aside before."""
    aside = folder / f"{part}.damaged"
    shutil.rmtree(aside, ignore_errors=True)
    (folder / part).rename(aside)


def _open_part(name: str, folder: Path, opener: Callable[[Path], _Part], renew_damaged: bool) -> _Part:
    try:
        return opener(folder / name)
    except Exception as error:  # Chroma and tantivy raise errors of many unrelated types on broken files
        if renew_damaged:
            set_aside(folder, name)
            return opener(folder / name)
        raise StoreDamaged(
            f"the {name} part of the store {folder} can't be opened ({_reason(error)}): "
            f"newscite check --repair --store {folder} makes it again from the articles",
            name,
        ) from error


def _reason(error: Exception) -> str:
    first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
    return first_line if len(first_line) <= _LONGEST_REASON else f"{first_line[:_LONGEST_REASON]} …"
