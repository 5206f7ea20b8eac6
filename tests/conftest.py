"""Parts shared by the tests: the real embedding model and the shipped sample, indexed once a session."""

import os
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import numpy as np
import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from index.embed import Embedder, Vectors, load_embedder
from index.sample import index_sample
from index.store import Store
from rag.pipeline import Pipeline
from ui.cli import main

# How long an example takes says more of the machine's other work than of the code.
hypothesis.settings.register_profile("newscite", deadline=None)
hypothesis.settings.load_profile("newscite")

if TYPE_CHECKING:
    from artifacts import Artifacts
    from playwright.sync_api import Browser, Page

SHARED = Path(__file__).parents[1].parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--artifacts",
        type=lambda folder: str(Path(folder).absolute()),  # a string, which pytest-xdist can hand on
        help="keep pictures and figures of browser tests in this folder",
    )
    parser.addoption("--picture", action="store_true", help="make the README's picture, docs/page.png, anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first: at the end one would keep a single core busy."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of a failed browser test, keep what stood open."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if browser and report.when == "call" and report.failed:
        kept_by(item.config).failure(browser, item.name)
    return report


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see none of the developer's settings, and never the developer's store."""
    for name in [name for name in os.environ if name.startswith("NEWSCITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSCITE_STORE", str(tmp_path / "default-store"))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A headless Chromium."""
    from chromium import opened_browser

    with opened_browser() as opened:
        yield opened


def kept_by(config: pytest.Config) -> "Artifacts":
    """Where this run keeps what its browser tests show."""
    from artifacts import Artifacts

    folder = config.getoption("--artifacts")
    return Artifacts(Path(folder) if folder else None)


@pytest.fixture
def artifacts(request: pytest.FixtureRequest) -> "Artifacts":
    """Keeps pictures and figures, where `--artifacts DIR` says."""
    return kept_by(request.config)


@pytest.fixture
def until_the_end() -> Iterator[ExitStack]:
    """What a test enters here outlives its visits: a page whose server is gone complains."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def address(sample_pipeline: Pipeline) -> Iterator[str]:
    """The address of the chat page over the shipped sample."""
    from page_server import serving

    with serving(sample_pipeline) as served:
        yield served


@pytest.fixture
def visit(browser: "Browser", until_the_end: ExitStack) -> Iterator[Callable[..., "Page"]]:
    """Opens an address as a new visitor."""
    from chromium import visitors

    with visitors(browser) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real default model, loaded once."""
    return load_embedder()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A store's folder with the shipped sample in it; tests read it and leave it as it is."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    with Store(folder, embedder, create=True) as store:
        index_sample(store)
    return folder


@pytest.fixture(scope="session")
def sample_pipeline(sample_store: Path, embedder: Embedder) -> Iterator[Pipeline]:
    """A pipeline over the shipped sample, without a chat model."""
    with Pipeline(Store(sample_store, embedder)) as pipeline:
        yield pipeline


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real articles; skips where there is none."""
    return shared_folder("seeds")


@pytest.fixture
def newscite(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """The command, run in this process: its arguments in; its exit status, stdout and stderr out."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["newscite", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def shared_folder(name: str) -> Path:
    """A folder of real data beside the project; skips the test, with the reason, where it is absent."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent: real data stays outside the repository")
    return folder


class HashEmbedder:
    """A deterministic embedder without a model: bags of hashed words in 16 dimensions, a word a token.

    For tests of storing and finding, where what a vector means doesn't matter. Loads nothing.
    """

    identity = "hash-embedder"
    languages: frozenset[str] = frozenset()
    dimension = 16
    max_tokens = 32

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.01  # a text without a word has a direction too
            for word in text.split():
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
