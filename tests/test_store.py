"""A store on disk: what made it, who may write, and what a reader sees while another process writes."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.errors import StoreDamaged, StoreError, StoreLocked, StoreMismatch, StoreMissing
from index.schema import Article, Filter
from index.store import Store, default_store

TESTS = Path(__file__).parent

# Another process: it takes the lock, says so, and at a word replaces one article and adds another.
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import HashEmbedder
from index.build import index_articles
from index.schema import Article
from index.store import Store

with Store(Path(sys.argv[1]), HashEmbedder()) as store:
    with store.writing():
        print("locked", flush=True)
        sys.stdin.readline()
    texts = {"a": "Snow fell on Tuesday.", "b": "Hail fell on Friday."}
    index_articles(store, [Article(key=key, source=key, text=text) for key, text in texts.items()])
print("done", flush=True)
"""


def story(key: str, text: str) -> Article:
    return Article(key=key, source=key, text=text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store that holds one article."""
    made = tmp_path / "store"
    with Store(made, HashEmbedder(), create=True) as store:
        index_articles(store, [story("a", "Rain fell on Monday.")])
    return made


def dense(store: Store, question: str) -> list[str]:
    return texts(store, store.vectors.search(store.embedder.embed([question])[0], 10, Filter()))


def lexical(store: Store, question: str) -> list[str]:
    return texts(store, store.lexical.search(question, 10, Filter()))


def texts(store: Store, scores: dict[str, float]) -> list[str]:
    passages = store.catalog.passages(scores)
    assert len(passages) == len(scores)
    return [passages[passage_id].text for passage_id in scores]


@contextmanager
def another_process(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", WRITER, str(folder), str(TESTS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield process


def let_write(process: "subprocess.Popen[str]") -> None:
    assert process.communicate("go\n", timeout=60)[0] == "done\n"


def test_what_was_written_is_there_when_opened_again(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store:
        assert dense(store, "rain") == lexical(store, "rain") == ["Rain fell on Monday."]
        meta = store.catalog.meta()
    assert meta["embedder"] == "hash-embedder"
    assert meta["dimension"] == "16"
    assert {"splitter", "schema"} <= set(meta)


def test_a_store_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="newscite index"):
        Store(tmp_path / "nowhere", HashEmbedder())


@pytest.mark.parametrize("create", [False, True])
def test_another_embedding_model_is_refused_with_the_remedy(folder: Path, create: bool) -> None:
    class Other(HashEmbedder):
        identity = "another model"

    with pytest.raises(StoreMismatch) as caught:
        Store(folder, Other(), create=create)
    message = str(caught.value)
    assert "made with embedder 'hash-embedder', not 'another model'" in message
    assert "NEWSCITE_EMBEDDING_MODEL" in message
    assert "--store" in message


@pytest.mark.parametrize("part", ["splitter", "schema"])
def test_a_store_of_another_version_is_refused(folder: Path, part: str) -> None:
    with Store(folder, HashEmbedder()) as store:
        store.catalog.set_meta({part: "older"})
    with pytest.raises(StoreMismatch, match=f"made with {part} 'older'"):
        Store(folder, HashEmbedder())


@pytest.mark.parametrize(
    ("part", "file"), [("vectors", "chroma.sqlite3"), ("lexical", "meta.json"), ("catalog", "catalog.sqlite")]
)
def test_a_part_that_is_damaged_is_named(folder: Path, part: str, file: str) -> None:
    place = folder / file if part == "catalog" else folder / part / file
    place.write_bytes(b"garbage " * 1000)
    remedy = "index the articles again" if part == "catalog" else "newscite check --repair"
    with pytest.raises(StoreDamaged, match=rf"{part}.*{remedy}") as caught:
        Store(folder, HashEmbedder())
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 700


def test_after_damage_the_folder_can_be_used_again(folder: Path) -> None:
    (folder / "lexical" / "meta.json").write_bytes(b"garbage")
    with pytest.raises(StoreDamaged):
        Store(folder, HashEmbedder())
    shutil.rmtree(folder)
    with Store(folder, HashEmbedder(), create=True) as store:
        index_articles(store, [story("b", "Hail fell.")])
        assert dense(store, "rain") == lexical(store, "hail") == ["Hail fell."]


def test_one_process_writes_while_others_read(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store, another_process(folder) as writer:
        with pytest.raises(StoreLocked, match="another process is writing to the store"):
            index_articles(store, [story("c", "Fog came.")])
        assert dense(store, "rain") == lexical(store, "rain") == ["Rain fell on Monday."]

        let_write(writer)
        store.refresh()
        assert sorted(dense(store, "fell")) == ["Hail fell on Friday.", "Snow fell on Tuesday."]
        assert sorted(lexical(store, "fell")) == ["Hail fell on Friday.", "Snow fell on Tuesday."]
        assert lexical(store, "rain") == []


def test_a_writer_first_sees_what_another_process_wrote(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store:
        assert dense(store, "rain") == ["Rain fell on Monday."]
        with another_process(folder) as writer:
            let_write(writer)
        report = index_articles(store, [story("a", "Snow fell on Tuesday.")])
        assert (report.unchanged, report.updated, report.articles) == (1, 0, 2)
        store.refresh()
        assert sorted(dense(store, "fell")) == ["Hail fell on Friday.", "Snow fell on Tuesday."]
        report = index_articles(store, [story("c", "Fog came.")])
        assert (report.added, report.articles) == (1, 3)
        assert store.vectors.passage_ids() == store.lexical.passage_ids() == store.catalog.passage_ids()


def test_refresh_without_a_change_reads_nothing_anew(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store:
        before = store.lexical._searcher
        store.refresh()
        assert store.lexical._searcher is before


def test_the_lock_is_given_back(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store:
        with pytest.raises(RuntimeError, match="stop"), store.writing():
            raise RuntimeError("stop")
        with store.writing(), pytest.raises(StoreLocked), store.writing():
            pass
        with store.writing():
            pass


def test_what_is_unsettled_is_settled_on_both_sides(folder: Path) -> None:
    with Store(folder, HashEmbedder()) as store:
        store.catalog.remove([article.id for article in store.catalog.articles()])
        assert store.vectors.passage_ids()
        store.settle()
        assert store.vectors.passage_ids() == store.lexical.passage_ids() == set()
        assert store.catalog.unsettled() == []


def test_the_default_store_is_in_the_users_data_folder() -> None:
    assert default_store().is_absolute()
    assert default_store().parts[-2:] == ("newscite", "store")


@pytest.mark.parametrize("part", ["vectors", "lexical"])
def test_a_part_that_has_lost_passages_is_noticed_and_mended(tmp_path: Path, part: str) -> None:
    articles = [_rain(number) for number in range(3)]
    with Store(tmp_path, HashEmbedder(), create=True) as store:
        index_articles(store, articles)
        whole = (store.vectors.passage_ids(), store.lexical.passage_ids())
    shutil.rmtree(tmp_path / part)

    with (
        Store(tmp_path, HashEmbedder()) as store,
        pytest.raises(StoreDamaged, match=f"{part} part .* mends it"),
    ):
        store.refresh()
    with Store(tmp_path, HashEmbedder()) as store:
        index_articles(store, articles[:1])
        store.refresh()
        assert (store.vectors.passage_ids(), store.lexical.passage_ids()) == whole


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"can't be made .*: choose another folder with --store"):
        Store(tmp_path / "file" / "store", HashEmbedder(), create=True)


def _rain(number: int) -> Article:
    return Article(key=f"{number}", source=f"{number}", text=f"Rain number {number} fell.", language="en")
