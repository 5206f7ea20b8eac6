"""What a store survives: being killed at any moment of any stage, a full disk, two writers."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.check import _findings, repair
from index.errors import StoreError
from index.schema import Article, Filter
from index.store import Store

TESTS = Path(__file__).parent
KEYS_BEFORE, KEYS_AFTER = "abcde", "bfgcde"


def _articles(keys: str, changed: str, word: str) -> list[Article]:
    """Articles of 90 passages each, two batches; those whose key is in `changed` say `word`."""
    return [
        Article(
            key=key,
            source=f"/news/{key}",
            text="\n\n".join(
                f"{word if key in changed else 'Rain'} {key}{number} " + "fell " * 29 + "."
                for number in range(90)
            ),
        )
        for key in keys
    ]


BEFORE = _articles(KEYS_BEFORE, "", "")
AFTER = _articles(KEYS_AFTER, "be", "Snow")


def contents(store: Store) -> dict[str, Any]:
    """All that a store holds, in all three parts; but when a text was corrected is only whether it was."""
    passages = store.catalog.passages(store.catalog.passage_ids())
    stored = store.vectors._collection.get(include=["embeddings", "metadatas"])
    assert stored["embeddings"] is not None
    assert stored["metadatas"] is not None
    order = np.argsort(stored["ids"])
    articles = {article.key: article for article in store.catalog.articles()}
    return {
        "articles": {key: replace(article, corrected="") for key, article in articles.items()},
        "corrected": {key for key, article in articles.items() if article.corrected},
        "versions": {key: [old.article for old in store.catalog.versions(key)] for key in articles},
        "passages": {held.id: (held.start, held.end, held.article.id) for held in passages.values()},
        "unsettled": store.catalog.unsettled(),
        "reprints": sorted(map(sorted, store.catalog.reprints.groups())),
        "stories": sorted(map(str, store.catalog.story_words.all())),
        "vectors": sorted(stored["ids"]),
        "embeddings": np.asarray(stored["embeddings"])[order].tolist(),
        "metadatas": [stored["metadatas"][place] for place in order],
        "lexical": store.lexical.stamps(),
    }


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A store of the articles before, and what an unbroken run over those after makes of it."""
    folder = tmp_path_factory.mktemp("unbroken")
    with Store(folder / "before", HashEmbedder(), create=True) as store:
        index_articles(store, BEFORE)
    shutil.copytree(folder / "before", folder / "after")
    with Store(folder / "after", HashEmbedder()) as store:
        report = index_articles(store, AFTER)
        assert (report.added, report.updated, report.unchanged) == (2, 2, 2)
        return folder / "before", contents(store)


# Forks for each moment, so that the libraries are imported once; each fork opens a store of its own, indexes,
# and kills itself as `kill -9` would, before or after the n-th call of one step.
KILLED_AT_A_STEP = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import chromadb, filelock, tantivy
from conftest import HashEmbedder
from index.build import index_articles
from index.store import Store
from test_survival import AFTER

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def run(folder, moment):
    when, part, step, count = moment.split()
    store = Store(Path(folder), HashEmbedder())
    owner = getattr(store, part)
    real, calls = getattr(owner, step), []
    def hooked(*arguments):
        calls.append(step)
        if len(calls) == int(count) and when == "before":
            die()
        result = real(*arguments)
        if len(calls) == int(count):
            die()
        return result
    setattr(owner, step, hooked)
    index_articles(store, AFTER)

for folder, moment in zip(sys.argv[2::2], sys.argv[3::2]):
    if not (child := os.fork()):
        run(folder, moment)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL, moment
"""
STEPS = [
    "before embedder embed 1",
    "after catalog note_unsettled 1",
    "after vectors upsert 1",
    "before lexical replace 1",
    "after lexical replace 1",
    "before catalog swap 2",
    "after catalog swap 1",
    "after vectors remove 1",
    "before catalog mark_settled 1",
    "after catalog mark_settled 1",
    "before embedder embed 2",
    "after vectors upsert 2",
    "after catalog swap 2",
]


@pytest.fixture(scope="module")
def killed_at_steps(
    unbroken: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """For each step, a store in which a run was killed there."""
    folder = tmp_path_factory.mktemp("killed")
    stores = {step: folder / str(number) for number, step in enumerate(STEPS)}
    arguments = []
    for step, place in stores.items():
        shutil.copytree(unbroken[0], place)
        arguments += [str(place), step]
    subprocess.run([sys.executable, "-c", KILLED_AT_A_STEP, str(TESTS), *arguments], check=True, timeout=120)
    return stores


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(
    step: str, killed_at_steps: dict[str, Path], unbroken: tuple[Path, dict[str, Any]]
) -> None:
    with Store(killed_at_steps[step], HashEmbedder()) as store:
        assert_nothing_is_lost(store)
        index_articles(store, AFTER)
        assert contents(store) == unbroken[1]


def assert_whole(folder: Path) -> None:
    """No part lacks anything. `check` tries the vectors in another process first: here they are just read."""
    with Store(folder, HashEmbedder()) as store:
        assert _findings(store) == []


def assert_nothing_is_lost(store: Store) -> None:
    """The articles before are there, old or new, and what is amiss is written down."""
    passages = store.catalog.passage_ids()
    unsettled = set(store.catalog.unsettled())
    assert set(KEYS_BEFORE) <= {article.key for article in store.catalog.articles()}
    assert passages <= store.vectors.passage_ids()
    assert passages <= store.lexical.passage_ids()
    assert store.vectors.passage_ids() | store.lexical.passage_ids() <= passages | unsettled


# The same with moments that nobody chose: a fork does the stage, and its parent kills it after a while.
KILLED_AFTER_A_WHILE = """
import os, random, shutil, signal, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import chromadb, filelock, tantivy
from conftest import HashEmbedder
from index.build import index_articles
from index.check import repair
from index.store import Store
from test_survival import AFTER

