"""Comparing the parts of a store and mending them, whatever happened to their files."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.check import check, mend, repair
from index.embed import Vectors
from index.errors import StoreDamaged, StoreLocked, StoreMissing
from index.schema import Article
from index.store import Store, write_lock

Harm = Callable[[Path], None]
WORDS = ["rain", "snow", "hail", "fog", "mud", "sun", "wind", "sea", "dust"]


def story(number: int) -> Article:
    chance = random.Random(number)
    words = " ".join(f"{chance.choice(WORDS)}{chance.randrange(999)}" for _ in range(60))
    return Article(key=f"{number}", source=f"{number}.txt", text=f"{words}.", language="en", title="Weather")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store large enough for Chroma to have written its graph to files."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    # Another process makes it: a graph that this one has in memory would hide what happens to the files.
    code = "import sys; from test_check import make; make(sys.argv[1])"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=env, timeout=120)
    return folder


def make(folder: str) -> None:
    with Store(Path(folder), HashEmbedder(), create=True) as store:
        index_articles(store, map(story, range(600)))


@pytest.fixture
def store_copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "store"))


def ids_held(folder: Path) -> tuple[set[str], set[str], set[str]]:
    with Store(folder, HashEmbedder()) as store:
        return store.catalog.passage_ids(), store.vectors.passage_ids(), store.lexical.passage_ids()


def removed(pattern: str) -> Harm:
    def harm(folder: Path) -> None:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return harm


def halved(pattern: str) -> Harm:
    def harm(folder: Path) -> None:
        for path in folder.glob(pattern):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return harm


def scrambled(pattern: str) -> Harm:
    def harm(folder: Path) -> None:
        for path in folder.glob(pattern):
            data = bytearray(path.read_bytes())
            third = len(data) // 3
            data[third : 2 * third] = random.Random(1).randbytes(third)
            path.write_bytes(bytes(data))

    return harm


HARMS = {
    "lexical folder gone": ("lexical", removed("lexical")),
    "vectors folder gone": ("vectors", removed("vectors")),
    "graph gone": ("vectors", removed("vectors/*-*")),
    "vectors halved": ("vectors", halved("vectors/*/data_level0.bin")),
    "vectors scrambled": ("vectors", scrambled("vectors/*/data_level0.bin")),
    "graph header halved": ("vectors", halved("vectors/*/header.bin")),
    "graph ids scrambled": ("vectors", scrambled("vectors/*/index_metadata.pickle")),
    "chroma database halved": ("vectors", halved("vectors/chroma.sqlite3")),
    "chroma database scrambled": ("vectors", scrambled("vectors/chroma.sqlite3")),
    "lexical documents halved": ("lexical", halved("lexical/*.store")),
    "lexical terms halved": ("lexical", halved("lexical/*.term")),
    "lexical meta scrambled": ("lexical", scrambled("lexical/meta.json")),
}


def test_a_whole_store_has_no_finding(store_copy: Path) -> None:
    assert check(store_copy, HashEmbedder()) == []
    assert repair(store_copy, HashEmbedder()) == []


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_what_is_broken_is_found_and_mended(harm: str, store_copy: Path) -> None:
    before = ids_of(store_copy)
    part, do = HARMS[harm]
    do(store_copy)
    found = check(store_copy, HashEmbedder())
    assert {finding.part for finding in found} == {part}
    assert all(len(str(finding).splitlines()) == 1 for finding in found)

    assert repair(store_copy, HashEmbedder()) == []
    assert ids_held(store_copy) == (before, before, before)
    assert check(store_copy, HashEmbedder()) == []


def ids_of(folder: Path) -> set[str]:
    """The ids of the catalog's passages, read without opening the rest."""
    from index.catalog import Catalog

    catalog = Catalog(folder)
    try:
        return catalog.passage_ids()
    finally:
        catalog.close()


def test_entries_that_are_missing_foreign_or_out_of_date_are_told_apart(store_copy: Path) -> None:
    with Store(store_copy, HashEmbedder()) as store:
        passages = list(store.catalog.passages(sorted(store.catalog.passage_ids())[:6]).values())
        store.vectors.remove([passages[0].id])
        store.lexical.replace([passages[1].id, passages[2].id], ())
        foreign = Article(key="x", source="x.txt", text="Nobody knows of this.")
        stale = replace(passages[3], article=replace(passages[3].article, outlet="The Gull"))
        strange = type(stale)(foreign, 0, len(foreign.text))
        store.vectors.upsert([stale, strange], HashEmbedder().embed([stale.text, strange.text]))
        store.lexical.replace((), [stale])
    assert {str(finding) for finding in check(store_copy, HashEmbedder())} == {
        "vectors: 1 passage missing",
        "vectors: 1 passage out of date",
        "vectors: 1 passage not the catalog's",
        "lexical: 2 passages missing",
        "lexical: 1 passage out of date",
    }
    told: list[tuple[int, int]] = []
    assert repair(store_copy, HashEmbedder(), on_passages=lambda done, of: told.append((done, of))) == []
    assert (2, 2) in told
    assert check(store_copy, HashEmbedder()) == []


def test_a_text_changed_behind_the_catalogs_back_is_found_and_not_hidden(store_copy: Path) -> None:
    import sqlite3

    with sqlite3.connect(store_copy / "catalog.sqlite") as connection:
        connection.execute("UPDATE articles SET text = 'X' || substr(text, 2) WHERE key = '7'")
    connection.close()
    found = [str(finding) for finding in check(store_copy, HashEmbedder())]
    assert "catalog: the text of 7.txt is not the one that was indexed" in found
    assert "catalog: the text of 7.txt is not the one that was indexed" in map(
        str, repair(store_copy, HashEmbedder())
    )


def test_what_a_stopped_run_left_is_found_and_settled(store_copy: Path) -> None:
    with Store(store_copy, HashEmbedder()) as store:
        store.catalog.note_unsettled(sorted(store.catalog.passage_ids())[:3])
    found = [str(finding) for finding in check(store_copy, HashEmbedder())]
    assert found == ["catalog: 3 passages left unsettled by a run that was stopped"]
    assert repair(store_copy, HashEmbedder()) == []


def test_mending_costs_nothing_where_nothing_is_lost(store_copy: Path) -> None:
    class Never(HashEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            raise AssertionError(f"embedded again: {texts}")

    with Store(store_copy, Never()) as store:
        mend(store)


def test_a_catalog_that_is_damaged_is_said_to_be(store_copy: Path) -> None:
    (store_copy / "catalog.sqlite").write_bytes(b"garbage " * 1000)
    for look in (check, repair):
        with pytest.raises(StoreDamaged, match="catalog"):
            look(store_copy, HashEmbedder())


def test_no_store_and_a_store_in_use_are_said(store_copy: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        check(tmp_path / "nothing", HashEmbedder())
    with pytest.raises(StoreMissing):
        repair(tmp_path / "nothing", HashEmbedder())
    with write_lock(store_copy), pytest.raises(StoreLocked, match="another process is writing"):
        repair(store_copy, HashEmbedder())
