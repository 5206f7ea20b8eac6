"""Comparing the three parts of a store, and mending what the other two have lost of the catalog.

The catalog is right by definition: what it holds is put into Chroma and the lexical index again, and what
it does not hold is taken out there. Only a catalog that is itself damaged can't be mended.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.catalog import Catalog
from index.embed import Embedder
from index.errors import StoreDamaged
from index.schema import Filter
from index.store import BATCH_PASSAGES, Store, set_aside, write_lock

_NOT_HELD = "not the catalog's"
_PROBES = 50  # passages that are searched for by their own text
_SAME_TEXT = 0.97  # cosine of a text to itself; other processors and number types stay above

OnPassages = Callable[[int, int], None]
"""Told how many passages are put back, and of how many."""


def _say_nothing(_done: int, _all: int) -> None:
    pass


@dataclass(frozen=True)
class Finding:
    """What is wrong with one part: `problem` in words, and the passages it is about (none: all of it)."""

    part: str
    problem: str
    passage_ids: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The fields of a finding in `newscite check --json`."""
        return {"part": self.part, "problem": str(self), "passages": len(self.passage_ids)}

    def __str__(self) -> str:
        number = len(self.passage_ids)
        count = f"{number:,} passage{'' if number == 1 else 's'} " if number else ""
        return f"{self.part}: {count}{self.problem}"


def check(folder: Path, embedder: Embedder) -> list[Finding]:
    """Compare the parts of the store in `folder`; nothing is changed. No finding: all hold the same.

    Raises StoreMissing, StoreMismatch, and StoreDamaged if the catalog itself can't be read.
    """
    if not _is_safe(folder):
        return [Finding("vectors", "can't be searched: their files are broken")]
    try:
        with Store(folder, embedder) as store:
            return _findings(store)
    except StoreDamaged as error:
        if error.part == "catalog":
            raise
        return [Finding(error.part, str(error))]


def repair(folder: Path, embedder: Embedder, *, on_passages: OnPassages = _say_nothing) -> list[Finding]:
    """Mend what `check` finds, and give what it finds afterwards: what can't be mended.

    Raises StoreMissing, StoreMismatch, StoreLocked if another process is writing, and StoreDamaged if the
    catalog itself can't be read. May be killed and run again at any moment.
    """
    Catalog(folder).close()  # raises if there is none
    with write_lock(folder):
        if not _is_safe(folder):
            set_aside(folder, "vectors")
        with Store(folder, embedder, renew_damaged=True) as store:
            store.settle()
            for finding in _of_parts(store):
                _mend(store, finding, on_passages)
            found = _findings(store)
        if all(finding.part != "vectors" for finding in found):
            return found
        set_aside(folder, "vectors")
        with Store(folder, embedder) as store:
            mend(store, on_passages=on_passages)
            return _findings(store)


def _is_safe(folder: Path) -> bool:
    """False where reading the vectors fails or, as Chroma's graph does on broken files, ends the process:
    so it is tried in another one."""
    if not (folder / "vectors").is_dir():
        return True
    code = (
        "import sys; from pathlib import Path; from index.vectors import try_out; try_out(Path(sys.argv[1]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder / "vectors")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
    )
    return run.returncode == 0


def _findings(store: Store) -> list[Finding]:
    return [*_of_catalog(store), *_of_parts(store), *_of_search(store)]


def mend(store: Store, *, on_passages: OnPassages = _say_nothing) -> None:
    """Put back what Chroma or the lexical index have lost, if they hold fewer passages than the catalog.

    It is what every indexing run begins with, so it must cost nothing where nothing is lost.
    """
    wanted = store.catalog.passage_count()
    if store.vectors.count() >= wanted and store.lexical.count() >= wanted:
        return
    for finding in _of_parts(store):
        _mend(store, finding, on_passages)


def _of_catalog(store: Store) -> Iterator[Finding]:
    yield from (Finding("catalog", problem) for problem in store.catalog.problems())
    if unsettled := store.catalog.unsettled():
        yield Finding("catalog", "left unsettled by a run that was stopped", tuple(unsettled))


def _of_parts(store: Store) -> Iterator[Finding]:
    wanted = store.catalog.entry_stamps()
    for part, held in (("vectors", store.vectors.stamps()), ("lexical", store.lexical.stamps())):
        different = {entry for entry in wanted.keys() & held.keys() if wanted[entry] != held[entry]}
        for problem, ids in (
            ("missing", wanted.keys() - held.keys()),
            ("out of date", different),
            (_NOT_HELD, held.keys() - wanted.keys()),
        ):
            if ids:
                yield Finding(part, problem, tuple(sorted(ids)))


def _of_search(store: Store) -> Iterator[Finding]:
    """Passages spread over the store that a search by their own vector doesn't find: the graph is broken."""
    ids = sorted(store.catalog.passage_ids() & store.vectors.passage_ids())
    probes = list(store.catalog.passages(ids[:: len(ids) // _PROBES + 1]).values())
    if not probes:
        return
    lost = []
    for passage, vector in zip(probes, store.embed(probes), strict=True):
        nearest = store.vectors.search(vector, 1, Filter())
        if not nearest or next(iter(nearest.values())) < _SAME_TEXT:
            lost.append(passage.id)
    if lost:
        yield Finding("vectors", f"of {len(probes)} tried not found by their own text", tuple(lost))


def _mend(store: Store, finding: Finding, on_passages: OnPassages) -> None:
    if finding.problem == _NOT_HELD:
        store.take_out(finding.passage_ids, (finding.part,))
    else:
        _put_back(store, finding.part, finding.passage_ids, on_passages)


def _put_back(store: Store, part: str, passage_ids: Sequence[str], on_passages: OnPassages) -> None:
    for start in range(0, len(passage_ids), BATCH_PASSAGES):
        batch = passage_ids[start : start + BATCH_PASSAGES]
        store.put(list(store.catalog.passages(batch).values()), parts=(part,))
        on_passages(start + len(batch), len(passage_ids))
