"""A store on disk: the catalog, the vectors and the lexical index of one folder, opened together."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeVar

from index.catalog import SCHEMA_VERSION, Catalog
from index.embed import Embedder
from index.errors import StoreDamaged, StoreLocked, StoreMismatch
from index.lexical import LexicalIndex
from index.split import SPLITTER
from index.vectors import VectorIndex

LOCK_NAME = "write.lock"
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

    def __init__(self, folder: Path, embedder: Embedder, *, create: bool = False) -> None:
        """Open the store in `folder`; with `create`, make an empty one where there is none."""
        self.folder = folder
        self.embedder = embedder
        with ExitStack() as opened:  # closes what is open already, should a later part fail
            self.catalog = opened.enter_context(closing(Catalog(folder, create=create)))
            self._check_identity(create)
            self.vectors = opened.enter_context(closing(_open_part("vectors", folder, VectorIndex)))
            self.lexical = _open_part("lexical", folder, LexicalIndex)
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
                    "run newscite index on any of its articles, which mends it"
                )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's write lock. Raises StoreLocked at once if another process holds it."""
        import filelock

        lock = filelock.FileLock(self.folder / LOCK_NAME)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise StoreLocked(
                f"another process is writing to the store {self.folder}: "
                "wait until it is done, or use another --store"
            ) from None
        try:
            with self._refresh_lock:
                self._reload_if_changed()  # else a stale graph would write over what another process wrote
            yield
            self._generation = self.catalog.generation()
        finally:
            lock.release()

    def clear_strays(self) -> None:
        """Take out of Chroma and the lexical index what does not belong, as the journal has it."""
        strays = self.catalog.strays()
        if not strays:
            return
        self.vectors.remove(strays)
        self.lexical.replace(strays, ())
        self.catalog.forget_strays(strays)


def _open_part(name: str, folder: Path, opener: Callable[[Path], _Part]) -> _Part:
    try:
        return opener(folder / name)
    except Exception as error:  # Chroma and tantivy raise errors of many unrelated types on broken files
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise StoreDamaged(
            f"the {name} part of the store {folder} can't be opened ({reason}): "
            "move the store away and index the articles again"
        ) from error