def stage(name, folder):
    if name == "repair":
        repair(folder, HashEmbedder())
        return
    with Store(folder, HashEmbedder(), create=True) as store:
        index_articles(store, AFTER)

def timed(name, folder, delay):
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        stage(name, folder)
        os._exit(0)
    if delay is not None:
        time.sleep(delay)
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    status = os.waitpid(child, 0)[1]
    return time.monotonic() - started, os.WIFSIGNALED(status)

name, template, *folders = sys.argv[2:]

def prepare(folder):
    shutil.rmtree(folder, ignore_errors=True)
    if template:
        shutil.copytree(template, folder)

prepare(folders[0])
whole, _ = timed(name, Path(folders[0]), None)
chance = random.Random(name)
for number, folder in enumerate(folders[1:]):
    for _ in range(10):  # a stage that was quicker this time is tried again
        prepare(folder)
        share = (number + chance.random()) / (len(folders) - 1)  # spread over the whole stage
        took, killed = timed(name, Path(folder), share * whole)
        if killed:
            break
        whole = min(whole, took)
    print(killed)
"""
STAGES = {"first": 20, "update": 20, "repair": 10}


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_moment(stage: str, unbroken: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """50 moments in all: of the first run ever, of a run that changes articles, of a repair."""
    before, after = unbroken
    folders = [tmp_path / str(number) for number in range(STAGES[stage] + 1)]
    template = "" if stage == "first" else str(shutil.copytree(before, tmp_path / "template"))
    if stage == "repair":
        shutil.rmtree(tmp_path / "template" / "lexical")
        shutil.rmtree(tmp_path / "template" / "vectors")
    run = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_A_WHILE, str(TESTS), stage, template, *map(str, folders)],
        check=True,
        timeout=300,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout.split() == ["True"] * STAGES[stage]

    ends = []
    for folder in folders:
        if stage == "repair":
            assert repair(folder, HashEmbedder()) == []
        with Store(folder, HashEmbedder(), create=True) as store:
            if stage != "first":
                assert_nothing_is_lost(store)
            index_articles(store, AFTER)
            ends.append(contents(store))
        assert_whole(folder)
    assert ends[0]["articles"].keys() >= set(KEYS_AFTER)
    for number, end in enumerate(ends):
        assert end == ends[0], f"the run killed at moment {number} of {stage} ends otherwise"
    if stage == "update":
        assert ends[0] == after


# A full disk. Where a small file system may be mounted the disk is really full; everywhere, files may not
# grow beyond a limit, which the same libraries meet in the same calls.

FULL = """
import os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import chromadb, filelock, tantivy
from conftest import HashEmbedder
from index.build import index_articles
from index.errors import NewsciteError
from index.store import Store
from test_survival import AFTER

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store(Path(sys.argv[2]), HashEmbedder()) as store:
    limit = int(sys.argv[3])
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        index_articles(store, AFTER)
    except NewsciteError as error:
        print(error)
    else:
        print("indexed")
"""


def run_when_full(folder: Path, limit: int = 0) -> str:
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(TESTS), str(folder), str(limit)],
        check=True,
        timeout=120,
        capture_output=True,
        text=True,
    )
    return run.stdout.strip()


@pytest.mark.slow
def test_files_that_cannot_grow(unbroken: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """At each limit the run ends with one clear line and loses nothing, or has had room enough."""
    before, after = unbroken
    sizes = sorted(file.stat().st_size for file in before.rglob("*") if file.is_file())
    limits = [4096 * pages for pages in (1, 8, 32, 64, 128, 256, 512, 1024)]
    failed = 0
    for limit in [*limits, sizes[-1]]:
        folder = tmp_path / str(limit)
        shutil.copytree(before, folder)
        said = run_when_full(folder, limit)
        if said != "indexed":
            failed += 1
            assert len(said.splitlines()) == 1
            assert "store" in said
            assert "free" in said
        with Store(folder, HashEmbedder()) as store:
            assert_nothing_is_lost(store)
            assert store.vectors.search(HashEmbedder().embed(["Rain a0 fell"])[0], 1, Filter())
            index_articles(store, AFTER)
            assert contents(store) == after
        assert_whole(folder)
    assert failed >= 3


@pytest.mark.slow
def test_a_full_disk(unbroken: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    before, after = unbroken
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        shutil.copytree(before, disk / "store")
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * (shutil.disk_usage(disk).free - 30 * 1024**2))
        said = run_when_full(disk / "store")
        assert said.startswith(f"the disk that holds the store {disk / 'store'} has only")
        assert len(said.splitlines()) == 1
        with Store(disk / "store", HashEmbedder()) as store:
            assert_nothing_is_lost(store)
            assert {article.text for article in store.catalog.articles()} == {held.text for held in BEFORE}
        ballast.unlink()
        with Store(disk / "store", HashEmbedder()) as store:
            index_articles(store, AFTER)
            assert contents(store) == after
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_the_room_asked_for_is_on_the_disk_of_the_store(
    unbroken: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(unbroken[0], tmp_path / "store")
    monkeypatch.setattr("index.store._ROOM", 2**62)
    with Store(tmp_path / "store", HashEmbedder()) as store:
        held = contents(store)
        with pytest.raises(StoreError, match=r"has only \d+ MB left: free at least"):
            index_articles(store, AFTER)
        assert {**contents(store), "unsettled": []} == held
